import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { stateAsOf } from '../../src/audit/as-of.js';
import { decideAmendment } from '../../src/platform/amending.js';
import type { Stored } from '../../src/platform/envelope.js';
import { fold, represent } from '../../src/platform/fold.js';
import { Desk, principals } from '../support/desk.js';

const { RU, US } = principals;
const reason = { en: 'Entered in error.' };
const contests = { stance: 'contests', text: { en: 'Nothing is owed.' } };

let desk: Desk;
let dialogueId: string;
let irritantId: string;
let prefixes = 0;

beforeAll(async () => {
  desk = await Desk.open();
});
afterAll(() => desk.close());

beforeEach(async () => {
  prefixes += 1;
  dialogueId = (
    await desk.do(RU, 'dialogues.OpenDialogue', null, {
      parties: ['RU', 'US'],
      keyPrefix: `AM${prefixes}`,
      name: { en: 'Amendments' },
    })
  ).id;
  await desk.do(US, 'dialogues.JoinDialogue', dialogueId, {});
  irritantId = (
    await desk.do(RU, 'irritants.RaiseIrritant', null, {
      dialogueId,
      raisers: ['RU'],
      respondents: ['US'],
      raisedBasis: 'stated',
      category: 'visas',
      title: { en: 'Visas' },
    })
  ).id;
});

const act = (who: (typeof principals)[keyof typeof principals], command: string, body: object = {}) =>
  desk.do(who, `irritants.${command}`, irritantId, body);
const events = () => desk.record.world.events(`irritant-${irritantId}`);
const lastId = async () => (await events()).at(-1)?.id;
const present = async () => {
  await desk.settled();
  return desk.read('irritants', irritantId);
};

describe('A retraction', () => {
  it('takes out of the count what no milestone rests on', async () => {
    await act(RU, 'StatePosition', { stance: 'seeks-action', text: { en: 'Urgent.' } });
    await act(RU, 'RetractEvent', { target: await lastId(), reason });
    expect(await present()).toMatchObject({ positions: {}, stage: 'raised', overlays: [] });
  });

  it('is refused where the act answered the other side: an acknowledgement stays, and so does the stage', async () => {
    await act(US, 'AcknowledgeIrritant');
    await expect(act(US, 'RetractEvent', { target: await lastId(), reason })).rejects.toMatchObject({
      kind: { code: 'RELIED_UPON' },
    });
    expect(await present()).toMatchObject({ stage: 'under-consultation', overlays: [] });
  });

  it('is refused where the other side has relied on the act, and names what takes it back instead', async () => {
    const claimed = await act(RU, 'ClaimUnderstanding', { kind: 'factual', text: { en: 'Agreed.' } });
    const target = await lastId();
    const [claim] = claimed['claims'] as { claimId: string }[];
    const path = { claimId: claim?.claimId };
    await desk.do(US, 'irritants.DenyUnderstanding', irritantId, {}, path);
    await expect(act(RU, 'RetractEvent', { target, reason })).rejects.toMatchObject({
      kind: { code: 'RELIED_UPON' },
      detail: expect.stringContaining('withdraw the claim (POST …/claims/{claimId}/withdraw)'),
    });
  });

  it('of what was taken back lets the same be said anew', async () => {
    const position = { stance: 'seeks-action', text: { en: 'Urgent.' } };
    await act(RU, 'StatePosition', position);
    await act(RU, 'RetractEvent', { target: await lastId(), reason });
    await act(RU, 'StatePosition', position);
    expect(await present()).toMatchObject({ positions: { RU: { text: { en: 'Urgent.' } } } });
  });

  it('is for the principal that recorded the event, and never for the first event', async () => {
    await act(US, 'StatePosition', contests);
    const contested = await lastId();
    await expect(act(RU, 'RetractEvent', { target: contested, reason })).rejects.toMatchObject({
      kind: { code: 'NOT_THE_RECORDER' },
    });
    const first = (await events())[0]?.id;
    await expect(act(RU, 'RetractEvent', { target: first, reason })).rejects.toMatchObject({
      kind: { code: 'TARGET_IS_FIRST' },
    });
    expect((await events()).map((one) => one.type)).toEqual(['IrritantRaised', 'PositionStated']);
  });

  it('may be made many times over: a stream with sixty of them is read as any other', async () => {
    for (let round = 0; round < 60; round += 1) {
      await act(RU, 'StatePosition', { stance: 'seeks-action', text: { en: `Position ${round}.` } });
      await act(RU, 'RetractEvent', { target: await lastId(), reason });
    }
    expect(await present()).toMatchObject({ positions: {}, revision: 120 });
  });

  it('is not itself retracted: what was retracted is entered anew', async () => {
    await act(US, 'StatePosition', contests);
    await act(US, 'RetractEvent', { target: await lastId(), reason });
    await expect(act(US, 'RetractEvent', { target: await lastId(), reason })).rejects.toMatchObject({
      kind: { code: 'TARGET_NOT_AMENDABLE' },
    });
  });

  it('in the round that a consultation rests on is refused: the stage relies on it', async () => {
    const round = (await desk.do(RU, 'rounds.ScheduleRound', null, { dialogueId })).id;
    await desk.do(RU, 'rounds.DiscussAgendaItem', round, { irritantId });
    await desk.do(RU, 'rounds.ConfirmRoundHeld', round, {});
    const held = await desk.do(US, 'rounds.ConfirmRoundHeld', round, {});
    expect(await present()).toMatchObject({ stage: 'under-consultation', overlays: [] });
    const [, last] = held['heldBy'] as { eventId: string }[];
    const taking = desk.do(US, 'rounds.RetractEvent', round, { target: last?.eventId, reason });
    await expect(taking).rejects.toMatchObject({ kind: { code: 'RELIED_UPON' } });
    expect(await present()).toMatchObject({ stage: 'under-consultation' });
  });
});

