import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { KeptAnswers } from '../../src/platform/http/kept-answers.js';
import { StoredStreams } from '../../src/platform/record/stored-streams.js';
import { Unchanged } from '../../src/reading/unchanged.js';
import { entityTag } from '#libs/preconditions';
import { Api } from '../support/api.js';
import type { Answer, Body, PrincipalName } from '../support/api.js';
import { setScene } from '../support/scene.js';
import type { Scene } from '../support/scene.js';

const words = (text: string) => ({ en: text });
const folder = mkdtempSync(join(tmpdir(), 'entente-kept-'));
/** With logs that are signed, so that histories say how far they are proven. */
let api: Api;
beforeAll(async () => {
  api = await Api.start({ directory: folder });
});
afterAll(async () => {
  await api.stop();
  rmSync(folder, { recursive: true });
});

const readers: readonly PrincipalName[] = ['reader', 'us-negotiator'];
const urlsOf = ({ dialogueId, irritantId }: Scene, asOf = '2025-06-01') => [
  `/v1/irritants/${irritantId}`,
  `/v1/dialogues/${dialogueId}`,
  `/v1/irritants?dialogue=${dialogueId}&limit=2`,
  `/v1/irritants/${irritantId}/history?limit=50&order=desc`,
  `/v1/irritants/${irritantId}/history?limit=50&proofs=no`,
  `/v1/irritants?dialogue=${dialogueId}&limit=2&knownAt=${asOf}`,
  `/v1/irritants?dialogue=${dialogueId}&limit=2&effectiveAt=2025-06-01`,
  `/v1/irritants/${irritantId}/history?limit=50&knownAt=${asOf}`,
];

const sides = ['ru-registrar', 'ru-negotiator', 'us-registrar', 'us-negotiator', 'secretariat'] as const;
/** What somebody does to the irritant or beside it, and to which of its events; what the rules refuse changes nothing. */
const acts: { readonly [act: string]: (target: string) => readonly [string, Body] | undefined } = {
  contest: () => ['contest', { statement: words('It names somebody.') }],
  acknowledge: () => ['acknowledge', {}],
  state: () => ['state-position', { stance: 'contests', text: words('So it is.') }],
  endorse: (target: string) => ['endorse', { target }],
  disavow: (target: string) => ['disavow', { target, reason: words('Not ours.') }],
  retract: (target: string) => ['retract', { target, reason: words('In error.') }],
  correct: (target: string) => ['correct', { target, content: { statement: words('It names nobody.') } }],
  erase: (target: string) => [
    'request-erasure',
    { target, basis: 'personal-data', reason: words('It names somebody.') },
  ],
  withdraw: () => ['withdraw', {}],
  raiseAnother: () => undefined,
};
type Done = { readonly act: string; readonly by: PrincipalName; readonly at: number };

async function doIt({ act, by, at }: Done, scene: Scene): Promise<Answer> {
  const events = await api.server.record.streams.events(`irritant-${scene.irritantId}`);
  const target = events[at % events.length]?.id ?? '';
  const asked: readonly [string, Body] | undefined = acts[act]?.(target);
  // Not as a read tells it, which is what is asked about here.
  const present = { 'If-Match': entityTag(BigInt(events.length - 1)) };
  if (asked !== undefined)
    return api.act(`/v1/irritants/${scene.irritantId}/${asked[0]}`, asked[1], by, present);
  const party = by.startsWith('us') ? 'US' : 'RU';
  return api.create(
    '/v1/irritants',
    {
      dialogueId: scene.dialogueId,
      raisers: [party],
      respondents: [party === 'RU' ? 'US' : 'RU'],
      raisedBasis: 'stated',
      category: 'visas',
      title: words('Another'),
    },
    by,
  );
}

/** Each list names its moment anew. */
const said = ({ status, body, headers }: Answer) =>
  JSON.stringify([status, { ...body, asOf: undefined }, headers.get('etag'), headers.get('dialogue-kept')]);

/** What is answered as it is kept, and what is made for this request alone: a read that waits for a position is never kept. */
async function differing(scene: Scene, position: string, asOf: string): Promise<readonly string[]> {
  const found: string[] = [];
  for (const url of urlsOf(scene, asOf))
    for (const as of readers) {
      const made = `${url}${url.includes('?') ? '&' : '?'}minPosition=${position}`;
      for (;;) {
        const before = said(await api.get(made, as));
        const [first, again] = [said(await api.get(url, as)), said(await api.get(url, as))];
        // A signature may have come in between.
        if (said(await api.get(made, as)) !== before) continue;
        if (first !== before || again !== before) found.push(`${as} ${url}`);
        break;
      }
    }
  return found;
}

/** The reads that were answered otherwise than they would have been made, after each of the acts. */
async function play(history: readonly Done[], scene: Scene): Promise<readonly string[]> {
  const opening = await doIt({ act: 'contest', by: 'us-registrar', at: 0 }, scene);
  let position = opening.headers.get('event-position') ?? '';
  // Within which more may be recorded, until something is recorded after it.
  const asOf = new Date().toISOString();
  const found = [...(await differing(scene, position, asOf))];
  for (const one of history) {
    const { headers } = await doIt(one, scene);
    position = headers.get('event-position') ?? position;
    found.push(...(await differing(scene, position, asOf)));
  }
  return found;
}

