import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { Recorded } from '#libs/event-store';
import { formatVerifierKey, nodeCrypto, parseCheckpoint, parseNote, parsePolicy } from '#libs/ledger';
import type { FileReader, Payload, Trust } from '#libs/ledger';
import { filesOf, signedBy, TestLog } from '#libs/ledger/testing';
import { ByTheRules } from '../../src/checking/rules/by-the-rules.js';
import { RuleCheck } from '../../src/checking/rules/rule-check.js';
import { verified } from '../../src/checking/verifying.js';
import { istanbulRecord } from '../../src/demo/istanbul.record.js';
import { loadRecord } from '../../src/demo/load.js';
import { asLedgerEvent, payloadAt } from '../../src/ledger/logged.js';
import { ledgerFiles, makeLedgerFiles } from '../../src/ledger/signing.js';
import { Ids } from '../../src/platform/record/ids.js';
import { slices } from '../../src/slices.js';
import { anyOpening, historyOf } from '../simulation/episodes.js';
import { Histories } from '../simulation/history.js';
import { runs } from '../simulation/runs.js';
import type { Told } from '../simulation/told.js';
import { Api } from '../support/api.js';
import { Desk, principals } from '../support/desk.js';
import { loadInvented } from '../support/invented.js';
import { Served } from '../support/mirrored.js';
import { raising } from '../support/scene.js';
import { until } from '../support/settling.js';
import { origin, Place, signer } from './given.js';

const policy = parsePolicy(nodeCrypto, Buffer.from(`log ${formatVerifierKey(signer.key)}\nquorum none\n`));

const actOf = ({ meta }: Recorded) =>
  meta['act'] as { readonly capacity: string; readonly party: string | null };
const capacityOf = (one: Recorded) => actOf(one).capacity;
const causeOf = ({ meta }: Recorded) => meta['causationId'];
const isOfOtherStream = (all: readonly Recorded[], one: Recorded) =>
  all.find(({ id }) => id === causeOf(one))?.stream !== one.stream;
/** A conclusion that was drawn after the act that it follows from, and not stored with it. */
const isDrawn = (all: readonly Recorded[], one: Recorded) =>
  capacityOf(one) === 'derived' && isOfOtherStream(all, one);

const isStoredWithItsAct = (all: readonly Recorded[], one: Recorded) =>
  capacityOf(one) === 'derived' && !isOfOtherStream(all, one);

/** In the stream as it goes on without a gap. */
function gapless(events: readonly Recorded[]): readonly Recorded[] {
  const next = new Map<string, bigint>();
  return events.map((one) => {
    const revision = next.get(one.stream) ?? 0n;
    next.set(one.stream, revision + 1n);
    return { ...one, revision };
  });
}

