import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { directly } from '#libs/decider/testing';
import fc from 'fast-check';
import { isOut, standingsIn } from '../../src/platform/record/dropping.js';
import type { Stored } from '../../src/platform/record/envelope.js';
import { fold, represent } from '../../src/platform/record/fold.js';
import type { Principal } from '../../src/platform/record/principal.js';
import { commandFor } from '../../src/platform/record/slice.js';
import { slices } from '../../src/slices.js';
import { eventsOf, keptStreams } from '../golden/kept.js';
import { Desk } from '../support/desk.js';
import { Matter, otherSecretariat, reason, RU, secretariat, tried, US, words } from './matter.js';

let desk: Desk;
let matter: Matter;
/** What the secretariat recorded in the name of US. */
let target: string;

beforeAll(async () => {
  desk = await Desk.open();
});
afterAll(() => desk.close());
beforeEach(async () => {
  matter = await Matter.open(desk, { joined: [RU] });
  await matter.act(secretariat, 'StatePosition', {
    stance: 'contests',
    text: words,
    ...matter.inTheNameOf('US'),
  });
  target = await matter.lastId();
});

const doubt = (who: Principal = secretariat, why: object = reason) =>
  matter.act(who, 'DoubtAttribution', { target, reason: why });
const retract = (of: string) => matter.act(secretariat, 'RetractEvent', { target: of, reason });
const ofUs = async () => ((await matter.present())['positions'] as { US?: object }).US;
const marked = { stance: 'contests', doubted: { by: null } };

describe('Whoever recorded a word in the name of a party', () => {
  it('can no longer take it back once the party has endorsed it, and says instead that it is in doubt', async () => {
    await matter.act(US, 'EndorseAttribution', { target });
    await expect(tried(() => retract(target))).resolves.toBe('RELIED_UPON');
    const before = await matter.present();
    await doubt();
    expect(await matter.present()).toMatchObject({
      stage: before['stage'],
      milestones: before['milestones'],
      awaiting: before['awaiting'],
    });
    expect(await ofUs()).toMatchObject({
      ...marked,
      capacity: 'direct',
      doubted: { eventId: await matter.lastId() },
    });
  });

  it('doubts it also after the party has joined, when nobody speaks for that party any more', async () => {
    await matter.join(US);
    await doubt();
    expect(await ofUs()).toMatchObject(marked);
  });

  it('is alone in that: neither the party itself, nor the other side, nor another secretariat doubts it', async () => {
    await matter.join(US);
    for (const who of [US, RU, otherSecretariat])
      await expect(tried(() => doubt(who))).resolves.toBe('NOT_THE_RECORDER');
    await doubt();
    await expect(tried(() => doubt(otherSecretariat))).resolves.toBe('NOT_THE_RECORDER');
    expect((await matter.types()).filter((one) => one === 'AttributionDoubted')).toHaveLength(1);
  });

  it('says so once: the same again changes nothing, and other reasons are named as said already', async () => {
    await doubt();
    const { revision } = await matter.present();
    await doubt();
    await expect(tried(() => doubt(secretariat, { en: 'Another.' }))).resolves.toBe('ALREADY_SAID');
    expect(await matter.present()).toMatchObject({ revision });
  });

  it('takes the doubt back, and may doubt it anew', async () => {
    await doubt();
    await retract(await matter.lastId());
    expect(await ofUs()).not.toHaveProperty('doubted');
    await doubt();
    expect(await ofUs()).toMatchObject(marked);
  });

  it('has nothing to doubt in its own words, nor in what no longer counts', async () => {
    await matter.act(RU, 'StatePosition', { stance: 'seeks-action', text: words });
    const own = await matter.lastId();
    await expect(tried(() => matter.act(RU, 'DoubtAttribution', { target: own, reason }))).resolves.toBe(
      'NOT_AN_ATTRIBUTION',
    );
    await matter.act(US, 'DisavowAttribution', { target, ground: 'not-what-we-said' });
    await expect(tried(() => doubt())).resolves.toBe('TARGET_RETRACTED');
  });
});