/** Does the work with a method as it must not be. */
async function having<T extends object, R>(
  prototype: T,
  wrong: Partial<T>,
  work: () => Promise<R>,
): Promise<R> {
  const right = Object.fromEntries(Object.keys(wrong).map((name) => [name, prototype[name as keyof T]]));
  Object.assign(prototype, wrong);
  try {
    return await work();
  } finally {
    Object.assign(prototype, right);
  }
}

const someActs: readonly Done[] = [
  { act: 'acknowledge', by: 'us-negotiator', at: 0 },
  { act: 'raiseAnother', by: 'ru-registrar', at: 0 },
  { act: 'correct', by: 'us-registrar', at: 1 },
  { act: 'erase', by: 'us-negotiator', at: 1 },
  { act: 'erase', by: 'ru-negotiator', at: 1 },
];

describe('What was answered once', () => {
  it('is answered again as it would be made, whatever both sides do, amend, disavow and erase', async () => {
    const { of } = KeptAnswers.prototype;
    let hits = 0;
    const counting: KeptAnswers['of'] = function counted(this: KeptAnswers, request) {
      const found = of.call(this, request);
      if (found !== undefined) hits += 1;
      return found;
    };
    const done = fc.record({
      act: fc.constantFrom(...Object.keys(acts)),
      by: fc.constantFrom(...sides),
      at: fc.nat(6),
    });
    await having(KeptAnswers.prototype, { of: counting }, async () => {
      expect(await play(someActs, await setScene(api))).toEqual([]);
      await fc.assert(
        fc.asyncProperty(fc.array(done, { minLength: 4, maxLength: 6 }), async (history) => {
          expect(await play(history, await setScene(api))).toEqual([]);
        }),
        { numRuns: 2, endOnFailure: true },
      );
    });
    // Of each read the second one at least, but for those between which something was signed.
    expect(hits).toBeGreaterThan(100);
  });

  it.each([
    ['what a page rests on', Unchanged.prototype, { sinceNow: () => () => true }],
    ['what an entry rests on', StoredStreams.prototype, { isCurrent: () => true }],
  ])('would be found to be stale, were it not looked at %s', async (_, prototype, wrong) => {
    const scene = await setScene(api);
    expect(await having(prototype as object, wrong, () => play(someActs.slice(0, 2), scene))).not.toEqual([]);
    // None of what was kept meanwhile is left for others.
    api.server.record.streams.forget('irritant-none');
  });

  it('is nobody else’s: whoever does not see the dialogue is told that there is nothing, and whoever lost the key nothing', async () => {
    const scene = await setScene(api);
    const { credentials } = api.server.record;
    const wanted = { name: 'outsider', party: null, roles: ['reader'], days: 1 } as const;
    const other = await setScene(api);
    const outsider = await credentials.issue(
      { ...wanted, dialogues: [other.dialogueId] },
      { as: 'demonstration' },
    );
    const leaving = await credentials.issue(wanted, { as: 'demonstration' });
    Object.assign(api.keys, { outsider: outsider.key, leaving: leaving.key });
    const ask = (url: string, as: string) => api.get(url, as);
    const [one = '', , list = '', history = ''] = urlsOf(scene);
    for (const url of [one, list, history])
      for (const as of ['reader', 'leaving', 'reader', 'leaving'])
        expect((await ask(url, as)).status).toBe(200);
    expect((await ask(one, 'outsider')).status).toBe(404);
    expect((await ask(history, 'outsider')).status).toBe(404);
    expect((await ask(list, 'outsider')).body).toMatchObject({ items: [] });
    await credentials.revoke(leaving.credential.id);
    for (const url of [one, list, history]) expect((await ask(url, 'leaving')).status).toBe(401);
    expect((await ask(one, 'nobody')).status).toBe(401);
    expect((await ask(one, 'operator')).status).toBe(403);
  });

  it('is not sent again to whoever has it, until it is another', async () => {
    const scene = await setScene(api);
    const [one = ''] = urlsOf(scene);
    const tag = (await api.get(one)).headers.get('etag') ?? '';
    const given = (held: string) => api.ask('GET', one, { as: 'reader', headers: { 'If-None-Match': held } });
    for (const held of [tag, `"7", W/${tag}`, '*']) {
      const { status, headers, body } = await given(held);
      expect([status, body, headers.get('etag'), headers.get('dialogue-kept')]).toEqual([
        304,
        '',
        tag,
        'both',
      ]);
    }
    expect((await given('"77"')).status).toBe(200);
    await doIt({ act: 'contest', by: 'us-registrar', at: 0 }, scene);
    const after = await given(tag);
    expect(after.status).toBe(200);
    expect(after.headers.get('etag')).not.toBe(tag);
  });
});
