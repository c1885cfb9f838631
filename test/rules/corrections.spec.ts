import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { represent } from '../../src/platform/record/fold.js';
import { Readings } from '../../src/reading/readings.js';
import type { Principal } from '../../src/platform/record/principal.js';
import { Desk } from '../support/desk.js';
import { Matter, otherSecretariat, reason, ruRegistrar, RU, secretariat, US, words } from './matter.js';

let desk: Desk;
let matter: Matter;

beforeAll(async () => {
  desk = await Desk.open();
});
afterAll(() => desk.close());
beforeEach(async () => {
  matter = await Matter.open(desk, { joined: [RU, US] });
});

const correct = (who: Principal, target: string, right: object) =>
  matter.act(who, 'CorrectEvent', { target, ...right });
const state = async (who: Principal, text: object, beside: object = {}) => {
  await matter.act(who, 'StatePosition', { stance: 'seeks-action', text, ...beside });
  return matter.lastId();
};
const refused = (code: string, detail = /\.$/) => ({
  kind: { code },
  detail: expect.stringMatching(detail),
});
const asOf = async (effectiveAt: string) => {
  await desk.settled();
  const slice = desk.record.registry.get('irritants');
  return represent(new Readings(desk.record, { effectiveAt }).found(slice, matter.irritantId));
};

