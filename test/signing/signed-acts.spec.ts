import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { ActsGate } from '../../src/platform/commands/acts-gate.js';
import type { JsonObject, NewEvent } from '#libs/event-store';
import { seenField } from '#libs/ledger';
import { done } from '../support/acting.js';
import { Api } from '../support/api.js';
import { join, openTalks } from '../support/scene.js';
import { inTheNameOf } from '../support/sides.js';
import { actSigned, asking, registerFirst, requireSigned, send, signedWith } from '../support/signing.js';
import { all, ask, forgings, groundOf, leaves, meanwhile, replays } from './attacks.js';
import type { Ground } from './attacks.js';
import { faultsIn, logged } from './oracle.js';
import { history, holds, planted } from './histories.js';
import { raced } from './race.js';
import { runs, seed } from './runs.js';
import { toldOf } from './told.js';

const RU = 'ru-negotiator';
let api: Api;
let ground: Ground;
let number = 0;
const words = () => `The words ${(number += 1)}.`;

beforeAll(async () => {
  api = await Api.start();
  ground = await groundOf(api);
});
afterAll(() => api.stop());

const count = async () => (await logged(api, ground.dialogueId)).length;
const elsewhere = async () => (await api.server.record.streams.events(`irritant-${ground.elsewhere}`)).length;
/** Of the act itself: what the service enters beside it may come before it. */
const recordedBy = async (body: { readonly traceId?: unknown }) =>
  (await logged(api, ground.dialogueId)).filter(({ meta }) => meta['correlationId'] === body.traceId);