describe('A log of the demonstration, with --rules', () => {
  const place = new Place();
  const settings = { directory: undefined, ledgerKey: place.in('key.pem'), ledgerGuard: place.in('guard') };
  let api: Api;
  const logs = new Map<string, readonly Recorded[]>();

  beforeAll(async () => {
    makeLedgerFiles(settings, ledgerFiles(settings)!);
    api = await Api.start(settings);
    await loadRecord(istanbulRecord, { url: api.server.url, key: api.keys['secretariat']! });
    await loadInvented(api, 'two a side');
    await api.settled();
    const all = api.server.record.projections.record.after(-1, 100_000);
    for (const [log, events] of Map.groupBy(all, (one) => one.log))
      if (log !== '')
        logs.set(
          log,
          events.map(({ event }) => event),
        );
  }, 120_000);
  afterAll(async () => {
    await api.stop();
    place.remove();
  });

  const checked = (files: FileReader, trust: Trust = { policy }) =>
    verified(nodeCrypto, () => files, trust, { further: new ByTheRules() });

  /** Signed anew by whoever holds the keys, so that nothing but the rules can tell. */
  const resigned = (events: readonly Recorded[], change: (payload: Payload) => Payload = (one) => one) => {
    const log = new TestLog(origin);
    for (const event of events) log.keep(asLedgerEvent(event), change(payloadAt(log.tree.size, event)));
    return checked(filesOf(log.mirror(signedBy(log.checkpoint(), [signer]))));
  };

  const invented = () => [...logs.values()].toSorted((one, other) => other.length - one.length)[0]!;

  /** A conclusion in the midst of the log, and where it and its cause stand. */
  const chosen = (type: string) => {
    const all = invented();
    const at = all.findIndex((one) => one.type === type && isDrawn(all, one));
    const event = all[at]!;
    return { all, at, event, cause: all.findIndex(({ id }) => id === causeOf(event)) };
  };

  it('follows the rules from its first entry to its last, in both dialogues, as it is served', async () => {
    expect(logs.size).toBeGreaterThanOrEqual(2);
    for (const [id, events] of logs) {
      const served = new Served(api, id);
      const size = async () => parseCheckpoint(parseNote((await served.read('checkpoint'))!).text).size;
      await until(async () => (await size()) === events.length);
      const { code, lines } = await checked(served, { policy: await served.policy() });
      expect([code, lines.at(-1)]).toEqual([
        0,
        `By the rules of this version: every conclusion in ${events.length.toLocaleString('en')} entries follows from what stands before it, and none is missing.`,
      ]);
    }
  });

  it('is right when it is signed anew without a change', async () => {
    expect(await resigned(invented())).toMatchObject({ code: 0 });
  });

  it('names a conclusion that nothing before it supports, at its own place', async () => {
    const { all, at, event } = chosen('ConsultationBegan');
    const ids = new Ids();
    const planted = { ...event, id: ids.next() };
    const { code, lines } = await resigned(all.toSpliced(at + 1, 0, planted));
    expect([code, lines[0]]).toEqual([
      1,
      `Wrong at #${at + 1} (against-the-rules): ConsultationBegan does not follow from anything before it.`,
    ]);
  });

  it.each<[string, object?]>([
    ['EventRetracted'],
    ['AttributionDisavowed', { ground: 'not-what-we-said' }],
    ['AttributionEndorsed'],
    ['ActRepudiated'],
  ])('names the %s of an act by a side that has no say in it', async (type, more = {}) => {
    const all = invented();
    const sides = [...new Set(all.flatMap((one) => actOf(one).party ?? []))];
    const target = all.find(
      (one) => one.revision > 0n && capacityOf(one) === 'direct' && actOf(one).party !== null,
    )!;
    const { party } = actOf(target);
    const other = sides.find((one) => one !== party)!;
    const act = { party: other, capacity: 'direct', recordedBy: 'p-other', recorderParty: other };
    const { causationId: _, restsOn: _r, ends: _e, contentHash: _c, ...meta } = target.meta;
    const [id, data] = [new Ids().next(), { target: target.id, ...more }];
    const planted = { ...target, id, type, data, content: {}, meta: { ...meta, schemaVersion: 1, act } };
    const { code, lines } = await resigned([...all, planted]);
    expect([code, lines[0]]).toEqual([
      1,
      `Wrong at #${all.length} (against-the-rules): ${type} of the ${target.type} ${target.id} is not for p-other, of ${other}, to say.`,
    ]);
  });

  /** Planted at the end, by whoever recorded what it amends, so long after all else that it has seen that. */
  const ofRecorder = async (type: string, target: Recorded, data: object = {}, secondsAfter = 61) => {
    const all = invented();
    const after = Date.parse(all.at(-1)!.recordedAt) + secondsAfter * 1_000;
    const { causationId: _, restsOn: _r, ends: _e, contentHash: _c, ...meta } = target.meta;
    const { recordedBy, recorderParty } = meta['act'] as { recordedBy: string; recorderParty: string };
    const act = { recordedBy, recorderParty, party: recorderParty, capacity: 'direct' };
    const planted = {
      ...{ ...target, id: new Ids().next(), type, content: {}, recordedAt: new Date(after).toISOString() },
      ...{ data: { target: target.id, ...data }, meta: { ...meta, schemaVersion: 1, act } },
    };
    const { code, lines } = await resigned([...all, planted]);
    return [code, lines[0]?.replace(`Wrong at #${all.length} (against-the-rules): `, '')];
  };
  const restsOf = ({ meta }: Recorded) => (meta['restsOn'] ?? []) as readonly string[];

  it('names the taking back of a word on which others rely, by whoever recorded it', async () => {
    const all = invented();
    const target = all.find(
      (one) =>
        one.revision > 0n &&
        capacityOf(one) === 'direct' &&
        all.some(
          (other) =>
            other.stream === one.stream &&
            capacityOf(other) === 'direct' &&
            actOf(other).party !== actOf(one).party &&
            restsOf(other).includes(one.id),
        ),
    )!;
    expect(await ofRecorder('EventRetracted', target)).toEqual([
      1,
      expect.stringMatching(
        new RegExp(`^EventRetracted of ${target.id} would have been refused: .* relies on it\\.$`),
      ),
    ]);
  });

  it('names it too where they rely on it in another entry alone, once the act must have seen that', async () => {
    const all = invented();
    const isNamedBy = (one: Recorded, other: Recorded) =>
      [...restsOf(other), ...((other.meta['ends'] ?? []) as readonly string[])].includes(one.id);
    const naming = (one: Recorded) => all.filter((other) => isNamedBy(one, other));
    const alone = all.filter((one) => {
      const others = naming(one).filter(({ type }) => type !== 'InstrumentLinked');
      return (
        one.revision > 0n &&
        capacityOf(one) === 'direct' &&
        others.length > 0 &&
        others.every(({ stream }) => stream !== one.stream)
      );
    });
    const target = alone[0]!;
    expect(await ofRecorder('EventRetracted', target)).toEqual([
      1,
      expect.stringMatching(/^EventRetracted of \S+ would have been refused: .* relies on it\.$/),
    ]);
    expect(await ofRecorder('EventRetracted', target, {}, 0)).toEqual([0, expect.stringMatching(/^Right/)]);
  });

  it('names the taking back of what begins an entry, and the correction of what is sealed', async () => {
    const all = invented();
    const first = all.find((one) => one.type === 'IrritantRaised' && capacityOf(one) === 'direct')!;
    expect(await ofRecorder('EventRetracted', first)).toEqual([
      1,
      `EventRetracted of ${first.id} would have been refused: The first event of a stream is never retracted.`,
    ]);
    const sealed = all.find((one) => one.type === 'UnderstandingClaimed' && capacityOf(one) === 'direct')!;
    const correction = { schemaVersion: 1, occurred: { edtf: '2020-01-01' }, reading: [] };
    expect(await ofRecorder('EventCorrected', sealed, correction)).toEqual([
      1,
      expect.stringContaining(`would have been refused: UnderstandingClaimed is sealed`),
    ]);
  });

  it.each([
    ['ContentErased', { basis: 'security', askedBy: ['p-other', 'p-one'] }],
    ['AttributionVoid', {}],
    ['AttributionContradicted', {}],
  ])('names the %s that somebody is said to have said', async (type, more) => {
    const all = invented();
    const target = all.find((one) => one.revision > 0n && actOf(one).party !== null)!;
    const { causationId: _, restsOn: _r, ends: _e, contentHash: _c, ...meta } = target.meta;
    for (const party of [null, actOf(target).party]) {
      const act = { party, capacity: 'direct', recordedBy: 'p-other', recorderParty: party };
      const [id, data] = [new Ids().next(), { target: target.id, ...more }];
      const planted = { ...target, id, type, data, content: {}, meta: { ...meta, schemaVersion: 1, act } };
      const { code, lines } = await resigned([...all, planted]);
      expect([code, lines[0]]).toEqual([
        1,
        `Wrong at #${all.length} (against-the-rules): ${type} is concluded by rule and said by nobody, and it stands here as “direct”.`,
      ]);
    }
  });

  it('names a conclusion that is missing, at the entry that it follows from', async () => {
    const { all, at, event, cause } = chosen('ConsultationBegan');
    const { code, lines } = await resigned(all.toSpliced(at, 1));
    expect([code, lines[0]]).toEqual([
      1,
      `Wrong at #${cause} (against-the-rules): from this ${all[cause]?.type} follows ConsultationBegan in ${event.stream}, and it is missing.`,
    ]);
  });

  it('names a conclusion that says something else than what follows', async () => {
    const { all, at, event, cause } = chosen('ConsultationBegan');
    const changed = {
      ...event,
      data: { ...event.data, basis: event.data['basis'] === 'direct' ? 'attributed' : 'direct' },
    };
    const { code, lines } = await resigned(all.with(at, changed));
    expect([code, lines[0]]).toEqual([
      1,
      `Wrong at #${at} (against-the-rules): ConsultationBegan follows from #${cause}, but not as it stands here: by the rules it has another data.`,
    ]);
  });

  describe('of a conclusion that was stored with its act', () => {
    const stored = () => {
      const all = invented();
      const at = all.findIndex((one) => one.type === 'IrritantResolved' && isStoredWithItsAct(all, one));
      const event = all[at]!;
      const act = all.findIndex(({ id }) => id === causeOf(event));
      return { all, at, event, act, says: `Wrong at #${at} (against-the-rules): IrritantResolved` };
    };

    it('names all that it has otherwise than by the rules', async () => {
      const { all, at, event, act, says } = stored();
      const { meta, data } = event;
      const changed = {
        ...event,
        data: { ...data, basis: data['basis'] === 'direct' ? 'attributed' : 'direct' },
        meta: {
          ...meta,
          act: { ...(meta['act'] as object), recordedBy: 'p-ru' },
          occurred: { edtf: '1999-12-31' },
          causationId: all[0]!.id,
          restsOn: [all[act]!.id, all[0]!.id],
        },
      };
      const { code, lines } = await resigned(all.with(at, changed));
      const other = `${says} follows from #${act}, but not as it stands here: by the rules it has another`;
      expect([code, lines[0]]).toEqual([1, `${other} data, author, date, cause, grounds.`]);
    });

    it('names that it is missing, or that there is one more', async () => {
      const { all, at, event, act, says } = stored();
      const dropped = await resigned(all.toSpliced(at, 1));
      expect([dropped.code, dropped.lines[0]]).toEqual([
        1,
        `Wrong at #${act} (against-the-rules): from this ${all[act]?.type} follows IrritantResolved in ${event.stream}, and it is missing.`,
      ]);
      const again = { ...event, id: new Ids().next() };
      const added = await resigned(all.toSpliced(at + 1, 0, again));
      expect([added.code, added.lines[0]]).toEqual([
        1,
        `${says.replace(`#${at}`, `#${at + 1}`)} does not follow from anything before it.`,
      ]);
    });
  });

  it('gives what follows from the last entries its time', async () => {
    const all = invented();
    const at = all.findIndex((one) => isDrawn(all, one));
    const { code, lines } = await resigned(all.slice(0, at));
    expect([code, lines.at(-1)]).toEqual([
      0,
      expect.stringMatching(/^\d+ conclusions? (is|are) still to come, from the last entries\.$/),
    ]);
  });

  it('is checked up to what is withheld, and no further', async () => {
    const withheld = { data: null, content: null, salt: null, withheld: 'not yours to read' };
    const { at } = chosen('ConsultationBegan');
    const { code, lines } = await resigned(invented(), (one) =>
      one.seq < at ? one : { seq: one.seq, ...withheld },
    );
    expect(code).toBe(2);
    expect(lines).toContain(
      `Not complete: the rules can’t be checked from #${at} on, for its data is withheld.`,
    );
  });
});