describe('A correction', () => {
  it('replaces the words as a whole, and the original stays in the history', async () => {
    await act(RU, 'StatePosition', { stance: 'seeks-action', text: { en: 'Urgnet.' } });
    const target = await lastId();
    await act(RU, 'CorrectEvent', { target, content: { text: { en: 'Urgent.' } } });
    expect(await present()).toMatchObject({ positions: { RU: { text: { en: 'Urgent.' } } } });
    expect((await events()).find((one) => one.id === target)?.content).toEqual({ text: { en: 'Urgnet.' } });
  });

  it('of when it happened changes what was true by then', async () => {
    await act(RU, 'StatePosition', {
      stance: 'seeks-action',
      text: { en: 'Urgent.' },
      occurred: '2025-04-10',
    });
    await act(RU, 'CorrectEvent', {
      target: await lastId(),
      occurred: { edtf: '2025-02-27', zone: 'Europe/Istanbul' },
    });
    expect(await present()).toMatchObject({ positions: { RU: { occurred: { edtf: '2025-02-27' } } } });
  });

  it('must have the shape that the words of that event have', async () => {
    await act(RU, 'StatePosition', { stance: 'seeks-action', text: { en: 'Urgent.' } });
    const content = { statement: { en: 'x' } };
    const correction = act(RU, 'CorrectEvent', { target: await lastId(), content });
    await expect(correction).rejects.toMatchObject({
      kind: { code: 'VALIDATION_FAILED' },
      errors: expect.arrayContaining([
        expect.objectContaining({ pointer: '/content/statement' }),
        expect.objectContaining({ pointer: '/content/text' }),
      ]),
    });
  });

  it('is refused where the other side may have assented to the very words', async () => {
    await act(RU, 'ClaimUnderstanding', { kind: 'agreement', text: { en: 'Agreed.' } });
    const correction = act(RU, 'CorrectEvent', {
      target: await lastId(),
      content: { text: { en: 'Not agreed.' } },
    });
    await expect(correction).rejects.toMatchObject({ kind: { code: 'CONTENT_SEALED' } });
  });

  it('is not for the other side, nor of what follows by itself, nor of what is retracted', async () => {
    await act(US, 'StatePosition', contests);
    const contested = await lastId();
    await expect(act(RU, 'CorrectEvent', { target: contested, occurred: '2025-01' })).rejects.toMatchObject({
      kind: { code: 'NOT_THE_RECORDER' },
    });
    await act(US, 'RetractEvent', { target: contested, reason });
    await expect(act(US, 'CorrectEvent', { target: contested, occurred: '2025-01' })).rejects.toMatchObject({
      kind: { code: 'TARGET_RETRACTED' },
    });
    await expect(
      act(US, 'CorrectEvent', { target: await lastId(), occurred: '2025-01' }),
    ).rejects.toMatchObject({ kind: { code: 'TARGET_NOT_AMENDABLE' } });
    await expect(act(US, 'CorrectEvent', { target: dialogueId, occurred: '2025-01' })).rejects.toMatchObject({
      kind: { code: 'TARGET_UNKNOWN' },
    });
  });

  const resolved = async () => {
    const terms = { terms: { en: 'Visas are issued in a week.' }, occurred: '2025-04-10' };
    const proposed = await act(RU, 'ProposeResolution', terms);
    const [first] = proposed['resolutions'] as { resolutionId: string; termsHash: string }[];
    const { resolutionId, termsHash } = first!;
    await act(US, 'AcceptResolution', { resolutionId, termsHash, occurred: '2025-05-01' });
    return (await events()).find((one) => one.type === 'ResolutionAccepted')?.id;
  };
  const asOf = async (effectiveAt: string) => {
    await desk.settled();
    return stateAsOf(desk.record, desk.record.registry.get('irritants'), irritantId, { effectiveAt })
      .document;
  };
  const agreed = { stage: 'resolved', resolutions: [{ state: 'accepted' }] };
  const notYet = { stage: 'raised', resolutions: [{ state: 'proposed' }] };

  it('of when terms were accepted takes along the stage that follows from it', async () => {
    const target = await resolved();
    expect(await asOf('2025-06-01')).toMatchObject(agreed);
    await act(US, 'CorrectEvent', { target, occurred: '2025-07-01' });
    expect(await asOf('2025-06-01')).toMatchObject(notYet);
    expect(await asOf('2025-07-02')).toMatchObject(agreed);
    expect(await present()).toMatchObject({ ...agreed, overlays: [] });
  });

  it('of when it happened never puts a stage before the other act that it rests on', async () => {
    const target = await resolved();
    await act(US, 'CorrectEvent', { target, occurred: '2025-01-01' });
    expect(await asOf('2025-04-09')).toMatchObject({ stage: 'raised' });
    expect(await asOf('2025-04-11')).toMatchObject(agreed);
  });

  it('of when it happened that is taken back leaves the stage where it was', async () => {
    const target = await resolved();
    await act(US, 'CorrectEvent', { target, occurred: '2025-07-01' });
    await act(US, 'RetractEvent', { target: await lastId(), reason });
    expect(await asOf('2025-06-01')).toMatchObject(agreed);
    expect(await asOf('2025-04-30')).toMatchObject(notYet);
  });

  it('of when a round was held leaves the dates of the consultations that followed elsewhere', async () => {
    const round = (await desk.do(RU, 'rounds.ScheduleRound', null, { dialogueId })).id;
    await desk.do(RU, 'rounds.DiscussAgendaItem', round, { irritantId, occurred: '2025-05-01' });
    await desk.do(RU, 'rounds.ConfirmRoundHeld', round, { occurred: '2025-05-01' });
    const held = await desk.do(US, 'rounds.ConfirmRoundHeld', round, { occurred: '2025-05-01' });
    const consulting = { stage: 'under-consultation' };
    expect(await asOf('2025-05-02')).toMatchObject(consulting);
    const [, last] = held['heldBy'] as { eventId: string }[];
    await desk.do(US, 'rounds.CorrectEvent', round, { target: last?.eventId, occurred: '2025-07-01' });
    expect(await asOf('2025-05-02')).toMatchObject({ ...consulting, overlays: [] });
  });
});