describe('No direct act of a party that signs is recorded', () => {
  const cases = Object.keys(forgings).flatMap((what) =>
    all.filter((said) => leaves[what]?.includes(said) !== true).map((said) => [what, said] as const),
  );

  it.each(cases)('with %s (%s)', async (what, said) => {
    const sent = await forgings[what]!(ground, await ask(ground, said, words()), number);
    const before = await count();
    const { status, body } = await send(api, sent);
    expect(status).toBeGreaterThanOrEqual(400);
    expect(status).toBeLessThan(500);
    expect({ body, events: await recordedBy(body) }).toMatchObject({ events: [] });
    expect(await count()).toBe(before);
  });

  it.each(Object.keys(replays))('by a signature that was used, %s', async (where) => {
    const sent = await signedWith(api, ground.keys.own, await ask(ground, 'claim', words()));
    expect((await send(api, sent)).status).toBe(200);
    const before = [await count(), await elsewhere()];
    const again = await send(api, await replays[where]!(sent, ground));
    // What its party has said before is a repeat, whoever sends it and however it is signed.
    if (where === 'on the next revision') expect(again.headers.get('act-recorded')).toBe('false');
    else expect(again.status).toBeGreaterThanOrEqual(400);
    if (where.endsWith('for other words')) expect(again.body).toMatchObject({ code: 'signature-replayed' });
    expect([await count(), await elsewhere()]).toEqual(before);
  });

  it('twice: the same request is answered as it was before', async () => {
    const sent = await signedWith(api, ground.keys.own, await ask(ground, 'claim', words()));
    const first = await send(api, sent);
    const before = await count();
    await meanwhile(ground, number);
    const again = await send(api, sent);
    expect(again).toMatchObject({ status: 200, body: first.body });
    expect(again.headers.get('idempotent-replayed')).toBe('true');
    expect(await count()).toBe(before + 1);
  });

  it('but by a signer who has seen this log, as far as it was', async () => {
    const { logs } = api.server.record.recorder.deciding;
    await api.settled();
    const size = await count();
    const root = logs.rootAt(ground.dialogueId, size);
    const given = { seen: seenField({ size, root: root! }) };
    const asked = await ask(ground, 'claim', words());
    expect((await send(api, await signedWith(api, ground.keys.own, asked, given))).status).toBe(200);
    expect(logs.rootAt(ground.dialogueId, size + 2)).toBeUndefined();
  });

  it.each(['retract', 'correct', 'repudiate'])(
    'by taking a key out of the record: %s is refused',
    async (how) => {
      const own = (await logged(api, ground.dialogueId)).filter(({ type }) =>
        /^(PartyKey|SignedActs)/.test(type),
      );
      const body = { retract: { reason: { en: 'x' } }, correct: { occurred: '2025-04-10' }, repudiate: {} }[
        how
      ];
      for (const { id: target } of own) {
        const path = `dialogues/${ground.dialogueId}/${how}`;
        const answer = await actSigned(api, ground.keys.own, path, { target, ...body }, RU);
        expect(answer).toMatchObject({ status: 409 });
      }
    },
  );

  it('among answers to many at once, which carry no signatures', async () => {
    const { dialogueId, sources } = await openTalks(api);
    const naming = { name: { en: 'The name.' }, ...inTheNameOf('RU', sources.RU) };
    await done(api, `dialogues/${dialogueId}/name-party`, 'secretariat', naming);
    await join(api, dialogueId, 'RU');
    await requireSigned(api, dialogueId, 'RU', await registerFirst(api, dialogueId, 'RU', 101));
    const named = (await logged(api, dialogueId)).find(({ type }) => type === 'PartyNamed');
    const body = { answers: [{ target: named?.id, answer: 'endorse' }] };
    const answered = await api.ask('POST', `/v1/dialogues/${dialogueId}/answer-attributions`, {
      as: RU,
      body,
    });
    expect(answered.body).toEqual({
      results: [expect.objectContaining({ status: 409, code: 'signature-missing' })],
    });
    expect(await faultsIn(api, dialogueId)).toEqual([]);
  });

  it('while what its people record as nobody’s word needs no signature, and can have none', async () => {
    const { dialogueId, press: sourceId } = ground;
    const sources = [{ sourceId }];
    const wording = [{ as: 'summary' }];
    const spoken = { speaker: 'An official in Ankara', quote: { en: words() }, wording, sources };
    const role = { thirdParty: 'TR', role: 'host', wording, sources };
    for (const [command, body] of [
      ['record-commentary', spoken],
      ['assert-third-party-role', role],
    ] as const) {
      const sent = await asking(api, `dialogues/${dialogueId}/${command}`, body, RU);
      const signed = await send(api, await signedWith(api, ground.keys.own, sent));
      expect(signed).toMatchObject({ status: 409, body: { code: 'key-not-in-force' } });
      expect(await send(api, sent)).toMatchObject({ status: 200 });
    }
    const acts = (await logged(api, dialogueId)).slice(-2).map(({ meta }) => meta['act']);
    expect(acts).toMatchObject([
      { party: null, capacity: 'attributed', recorderParty: 'RU' },
      { party: null, capacity: 'attributed', recorderParty: 'RU' },
    ]);
  });

  it('unsigned after somebody has written into the store by hand that it asks for signatures no more', async () => {
    const { store, registry, streams } = api.server.record;
    const stream = registry.dialogueStream(ground.dialogueId);
    const events = await streams.events(stream);
    const required = (await Array.fromAsync(store.readStream(stream))).find(
      ({ type }) => type === 'SignedActsRequired',
    );
    const { signature: _, ...meta } = required!.meta;
    const id = api.server.record.ids.next();
    const lifted = { id, type: 'SignedActsLifted', data: {}, content: {}, salt: null, meta };
    await store.append(stream, [lifted], { expected: BigInt(events.length - 1) });
    await api.settled();
    expect(await send(api, await ask(ground, 'claim', words()))).toMatchObject({
      status: 409,
      body: { code: 'signature-missing' },
    });
    const { body } = await api.get<{ signing?: object }>(`/v1/dialogues/${ground.dialogueId}`);
    expect(body.signing).toMatchObject([{ party: 'RU' }]);
    const sent = await signedWith(api, ground.keys.own, await ask(ground, 'claim', words()));
    expect((await send(api, sent)).status).toBe(200);
    expect(await faultsIn(api, ground.dialogueId)).toHaveLength(2);
    // Whoever follows is told that it never counted, wherever it is told.
    expect(await toldOf(api, ground.dialogueId, id)).toEqual({
      history: 'unheard',
      feed: 'unheard',
      events: 'unheard',
      isAct: false,
    });
  });

  it('by which its words are taken out of the store: nor does what somebody wrote there as its request', async () => {
    const asked = await ask(ground, 'position', words());
    expect((await send(api, await signedWith(api, ground.keys.own, asked))).status).toBe(200);
    const { store, streams, ids, recorder } = api.server.record;
    const [, , irritantId = ''] = /^([a-z]+)\/([^/]+)/.exec(asked.path) ?? [];
    const stream = `irritant-${irritantId}`;
    const events = await streams.events(stream);
    const [target, basis] = [events.at(-1)?.id ?? '', 'personal-data'];
    const written = (type: string, act: object, more: object = {}) => ({
      id: ids.next(),
      type,
      data: { target, basis, ...more },
      content: {},
      salt: ids.salt(),
      meta: { schemaVersion: 1, act, sources: [], audience: 'both', correlationId: 'by-hand' } as JsonObject,
    });
    const of = (party: string) => ({
      party,
      capacity: 'direct',
      recordedBy: `p-${party}`,
      recorderParty: party,
    });
    const conclusion = { party: null, capacity: 'derived', recordedBy: 'entente', recorderParty: null };
    const all: [NewEvent, ...NewEvent[]] = [
      written('ErasureRequested', of('RU')),
      written('ErasureRequested', of('US')),
      written('ContentErased', conclusion, { askedBy: ['p-RU', 'p-US'] }),
    ];
    await store.append(stream, all, { expected: BigInt(events.length - 1) });
    await recorder.deciding.erasures.finish(stream);
    const kept = (await streams.events(stream)).find(({ id }) => id === target);
    expect([kept?.erased, kept?.content]).toEqual([false, events.at(-1)?.content]);
  });

  it('unsigned before its keys can be looked at, however many come at once', async () => {
    expect(await raced()).toEqual([]);
  });
});

