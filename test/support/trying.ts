import { expect } from '@jest/globals';
import type { Recorded } from '#libs/event-store';
import { signedObject } from '../../src/platform/commands/signed-object.js';
import type { Answer, Api, Body } from './api.js';
import { originOf, send } from './signing.js';
import type { Sent, Tried } from './signing.js';

async function streamOf(api: Api, stream: string): Promise<readonly Recorded[]> {
  return Array.fromAsync(api.server.record.store.readStream(stream)).catch(() => []);
}

/** The answers of an act differ in what is given as it is recorded: the ids and times of events. */
const named = (view: unknown): readonly string[] => Object.keys(view as object).toSorted();

/**
 * Asks first what an act would come to, and then gives it: nothing is recorded by asking, and what is recorded is what was
 * answered, number and ids included, in the words that were hashed.
 */
export async function triedAndSent(api: Api, sent: Sent): Promise<Answer> {
  const before = await api.server.record.store.identity();
  const counted = () => api.server.record.projections.record.headOrdinal;
  await api.settled();
  const head = counted();
  const dry = await send<Body & { readonly dryRun: Tried }>(api, {
    ...sent,
    path: `${sent.path}?dryRun=true`,
  });
  expect({ path: sent.path, status: dry.status, body: dry.status === 200 ? undefined : dry.body }).toEqual({
    path: sent.path,
    status: 200,
    body: undefined,
  });
  await api.settled();
  expect([counted(), await api.server.record.store.identity()]).toEqual([head, before]);
  const { dryRun, ...representation } = dry.body;
  const { act, salt } = dryRun;
  const salted = salt === undefined ? {} : { 'Entente-Salt': `:${salt}:` };
  const answer = await send(api, { ...sent, headers: { ...sent.headers, ...salted } });
  if (answer.status >= 300) return answer;
  expect(named(representation)).toEqual(named(answer.body));
  // A dialogue that is only being opened has no log yet.
  if (act === undefined) return answer;
  const [event] = (await streamOf(api, act.stream)).slice(act.rev);
  const [origin, dialogueId = ''] = [act.origin, act.origin.split('/').at(-1)];
  expect(origin).toBe(originOf(api, dialogueId));
  const place = { origin, stream: act.stream, revision: act.rev };
  expect(JSON.parse(JSON.stringify(signedObject(event as Recorded, place)))).toEqual(act);
  return answer;
}