describe('What the rules conclude, played again from a log alone', () => {
  const histories = new Histories();
  afterAll(() => histories.close());

  const eventsOf = ({ stage: { desk, beforeOrdinal } }: Told): readonly Recorded[] =>
    desk.record.projections.record.after(beforeOrdinal, 100_000).map(({ event }) => event);

  async function findingsIn(events: readonly Recorded[]) {
    const check = new RuleCheck(slices, 0);
    for (const one of events) await check.add(one);
    const toCome = await check.finish(Number.POSITIVE_INFINITY);
    return { findings: check.findings, toCome };
  }

  it('is judged by what the act had looked at, and not by what was stored while it was', async () => {
    const desk = await Desk.open();
    const { RU, US, secretariat } = principals;
    const opened = { parties: ['RU', 'US'], keyPrefix: 'LOOK', name: { en: 'A dialogue' } };
    const { id: dialogueId } = await desk.do(secretariat, 'dialogues.OpenDialogue', null, opened);
    await desk.do(RU, 'dialogues.JoinDialogue', dialogueId, {});
    const { id } = await desk.do(RU, 'irritants.RaiseIrritant', null, raising(dialogueId));
    const [raised] = await desk.record.streams.events(`irritant-${id}`);
    const body = { target: raised?.id, basis: 'personal-data', reason: { en: 'It names a person.' } };
    await desk.do(RU, 'irritants.RequestErasure', id, body);
    await desk.do(secretariat, 'irritants.RequestErasure', id, body);
    await desk.do(US, 'dialogues.JoinDialogue', dialogueId, {});
    await desk.settled();
    const all = desk.record.projections.record.after(-1, 1_000).map(({ event }) => event);
    await desk.close();
    const at = all.findIndex(({ type }) => type === 'ContentErased');
    const joined = all.at(-1)!;
    // US joins while the secretariat, which had looked before, asks in its place.
    const between = (secondsBefore: number) => {
      const recordedAt = new Date(Date.parse(all[at]!.recordedAt) - secondsBefore * 1_000).toISOString();
      return all.slice(0, -1).toSpliced(at - 1, 0, { ...joined, recordedAt });
    };
    const checked = async (events: readonly Recorded[], looks?: number) => {
      const check = new RuleCheck(slices, looks);
      for (const one of events) await check.add(one);
      await check.finish(Number.POSITIVE_INFINITY);
      return check.findings.map(({ says }) => says);
    };
    expect(await checked(all, 0)).toEqual([]);
    expect(await checked(between(60))).toEqual([]);
    const strange = 'ContentErased does not follow from anything before it.';
    expect(await checked(between(61))).toEqual([strange]);
    expect(await checked(between(60), 0)).toEqual([strange]);
  });

  /** Which conclusion a mistake is made in: one that was drawn later, and one that was stored with its act. */
  const kinds = [isDrawn, isStoredWithItsAct];

  const plants: readonly ((event: Recorded, ids: Ids) => readonly Recorded[])[] = [
    () => [],
    (event, ids) => [event, { ...event, id: ids.next() }],
    (event) => [{ ...event, meta: { ...event.meta, restsOn: [event.id] } }],
    (event) => [{ ...event, data: { ...event.data, basis: 'hearsay' } }],
    (event) => [{ ...event, meta: { ...event.meta, causationId: event.id } }],
    (event) => [{ ...event, meta: { ...event.meta, occurred: { edtf: '1999-12-31' } } }],
  ];

  it('is what is there, whatever both sides said, and nothing else passes for it', async () => {
    const ids = new Ids();
    const planted = [0, 0] as [number, number];
    const property = fc.asyncProperty(historyOf(50), anyOpening, fc.nat(), async (moves, begun, pick) => {
      const events = eventsOf(await histories.play(moves, begun, 50));
      expect(await findingsIn(events)).toEqual({ findings: [], toCome: 0 });
      for (const [index, isOne] of kinds.entries()) {
        const drawn = events.filter((one) => isOne(events, one));
        const victim = drawn[pick % Math.max(1, drawn.length)];
        const plant = plants[pick % plants.length];
        if (victim === undefined || plant === undefined) continue;
        planted[index === 0 ? 0 : 1] += 1;
        const at = events.indexOf(victim);
        const { findings } = await findingsIn(gapless(events.toSpliced(at, 1, ...plant(victim, ids))));
        expect([victim.type, findings]).not.toEqual([victim.type, []]);
      }
    });
    await fc.assert(property, {
      numRuns: Math.ceil(runs / 40),
      seed: 383_058_627,
      endOnFailure: true,
    });
    for (const count of planted) expect(count).toBeGreaterThan(0);
  });
});