describe('Whoever signs for a party', () => {
  it('is told what the act would come to, before it is signed', async () => {
    const { dialogueId } = ground;
    const told = async (command: string, body: object) => {
      const path = `dialogues/${dialogueId}/${command}?dryRun=true`;
      return (await send(api, await asking(api, path, { ...body }, RU))).body;
    };
    const alias = words();
    expect(await told('record-party-alias', { party: 'RU', alias })).toMatchObject({
      aliases: expect.arrayContaining([expect.objectContaining({ alias })]),
    });
    expect(await told('lift-signed-acts', {})).not.toHaveProperty('signing');
    expect(await told('record-party-alias', { party: 'RU', alias })).not.toHaveProperty(
      'dryRun.events.0.envelope.signature',
    );
  });
});

describe('What a party asks for that signs', () => {
  it('holds in generated histories of honest and forged acts', async () => {
    await fc.assert(
      fc.asyncProperty(history, (steps) => holds(api, steps)),
      { seed, numRuns: runs },
    );
  }, 120_000);

  it.each(Object.keys(planted))('is missed by a server %s, and found by these histories', async (what) => {
    const mend = planted[what]!();
    try {
      const { failed } = await fc.check(
        fc.asyncProperty(history, (steps) => holds(api, steps)),
        {
          seed: 7,
          numRuns: 30,
          endOnFailure: true,
        },
      );
      expect(failed).toBe(true);
    } finally {
      mend();
    }
  });

  it('is missed by a server that lets acts pass while keys change, and found', async () => {
    const { act } = ActsGate.prototype;
    ActsGate.prototype.act = (_dialogue, _judgedBy, append) => append();
    try {
      expect(await raced()).not.toEqual([]);
    } finally {
      ActsGate.prototype.act = act;
    }
  });
});