describe('A correction', () => {
  it('replaces the words as a whole, and every view says what they were, who corrected them and when', async () => {
    const target = await state(RU, { en: 'Urgnet.' });
    await correct(RU, target, { content: { text: { en: 'Urgent.' } } });
    const correction = (await matter.events()).at(-1);
    expect(await matter.present()).toMatchObject({
      positions: {
        RU: {
          text: { en: 'Urgent.' },
          corrected: [
            {
              eventId: correction?.id,
              recordedAt: correction?.recordedAt,
              by: 'RU',
              was: { text: { en: 'Urgnet.' } },
            },
          ],
        },
      },
    });
    expect((await matter.events()).find((one) => one.id === target)?.content).toEqual({
      text: { en: 'Urgnet.' },
    });
  });

  it('of when it happened changes what was true by then, and says what the date was', async () => {
    const target = await state(RU, { en: 'Urgent.' }, { occurred: '2025-04-10' });
    await correct(RU, target, { occurred: { edtf: '2025-02-27', zone: 'Europe/Istanbul' } });
    expect(await matter.present()).toMatchObject({
      positions: {
        RU: {
          occurred: { edtf: '2025-02-27', zone: 'Europe/Istanbul' },
          corrected: [{ by: 'RU', occurredWas: { edtf: '2025-04-10' } }],
        },
      },
    });
    expect(await asOf('2025-03-01')).toMatchObject({ positions: { RU: { stance: 'seeks-action' } } });
  });

  it('that is taken back leaves the words and the date as they were', async () => {
    const target = await state(RU, { en: 'Urgent.' }, { occurred: '2025-04-10' });
    await correct(RU, target, { occurred: '2025-07-01', content: { text: { en: 'Not urgent.' } } });
    await matter.act(RU, 'RetractEvent', { target: await matter.lastId(), reason });
    const { RU: position } = (await matter.present())['positions'] as { RU: object };
    expect(position).toMatchObject({ text: { en: 'Urgent.' }, occurred: { edtf: '2025-04-10' } });
    expect(position).not.toHaveProperty('corrected');
  });

  it('of the raising leaves the title accepted, unless it words the title otherwise', async () => {
    const [raised] = await matter.events();
    const right = (one: object) => correct(RU, raised?.id ?? '', one);
    const acceptedBy = async () => ((await matter.present())['titled'] as { acceptedBy: unknown }).acceptedBy;
    // The fields that read otherwise than in any wording before.
    const anew = async () => {
      const reading = (await matter.events()).at(-1)?.data['reading'] as { field: string; as?: string }[];
      return reading.filter((one) => one.as === undefined).map((one) => one.field);
    };
    await matter.act(US, 'AcceptTitle');
    await right({ occurred: '2025-01-01' });
    expect([await anew(), await acceptedBy()]).toEqual([[], ['US']]);
    await right({ content: { title: { en: 'Visas' }, statement: { en: 'Other.' } } });
    expect([await anew(), await acceptedBy()]).toEqual([['statement'], ['US']]);
    await right({ content: { title: { en: 'Visas owed' }, statement: { en: 'Other.' } } });
    expect([await anew(), await acceptedBy()]).toEqual([['title'], []]);
    // What counts is the title that was accepted, be it a corrected one.
    await matter.act(US, 'AcceptTitle');
    await right({ content: { title: { en: 'Visas owed' } } });
    expect([await anew(), await acceptedBy()]).toEqual([[], ['US']]);
    await right({ content: { title: { en: 'Visas' } } });
    expect([await anew(), await acceptedBy()]).toEqual([[], []]);
  });

  describe('that is found void', () => {
    const acceptedBy = async () => ((await matter.present())['titled'] as { acceptedBy: unknown }).acceptedBy;
    const retitled = async (title: string, beside: object = {}) => {
      const [raised] = await matter.events();
      await correct(RU, raised?.id ?? '', { content: { title: { en: title }, ...beside } });
      return matter.lastId();
    };
    const foundVoid = async (target: string) => {
      await matter.act(RU, 'RepudiateAct', { target });
      for (const who of [RU, US]) await matter.act(who, 'ConcludeActReview', { target, outcome: 'void' });
    };

    it('has changed nothing, and neither has a later one that gave the same words back', async () => {
      await matter.act(US, 'AcceptTitle');
      const away = await retitled('Visas owed');
      await retitled('Visas');
      expect(await acceptedBy()).toEqual([]);
      // One side does not bring the acceptance of the other back by taking its own correction back.
      await expect(matter.act(RU, 'RetractEvent', { target: away, reason })).rejects.toMatchObject(
        refused('RELIED_UPON'),
      );
      await foundVoid(away);
      expect(await acceptedBy()).toEqual(['US']);
    });

    it('takes along the acceptance of the title that it gave: nobody has accepted the earlier one', async () => {
      const other = await retitled('Visas owed');
      await matter.act(US, 'AcceptTitle');
      expect(await acceptedBy()).toEqual(['US']);
      await foundVoid(other);
      expect(await matter.present()).toMatchObject({ title: { en: 'Visas' }, titled: { acceptedBy: [] } });
    });

    it('leaves a later one with the same new words as the one that changed them', async () => {
      const first = await retitled('Visas owed');
      await retitled('Visas owed', { statement: words });
      await foundVoid(first);
      await matter.act(US, 'AcceptTitle');
      expect(await matter.present()).toMatchObject({
        title: { en: 'Visas owed' },
        titled: { acceptedBy: ['US'] },
      });
    });
  });

  it('moves no date past what relies on it: no answer comes before its question', async () => {
    const id = await matter.begin(RU, 'exchanges.OpenExchange');
    const note = { form: 'note-verbale', from: 'RU', to: 'US', textHeld: false, occurred: '2025-04-10' };
    const { notes } = await desk.do(RU, 'exchanges.PresentNote', id, note);
    const target = await matter.lastId(`exchange-${id}`);
    const path = { noteId: (notes as { noteId: string }[])[0]?.noteId };
    await desk.do(US, 'exchanges.ReceiveNote', id, { occurred: '2025-04-12' }, path);
    const move = (occurred: string) => desk.do(RU, 'exchanges.CorrectEvent', id, { target, occurred });
    await expect(move('2025-05-01')).rejects.toMatchObject(
      refused('RELIED_UPON', /NoteReceived .* 2025-04-12/),
    );
    const moved = await move('2025-04-11');
    expect(moved).toMatchObject({ notes: [{ occurred: { edtf: '2025-04-11' } }] });
  });

  it('of when terms were accepted takes along the stage that follows from it', async () => {
    const { resolutions } = await matter.act(RU, 'ProposeResolution', {
      terms: words,
      occurred: '2025-04-10',
    });
    const [{ resolutionId, termsHash }] = resolutions as [{ resolutionId: string; termsHash: string }];
    await matter.act(US, 'AcceptResolution', { resolutionId, termsHash, occurred: '2025-05-01' });
    expect(await asOf('2025-06-01')).toMatchObject({ stage: 'resolved' });
    await correct(US, await matter.idOf('ResolutionAccepted'), { occurred: '2025-07-01' });
    expect(await asOf('2025-06-01')).toMatchObject({ stage: 'raised' });
    expect(await asOf('2025-07-02')).toMatchObject({ stage: 'resolved' });
    expect(await matter.present()).toMatchObject({ stage: 'resolved', overlays: [] });
  });

  it('of when a round was held leaves the dates of the consultations that followed elsewhere', async () => {
    const round = await matter.begin(RU, 'rounds.ScheduleRound');
    const { irritantId } = matter;
    await desk.do(RU, 'rounds.DiscussAgendaItem', round, { irritantId, occurred: '2025-05-01' });
    await desk.do(RU, 'rounds.ConfirmRoundHeld', round, { occurred: '2025-05-01' });
    await desk.do(US, 'rounds.ConfirmRoundHeld', round, { occurred: '2025-05-01' });
    const consulting = { stage: 'under-consultation' };
    expect(await asOf('2025-05-02')).toMatchObject(consulting);
    const target = await matter.lastId(`round-${round}`);
    await desk.do(US, 'rounds.CorrectEvent', round, { target, occurred: '2025-07-01' });
    expect(await asOf('2025-05-02')).toMatchObject({ ...consulting, overlays: [] });
  });
});

