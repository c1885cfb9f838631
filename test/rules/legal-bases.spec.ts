import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { Desk } from '../support/desk.js';
import { Matter, otherSecretariat, reason, RU, secretariat, tried, US, words } from './matter.js';

let desk: Desk;
let matter: Matter;

beforeAll(async () => {
  desk = await Desk.open();
});
afterAll(() => desk.close());
beforeEach(async () => {
  matter = await Matter.open(desk, { joined: [RU, US] });
});

interface Given {
  readonly rules: readonly string[] | null;
  readonly eventId: string;
}
const given = async (of = matter) =>
  (await of.present())['legalBasis'] as { readonly RU?: Given; readonly US?: Given };
const rules = async (of = matter) =>
  Object.fromEntries(
    Object.entries(await given(of)).map(([party, one]: [string, Given]) => [party, one.rules]),
  );
const contests = (who: typeof RU | typeof US, legalBasis: readonly string[], of = matter) =>
  of.act(who, 'StatePosition', { stance: 'contests', text: words, legalBasis });

describe('The legal basis of a party', () => {
  it('is its own: what each side invokes stands beside what the other does, with who said it', async () => {
    expect(await rules()).toEqual({});
    await contests(RU, ['VCDR art. 22', 'VCDR art. 45']);
    const own = await matter.lastId();
    await matter.act(US, 'ContestIrritant', { legalBasis: ['VCDR art. 1(i)'] });
    expect(await given()).toMatchObject({
      RU: { rules: ['VCDR art. 22', 'VCDR art. 45'], eventId: own, party: 'RU', capacity: 'direct' },
      US: { rules: ['VCDR art. 1(i)'], party: 'US' },
    });
  });

  it.each([
    ['co-raising', 'CoRaiseIrritant', {}],
    ['acknowledging', 'AcknowledgeIrritant', {}],
    ['contesting', 'ContestIrritant', {}],
    ['stating a position', 'StatePosition', { stance: 'contests', text: words }],
  ])('is given when %s', async (_, command, body) => {
    await matter.act(US, command, { ...body, legalBasis: ['VCDR art. 45'] });
    expect(await rules()).toEqual({ US: ['VCDR art. 45'] });
  });

  it('is given when raising by the raiser alone: where nobody says who raised it, nobody invokes anything', async () => {
    const raising = {
      dialogueId: matter.dialogueId,
      respondents: ['US'],
      category: 'visas',
      title: words,
      legalBasis: ['VCDR art. 22'],
    };
    const stated = { ...raising, raisers: ['RU'], raisedBasis: 'stated' };
    const { legalBasis } = await desk.do(RU, 'irritants.RaiseIrritant', null, stated);
    expect(legalBasis).toMatchObject({ RU: { rules: ['VCDR art. 22'] } });
    const other = await Matter.open(desk);
    const nobodys = { ...raising, dialogueId: other.dialogueId, raisers: [], raisedBasis: 'first-recorded' };
    const sources = [{ sourceId: other.statements.RU }];
    const raise = () => desk.do(secretariat, 'irritants.RaiseIrritant', null, { ...nobodys, sources });
    await expect(tried(raise)).resolves.toBe('RAISER_NOT_ACTING');
  });

  it('is the one that it gave last; a word without one leaves it as it is', async () => {
    await contests(US, ['VCDR art. 22']);
    await contests(US, ['VCCR art. 36']);
    await matter.act(US, 'StatePosition', { stance: 'acknowledges', text: words });
    expect(await rules()).toEqual({ US: ['VCCR art. 36'] });
  });

  it('makes way for its own where it is attributed, and is not displaced by what others record once it has endorsed it', async () => {
    const open = await Matter.open(desk, { joined: [RU] });
    const attribute = (...legalBasis: readonly string[]) =>
      open.act(secretariat, 'StatePosition', {
        stance: 'contests',
        text: words,
        legalBasis,
        ...open.inTheNameOf('US'),
      });
    await attribute('VCDR art. 9');
    await attribute('VCDR art. 41');
    expect(await given(open)).toMatchObject({ US: { rules: ['VCDR art. 41'], capacity: 'attributed' } });
    await open.act(US, 'EndorseAttribution', { target: await open.lastId() });
    await attribute('VCDR art. 11');
    expect(await given(open)).toMatchObject({ US: { rules: ['VCDR art. 41'], capacity: 'direct' } });
    await open.join(US);
    await contests(US, ['VCDR art. 45'], open);
    expect(await given(open)).toMatchObject({ US: { rules: ['VCDR art. 45'], capacity: 'direct' } });
  });

  it('falls with the word that gave it, and the one before it is back', async () => {
    await contests(US, ['VCDR art. 22']);
    await contests(US, ['VCCR art. 36']);
    await matter.act(US, 'RetractEvent', { target: await matter.lastId(), reason });
    expect(await rules()).toEqual({ US: ['VCDR art. 22'] });
  });

  it('does not come back by a retraction once the other side has spoken', async () => {
    await matter.act(US, 'ContestIrritant', { legalBasis: ['VCDR art. 22'] });
    await contests(US, ['VCCR art. 36']);
    const target = await matter.lastId();
    await matter.act(RU, 'StatePosition', { stance: 'seeks-action', text: words });
    await expect(tried(() => matter.act(US, 'RetractEvent', { target, reason }))).resolves.toBe(
      'RELIED_UPON',
    );
  });

  it('is corrected like other words: to other rules, to some where there were none, and to none', async () => {
    await contests(US, ['VCDR art. 22']);
    await matter.act(US, 'ContestIrritant', { statement: words });
    const target = await matter.lastId();
    const correct = (content: object) => matter.act(US, 'CorrectEvent', { target, content });
    await correct({ statement: words, legalBasis: ['VCDR art. 54'] });
    expect(await rules()).toEqual({ US: ['VCDR art. 54'] });
    await correct({ statement: words, legalBasis: ['VCDR art. 45'] });
    expect(await given()).toMatchObject({
      US: { rules: ['VCDR art. 45'], corrected: [{}, { was: { legalBasis: ['VCDR art. 54'] } }] },
    });
    await correct({ statement: words });
    expect(await rules()).toEqual({ US: ['VCDR art. 22'] });
  });

  it('is gone once its words are erased, and no earlier one is shown in its place', async () => {
    await contests(US, ['VCDR art. 22']);
    await matter.act(US, 'StatePosition', { stance: 'contests', text: words, legalBasis: ['A name.'] });
    const target = await matter.lastId();
    for (const who of [RU, US])
      await matter.act(who, 'RequestErasure', { target, basis: 'personal-data', reason });
    expect(await given()).toMatchObject({ US: { rules: null, eventId: target } });
  });

  it('is doubted by its recorder where it is attributed', async () => {
    const open = await Matter.open(desk, { joined: [RU] });
    await open.act(otherSecretariat, 'ContestIrritant', {
      legalBasis: ['VCDR art. 9'],
      ...open.inTheNameOf('US'),
    });
    await open.act(otherSecretariat, 'DoubtAttribution', { target: await open.lastId(), reason });
    expect(await given(open)).toMatchObject({ US: { doubted: { by: null } } });
  });
});
