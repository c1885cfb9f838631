import { irritant, position, source } from '../faults/load.js';
import { Connection } from './http-load.js';
import type { Got, Sent } from './http-load.js';
import type { MeasuredServer } from './measured-server.js';

/** What acts need of the record: a dialogue, and a source to cite. */
export interface Place {
  readonly dialogueId: string;
  readonly sourceId: string;
}

export interface Subject {
  readonly id: string;
  readonly tag: string;
}

/** Data sets outlive a run, and no key may have been used in an earlier one. */
const run = Date.now().toString(36);
let named = 0;
const nextName = () => `Act ${(named += 1)}`;

export const signedIn = (server: MeasuredServer) => ({
  authorization: `Bearer ${server.keys()['secretariat'] ?? ''}`,
  'content-type': 'application/json',
});

function posted(path: string, body: object, tag?: string): Sent {
  const headers = {
    'idempotency-key': `${run}-${(named += 1)}`,
    ...(tag === undefined ? {} : { 'if-match': tag }),
  };
  return { method: 'POST', path, headers, body: JSON.stringify(body) };
}

/** A position in the name of a party, with its source: the act that all command figures are made of. */
export function stating(
  { id, tag }: Subject,
  { sourceId }: Pick<Place, 'sourceId'>,
  occurred?: string,
): Sent {
  const { path, body } = position(nextName(), id, sourceId);
  return posted(path, occurred === undefined ? body : { ...body, occurred }, tag);
}

export function raising(place: Place): Sent {
  const { path, body } = irritant(nextName(), place);
  return posted(path, body);
}

export function subjectOf({ body, headers }: Got): Subject {
  return { id: (JSON.parse(body) as { readonly id: string }).id, tag: headers.get('etag') ?? '' };
}

async function sendAll(connection: Connection, sent: Sent): Promise<Got> {
  const got = await connection.send(sent);
  if (got.status >= 300) throw new Error(`${sent.path} was answered ${got.status}: ${got.body}`);
  return got;
}

export async function layPlace(connection: Connection, keyPrefix = 'BENCH'): Promise<Place> {
  const dialogue = { parties: ['RU', 'US'], keyPrefix, name: { en: 'A dialogue' } };
  const { id: dialogueId } = subjectOf(await sendAll(connection, posted('/v1/dialogues', dialogue)));
  const { path, body } = source('A statement', { dialogueId });
  const { id: sourceId } = subjectOf(await sendAll(connection, posted(path, body)));
  return { dialogueId, sourceId };
}

export async function laySubjects(
  connection: Connection,
  place: Place,
  count: number,
): Promise<readonly Subject[]> {
  const made: Subject[] = [];
  for (let at = 0; at < count; at += 1) made.push(subjectOf(await sendAll(connection, raising(place))));
  return made;
}

export async function connected(server: MeasuredServer): Promise<Connection> {
  return new Connection(new URL(server.url), signedIn(server)).open();
}

/** Until lists and consequences have come to the last of these answers. */
export async function caughtUp(connection: Connection, got: Got | undefined): Promise<void> {
  const moment = got?.headers.get('event-position');
  if (moment === undefined) return;
  for (;;) {
    const answer = await connection.send({
      method: 'GET',
      path: `/v1/irritants?limit=1&minPosition=${moment}`,
    });
    if (answer.status === 200) return;
  }
}