describe('A correction is refused', () => {
  it('where the words have not the shape that the words of that act have', async () => {
    const target = await state(RU, { en: 'Urgent.' });
    const correction = correct(RU, target, { content: { wording: { en: 'x' } } });
    await expect(correction).rejects.toMatchObject({
      kind: { code: 'VALIDATION_FAILED' },
      errors: expect.arrayContaining([
        expect.objectContaining({ pointer: '/content/wording' }),
        expect.objectContaining({ pointer: '/content/text' }),
      ]),
    });
  });

  it('where nothing is corrected', async () => {
    const target = await state(RU, { en: 'Urgent.' });
    await expect(correct(RU, target, {})).rejects.toMatchObject(refused('NOTHING_CORRECTED'));
  });

  it.each([
    ['words', { content: { text: { en: 'Not agreed.' } } }],
    ['date', { occurred: '2025-01-01' }],
  ])('of the %s of what the other side may have agreed to as it was', async (_, right) => {
    await matter.claim(RU);
    await expect(correct(RU, await matter.lastId(), right)).rejects.toMatchObject(refused('CONTENT_SEALED'));
  });

  it('to the other side, of consequences, of what was taken back, and of what is not there', async () => {
    await matter.act(US, 'SuspendIrritant');
    const suspended = await matter.lastId();
    const dated = { occurred: '2025-01' };
    await expect(correct(RU, suspended, dated)).rejects.toMatchObject(refused('NOT_THE_RECORDER'));
    await matter.act(US, 'RetractEvent', { target: suspended, reason });
    await expect(correct(US, suspended, dated)).rejects.toMatchObject(refused('TARGET_RETRACTED'));
    await expect(correct(US, await matter.lastId(), dated)).rejects.toMatchObject(
      refused('TARGET_NOT_AMENDABLE'),
    );
    const claimId = await matter.claim(RU);
    await matter.act(US, 'ConfirmUnderstanding', { mode: 'same-text' }, { claimId });
    const derived = await matter.idOf('RoadmapAgreedInPrinciple');
    await expect(correct(US, derived, dated)).rejects.toMatchObject(refused('TARGET_NOT_AMENDABLE'));
    await expect(correct(US, matter.dialogueId, dated)).rejects.toMatchObject(refused('TARGET_UNKNOWN'));
  });
});

describe('Corrected is', () => {
  const right = { content: { text: { en: 'Corrected.' } } };
  const corrected = (by: string | null) => ({ text: { en: 'Corrected.' }, corrected: [{ by }] });

  it('what a party said itself by anybody of that party, in the role that the act needs', async () => {
    await correct(ruRegistrar, await state(RU, words), right);
    expect(await matter.present()).toMatchObject({ positions: { RU: corrected('RU') } });
    await matter.act(RU, 'SuspendIrritant', { reason: words });
    const suspended = await matter.lastId();
    const other = { content: { reason: { en: 'Corrected.' } } };
    await expect(correct(ruRegistrar, suspended, other)).rejects.toMatchObject(
      refused('ROLE_OF_THE_ACT', /negotiator/),
    );
    await correct(RU, suspended, other);
  });

  it('what was recorded in the name of a party by a secretariat, until that party has joined; then by the party', async () => {
    matter = await Matter.open(desk);
    const target = await state(secretariat, words, matter.inTheNameOf('US'));
    await correct(otherSecretariat, target, right);
    expect(await matter.present()).toMatchObject({ positions: { US: corrected(null) } });
    await matter.join(US);
    await expect(correct(secretariat, target, right)).rejects.toMatchObject(refused('NOT_THE_RECORDER'));
    await correct(US, target, { content: { text: { en: 'As we said it.' } } });
    expect(await matter.present()).toMatchObject({ positions: { US: { text: { en: 'As we said it.' } } } });
  });

  it('what a party has endorsed by that party alone, which must have joined to do so', async () => {
    matter = await Matter.open(desk);
    const target = await state(secretariat, words, matter.inTheNameOf('US'));
    await matter.act(US, 'EndorseAttribution', { target });
    await expect(correct(secretariat, target, right)).rejects.toMatchObject(refused('NOT_THE_RECORDER'));
    await expect(correct(US, target, right)).rejects.toMatchObject(refused('NOT_JOINED'));
    await matter.join(US);
    await correct(US, target, right);
    expect(await matter.present()).toMatchObject({ positions: { US: corrected('US') } });
  });
});