describe('A request to erase', () => {
  it('is recorded once by each who asks, and erases nothing yet', async () => {
    await act(RU, 'StatePosition', { stance: 'seeks-action', text: { en: 'A name.' } });
    const target = await lastId();
    await act(RU, 'RequestErasure', { target, basis: 'personal-data', reason });
    await act(RU, 'RequestErasure', { target, basis: 'personal-data', reason });
    expect((await events()).filter((one) => one.type === 'ErasureRequested')).toHaveLength(1);
    expect(await present()).toMatchObject({ positions: { RU: { text: { en: 'A name.' } } } });
  });

  it('is refused as the second where the store can not take words out', async () => {
    await act(RU, 'StatePosition', { stance: 'seeks-action', text: { en: 'A name.' } });
    const target = await lastId();
    await act(RU, 'RequestErasure', { target, basis: 'personal-data', reason });
    const asking = {
      slice: desk.record.registry.get('irritants'),
      events: await events(),
      request: {
        type: 'RequestErasure',
        act: { party: 'US', capacity: 'direct', recordedBy: 'p-us', recorderParty: 'US' } as const,
        data: { target, basis: 'personal-data' },
        content: { reason },
      },
      principal: US,
      roleFor: () => undefined,
      takenBackBy: () => undefined,
      dialogue: { dialogueId, parties: ['RU', 'US'], joined: ['RU', 'US'], hasSecretariat: false },
      elsewhere: () => [],
    };
    expect(decideAmendment({ ...asking, erases: false })).toMatchObject({ refused: 'ERASURE_UNSUPPORTED' });
    expect(decideAmendment({ ...asking, erases: true })).toMatchObject({
      events: [{ type: 'ErasureRequested' }, { type: 'ContentErased' }],
    });
  });

  it('of a correction is refused, and names the event to ask for: its first words would stand again', async () => {
    await act(US, 'ContestIrritant', { statement: { en: 'A name.' } });
    const target = await lastId();
    await act(US, 'CorrectEvent', { target, content: { statement: { en: 'Another name.' } } });
    const asking = act(RU, 'RequestErasure', { target: await lastId(), basis: 'personal-data', reason });
    await expect(asking).rejects.toMatchObject({
      kind: { code: 'TARGET_NOT_AMENDABLE' },
      detail: expect.stringContaining(String(target)),
    });
    expect((await events()).at(-1)).toMatchObject({ type: 'EventCorrected' });
  });
});

describe('An erasure', () => {
  const erasing = (like: Stored, target: string): Stored => ({
    ...like,
    id: `erases-${target}`,
    type: 'ContentErased',
    data: { target },
    content: {},
    revision: like.revision + 1,
  });

  it.each([
    ['of the event', 1],
    ['of its correction, as older records may hold,', 2],
  ])(
    '%s leaves neither the first words nor the corrected ones, before the store has rewritten any',
    async (_, at) => {
      await act(US, 'ContestIrritant', { statement: { en: 'A name.' } });
      await act(US, 'CorrectEvent', {
        target: await lastId(),
        content: { statement: { en: 'Another name.' } },
      });
      const recorded = await events();
      const [, , correction] = recorded;
      if (correction === undefined) throw new Error('There is no correction.');
      const slice = desk.record.registry.get('irritants');
      const before = fold(slice, recorded);
      expect(JSON.stringify(before && represent(before))).toContain('Another name.');
      const after = fold(slice, [...recorded, erasing(correction, recorded[at]?.id ?? '')]);
      expect(after && represent(after)).toMatchObject({ contests: [{ party: 'US' }] });
      expect(JSON.stringify(after && represent(after))).not.toContain('name.');
    },
  );
});
