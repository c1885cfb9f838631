import { randomUUID } from 'node:crypto';
import type { Answered, Client, Outcome } from './client.js';

/** One act that a client wants recorded once, whatever happens on the way. Its key stands in its words too. */
export interface Write {
  readonly key: string;
  readonly path: string;
  readonly body: object;
  /** The address of what it acts on; a create acts on nothing. */
  readonly subject?: string;
}

export interface Acknowledged {
  readonly write: Write;
  readonly id: string;
  readonly revision: number;
  readonly position: string;
  /** The server knew it already from an earlier attempt. */
  readonly replayed: boolean;
  readonly text: string;
}

/** What the writers act in: one dialogue, a source to cite, and an irritant that all of them write to. */
export interface Ground {
  readonly dialogueId: string;
  readonly sourceId: string;
  readonly shared: string;
}

const said = (sourceId: string) => ({
  party: 'RU',
  sources: [{ sourceId }],
  wording: [{ as: 'summary' }],
});

export function source(key: string, { dialogueId }: Pick<Ground, 'dialogueId'>): Write {
  const body = {
    dialogueId,
    kind: 'statement',
    issuers: ['RU'],
    lang: 'en',
    held: false,
    title: key,
    citation: 'A case',
  };
  return { key, path: '/v1/sources', body };
}

export function irritant(key: string, { dialogueId, sourceId }: Omit<Ground, 'shared'>): Write {
  const parties = { dialogueId, raisers: ['RU'], respondents: ['US'], raisedBasis: 'stated' };
  const body = { ...said(sourceId), ...parties, category: 'property', title: { en: key } };
  return { key, path: '/v1/irritants', body };
}

export function position(key: string, id: string, sourceId: string, translations: object = {}): Write {
  const subject = `/v1/irritants/${id}`;
  const body = { ...said(sourceId), stance: 'seeks-action', text: { en: key, ...translations } };
  return { key, path: `${subject}/state-position`, body, subject };
}

/** Sends until the revision that it acts on is the present one; any other answer, and none, goes to the caller. */
export async function send(client: Client, write: Write): Promise<Outcome> {
  for (;;) {
    const headers: Record<string, string> = { 'Idempotency-Key': write.key };
    if (write.subject !== undefined) {
      const seen = await client.ask('GET', write.subject);
      if (seen.kind !== 'answered' || seen.status !== 200) return seen;
      headers['If-Match'] = String(seen.headers.etag);
    }
    const outcome = await client.ask('POST', write.path, { body: write.body, headers });
    if (outcome.kind !== 'answered' || outcome.status !== 412) return outcome;
  }
}

export function acknowledged(write: Write, { headers, text }: Answered): Acknowledged {
  const { id, revision } = JSON.parse(text) as { id: string; revision: number };
  const replayed = headers['idempotent-replayed'] === 'true';
  return { write, id, revision, position: String(headers['event-position']), replayed, text };
}

/** For what must succeed. */
export async function record(client: Client, write: Write): Promise<Acknowledged> {
  const outcome = await send(client, write);
  if (outcome.kind === 'answered' && outcome.status < 300) return acknowledged(write, outcome);
  throw new Error(`${write.path} was not recorded: ${JSON.stringify(outcome)}`);
}

export async function layGround(client: Client): Promise<Ground> {
  const key = randomUUID();
  const body = { parties: ['RU', 'US'], keyPrefix: 'LOAD', name: { en: 'A dialogue' } };
  const dialogueId = (await record(client, { key, path: '/v1/dialogues', body })).id;
  const sourceId = (await record(client, source(randomUUID(), { dialogueId }))).id;
  const shared = (await record(client, irritant(randomUUID(), { dialogueId, sourceId }))).id;
  return { dialogueId, sourceId, shared };
}