describe('A word that is in doubt', () => {
  it('is endorsed, disavowed or taken back as any other, and out of the record no doubt is shown on it', async () => {
    await doubt();
    await matter.act(US, 'DisavowAttribution', { target, ground: 'not-what-we-said' });
    expect(await ofUs()).toBeUndefined();
    const { doubted } = standingsIn(await matter.events());
    expect([...doubted.keys()]).toEqual([]);
  });

  it('may be taken back by its recorder where nobody relies on it: the doubt is no reliance', async () => {
    await doubt();
    await retract(target);
    expect(await ofUs()).toBeUndefined();
  });

  it('makes way for the party’s own word, on which no doubt is shown', async () => {
    await doubt();
    await matter.join(US);
    await matter.act(US, 'StatePosition', { stance: 'acknowledges', text: words });
    expect(await ofUs()).not.toHaveProperty('doubted');
  });

  it('is the raising of a matter, too: its raiser stays', async () => {
    const [raised] = await matter.events();
    const other = await Matter.open(desk);
    const first = (await other.events())[0];
    await expect(
      tried(() => matter.act(secretariat, 'DoubtAttribution', { target: raised?.id, reason })),
    ).resolves.toBe('NOT_AN_ATTRIBUTION');
    await other.act(secretariat, 'DoubtAttribution', { target: first?.id, reason });
    expect(await other.present()).toMatchObject({ raisers: ['RU'], raised: { doubted: { by: null } } });
  });
});

const streams = slices.flatMap((slice) =>
  keptStreams(slice).map(({ lines }) => ({ slice, events: eventsOf(lines) })),
);
type View = { readonly [member: string]: unknown };

const shown = (folded: ReturnType<typeof fold>) =>
  JSON.parse(JSON.stringify(folded === undefined ? null : represent(folded))) as View;

/** The value without marks of doubt, and where each of them stood: on which event, and by which. */
function unmarked(value: unknown, marks: unknown[] = []): unknown {
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map((one) => unmarked(one, marks));
  const { doubted, ...rest } = value as View;
  if (doubted !== undefined) marks.push([rest['eventId'], (doubted as View)['eventId']]);
  return Object.fromEntries(Object.entries(rest).map(([name, one]) => [name, unmarked(one, marks)]));
}

/** Whoever recorded the word says it: for a secretariat that is no party. */
const byRecorder = ({ recordedBy, recorderParty }: Stored['act']): Stored['act'] => ({
  ...{ party: recorderParty, capacity: 'direct', recordedBy, recorderParty },
});
/** The party in whose name it stands says it. */
const byParty = ({ party }: Stored['act']): Stored['act'] => directly(String(party));

/** Of every kept stream, at any place: a word there is doubted, in an event of this type. */
function aDoubtIsAMark(type: string, by = byRecorder) {
  return fc.property(fc.nat(), fc.nat(), fc.nat(), (stream, place, pick) => {
    const { slice, events } = streams[stream % streams.length]!;
    const prefix = events.slice(0, 1 + (place % events.length));
    const standings = standingsIn(prefix);
    const words = prefix.filter(
      ({ id, type: of, act }) =>
        act.capacity === 'attributed' && commandFor(slice, of) !== undefined && !isOut(standings, id),
    );
    const doubted = words[pick % Math.max(words.length, 1)];
    const last = prefix.at(-1);
    fc.pre(
      doubted !== undefined && last !== undefined && !prefix.some((one) => one.unreadable !== undefined),
    );
    const { restsOn: _, ends: _ends, ...envelope } = last;
    const doubting: Stored = {
      ...envelope,
      id: 'the-doubt',
      type,
      revision: last.revision + 1,
      act: by(doubted.act),
      data: { target: doubted.id },
      content: { reason },
    };
    const [before, after] = [prefix, [...prefix, doubting]].map((all) => fold(slice, all));
    expect(after?.state).toEqual(before?.state);
    const marks: unknown[] = [];
    const { revision: _r, updatedAt: _u, ...is } = unmarked(shown(after), marks) as View;
    const { revision: _was, updatedAt: _at, ...was } = unmarked(shown(before)) as View;
    expect(is).toEqual(was);
    for (const [on, mark] of marks as [string, string][])
      if (mark === 'the-doubt') expect(on).toBe(doubted.id);
  });
}

describe('A doubt', () => {
  it('changes nothing of any entry of any kind but the mark', () => {
    fc.assert(aDoubtIsAMark('AttributionDoubted'), { numRuns: 150 });
  });

  it.each([
    ['AttributionEndorsed', byParty],
    ['AttributionDisavowed', byParty],
    ['EventRetracted', byRecorder],
  ])('that had the effect of an %s would be found', (type, by) => {
    expect(fc.check(aDoubtIsAMark(type, by), { numRuns: 150 }).failed).toBe(true);
  });
});
