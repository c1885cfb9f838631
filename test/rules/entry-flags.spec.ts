import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { commandFor } from '../../src/platform/record/slice.js';
import { slices } from '../../src/slices.js';
import type { EntryFlag } from '../../src/reading/entry-flags.js';
import { inYourNamePage } from '../../src/reading/in-your-name.js';
import { Readings } from '../../src/reading/readings.js';
import type { Query } from '../../src/platform/http/query.js';
import { Desk } from '../support/desk.js';
import { Matter, RU, secretariat, US, wording, words } from './matter.js';

let desk: Desk;
let matter: Matter;

beforeAll(async () => {
  desk = await Desk.open();
});
afterAll(() => desk.close());
beforeEach(async () => {
  matter = await Matter.open(desk, { joined: [RU] });
});

async function sourceOfUS(date?: string): Promise<string> {
  const cited = { lang: 'en', held: false, title: 'Statement', citation: 'Statement' };
  const dated = date === undefined ? {} : { date };
  return matter.begin(secretariat, 'sources.RegisterSource', {
    ...{ kind: 'statement', issuers: ['US'], ...cited, ...dated },
  });
}

let said = 0;
/** A position of US as a secretariat records it, each in words of its own. */
async function position(sourceId: string, occurred?: string): Promise<string> {
  said += 1;
  await matter.act(secretariat, 'StatePosition', {
    ...{ party: 'US', stance: 'contests', text: { en: `Said as number ${said}.` }, wording },
    sources: [{ sourceId }],
    ...(occurred === undefined ? {} : { occurred }),
  });
  return matter.lastId();
}

async function flagsOf(eventId: string, query: Query = {}): Promise<readonly EntryFlag[]> {
  await desk.settled();
  const slice = desk.record.registry.get('irritants');
  const views = Readings.of(desk.record, query, slice, matter.irritantId)
    .history(slice, matter.irritantId)
    .views();
  return views.find(({ event }) => event.envelope.id === eventId)?.flags ?? [];
}

async function inTheNameOfUS(query: Query = {}) {
  await desk.settled();
  return inYourNamePage(desk.record, matter.dialogueId, { party: 'US', ...query }).items;
}

const correct = async (target: string, occurred: string) =>
  matter.act(secretariat, 'CorrectEvent', { target, occurred });

describe('Evidence cited for what a party is said to have said', () => {
  const older = (sourceId: string) => [{ what: 'evidence-older-than-act', sourceId }];

  it('can’t tell of what came after it: that is a flag on the entry, there and where the party looks, and no refusal', async () => {
    const sourceId = await sourceOfUS('2020');
    const act = await position(sourceId, '2025-04-01');
    expect(await flagsOf(act)).toEqual(older(sourceId));
    expect(await inTheNameOfUS()).toMatchObject([{ state: 'open', flags: older(sourceId) }]);
    expect(await matter.present()).toMatchObject({ positions: { US: { stance: 'contests' } }, flags: [] });
  });

  it('is no matter of dates where nobody claims one', async () => {
    expect(await flagsOf(await position(await sourceOfUS(), '2025-04-01'))).toEqual([]);
    expect(await flagsOf(await position(await sourceOfUS('2020')))).toEqual([]);
  });

  it('is judged by the date as it was corrected by the moment that is asked for', async () => {
    const sourceId = await sourceOfUS('2024-06-01');
    const act = await position(sourceId, '2024-05-30');
    const before = `r${(await matter.events()).length - 1}`;
    await correct(act, '2024-06-20');
    expect(await flagsOf(act)).toEqual(older(sourceId));
    expect(await flagsOf(act, { knownAt: before })).toEqual([]);
    expect(await inTheNameOfUS()).toMatchObject([{ flags: older(sourceId) }]);
    await correct(act, '2024-06-01');
    expect(await flagsOf(act)).toEqual([]);
    expect(await inTheNameOfUS()).toEqual([expect.not.objectContaining({ flags: expect.anything() })]);
  });

  it('flags no word of a party itself, which may cite whatever came before', async () => {
    const sourceId = await sourceOfUS('1963-04-24');
    await matter.act(RU, 'StatePosition', {
      ...{ stance: 'seeks-action', text: words, sources: [{ sourceId }], occurred: '2025-04-01' },
    });
    expect(await flagsOf(await matter.lastId())).toEqual([]);
  });
});

describe('An answer', () => {
  const before = (eventId: string) => [{ what: 'answer-before-question', eventId }];

  it('dated before what it answers is flagged, whoever recorded it', async () => {
    const claimId = await matter.claim(RU, 'factual', { occurred: '2025-05-10' });
    const claim = await matter.lastId();
    const denial = { text: words, occurred: '2025-04-01', ...matter.inTheNameOf('US') };
    await matter.act(secretariat, 'DenyUnderstanding', denial, { claimId });
    expect(await flagsOf(await matter.lastId())).toEqual(before(claim));
    expect(await flagsOf(claim)).toEqual([]);
    await matter.join(US);
    await matter.act(US, 'ProposeResolution', { terms: words, occurred: '2025-05-10' });
    const proposal = await matter.lastId();
    const { resolutions } = await matter.present();
    const [{ resolutionId }] = resolutions as [{ resolutionId: string }];
    await matter.act(RU, 'RejectResolution', { resolutionId, occurred: '2025-05-09' });
    expect(await flagsOf(await matter.lastId())).toEqual(before(proposal));
  });

  it('to the raising, which no contest names, is flagged as well', async () => {
    const [raising] = await matter.events();
    await correctOwn(raising?.id ?? '', '2025-05-10');
    await matter.act(secretariat, 'ContestIrritant', { occurred: '2025-04-01', ...matter.inTheNameOf('US') });
    expect(await flagsOf(await matter.lastId())).toEqual(before(raising?.id ?? ''));
  });

  it('is not flagged where it may have been given after the question, nor is what answers nothing', async () => {
    const claimId = await matter.claim(RU, 'factual', { occurred: '2025-05-10' });
    const denial = { text: words, occurred: '2025-05', ...matter.inTheNameOf('US') };
    await matter.act(secretariat, 'DenyUnderstanding', denial, { claimId });
    expect(await flagsOf(await matter.lastId())).toEqual([]);
    await matter.act(RU, 'WithdrawUnderstandingClaim', { occurred: '2025-05-01' }, { claimId });
    expect(await flagsOf(await matter.lastId())).toEqual([]);
  });

  async function correctOwn(target: string, occurred: string): Promise<void> {
    const { content = {} } = (await matter.events()).find(({ id }) => id === target) ?? {};
    expect(content).not.toEqual({});
    await matter.act(RU, 'CorrectEvent', { target, occurred });
  }
});

describe('A source that a party has said is not its own', () => {
  const disowned = (sourceId: string) => [{ what: 'evidence-disowned', sourceId }];

  it('marks what was recorded on it before, and that is listed, and stays', async () => {
    const [one, other] = [await sourceOfUS(), await sourceOfUS()];
    const [first, second, apart] = [await position(one), await position(one), await position(other)];
    expect(await flagsOf(second)).toEqual([]);
    const known = `r${(await matter.events()).length - 1}`;
    await matter.act(US, 'DisavowAttribution', { target: first, ground: 'not-our-source', sourceId: one });
    expect([await flagsOf(first), await flagsOf(second), await flagsOf(apart)]).toEqual([
      disowned(one),
      disowned(one),
      [],
    ]);
    expect(await flagsOf(second, { knownAt: known })).toEqual([]);
    const listed = await inTheNameOfUS({ source: one });
    expect(listed.map(({ state, event, flags }) => [state, event.envelope.id, flags])).toEqual([
      ['disavowed', first, disowned(one)],
      ['open', second, disowned(one)],
    ]);
    expect(await inTheNameOfUS({ source: one, state: 'open' })).toHaveLength(1);
    expect(await inTheNameOfUS({ source: one, party: 'RU' })).toEqual([]);
    expect(await matter.present()).toMatchObject({ positions: { US: { eventId: apart } } });
  });

  it('is the other side’s affair: what stands in the name of that is not marked', async () => {
    const cited = { lang: 'en', held: false, title: 'Joint', citation: 'Joint' };
    const joint = { kind: 'joint-text', issuers: ['RU', 'US'], ...cited };
    matter = await Matter.open(desk);
    const sourceId = await matter.begin(secretariat, 'sources.RegisterSource', joint);
    const act = await position(sourceId);
    const claim = { kind: 'factual', text: words, party: 'RU', wording, sources: [{ sourceId }] };
    await matter.act(secretariat, 'ClaimUnderstanding', claim);
    const ofRU = await matter.lastId();
    await matter.act(US, 'DisavowAttribution', { target: act, ground: 'not-our-source', sourceId });
    expect([await flagsOf(act), await flagsOf(ofRU)]).toEqual([disowned(sourceId), []]);
  });
});

describe('Of any two dates', () => {
  const pad = (value: number, width = 2) => String(value).padStart(width, '0');
  const day = fc
    .tuple(
      fc.integer({ min: 2018, max: 2020 }),
      fc.integer({ min: 1, max: 12 }),
      fc.integer({ min: 1, max: 28 }),
    )
    .map(([year, month, date]) => [year, month, date] as const);
  /** A date, and the first and last day that it can mean, as they are written; ~ comes after every digit. */
  const dates = fc.tuple(day, fc.nat(5)).map(([[year, month, date], form]) => {
    const [y, m, d] = [pad(year, 4), pad(month), pad(date)];
    const whole = `${y}-${m}-${d}`;
    const forms = [
      { edtf: whole, from: whole, until: whole },
      { edtf: `${y}-${m}`, from: `${y}-${m}-01`, until: `${y}-${m}-31` },
      { edtf: y, from: `${y}-01-01`, until: `${y}-12-31` },
      { edtf: `../${whole}`, from: '', until: whole },
      { edtf: `${whole}/..`, from: whole, until: '~' },
      // Approximate: nothing is certain.
      { edtf: `${whole}~`, from: '', until: '~' },
    ];
    return forms[form] ?? { edtf: whole, from: whole, until: whole };
  });

  it('the flag is there exactly if the last day of the source is before the first of the act', async () => {
    await fc.assert(
      fc.asyncProperty(dates, dates, async (source, act) => {
        const sourceId = await sourceOfUS(source.edtf);
        const flags = await flagsOf(await position(sourceId, act.edtf));
        expect([source.edtf, act.edtf, flags.length > 0]).toEqual([
          source.edtf,
          act.edtf,
          source.until < act.from,
        ]);
      }),
      { numRuns: 40 },
    );
  });
});

describe('What is an answer', () => {
  interface Line {
    readonly event?: {
      readonly id: string;
      readonly type: string;
      readonly meta: {
        readonly act: { readonly party: string | null };
        readonly restsOn?: readonly string[];
        readonly ends?: readonly string[];
      };
    };
  }
  const kept = (slice: string) =>
    readFileSync(`src/${slice}/golden.ndjson`, 'utf8')
      .split('\n')
      .filter((line) => line !== '')
      .flatMap((line) => (JSON.parse(line) as Line).event ?? (JSON.parse(line) as NonNullable<Line['event']>))
      .filter(({ type }) => type !== undefined);
  const declaredIn = ({ commands }: (typeof slices)[number], type: string) => {
    const declared = commandFor({ commands }, type);
    return [...(declared?.answers ?? []), ...(declared?.takesUp ?? [])];
  };

  it.each(slices.map((one) => [one.name, one] as const))(
    'says so: whatever of the other side an act needs and ends is its question, in %s',
    (name, slice) => {
      const events = kept(name);
      const byId = new Map(events.map((one) => [one.id, one]));
      for (const { type, meta } of events) {
        const both = (meta.restsOn ?? []).filter((id) => meta.ends?.includes(id));
        const asked = both.flatMap((id) => byId.get(id) ?? []);
        const ofOthers = asked.filter(
          ({ meta: { act } }) => act.party !== null && act.party !== meta.act.party,
        );
        if (meta.act.party === null) continue;
        expect([type, ...declaredIn(slice, type)]).toEqual(
          expect.arrayContaining(ofOthers.map((one) => one.type)),
        );
      }
    },
  );

  it('answers only what the same entry can hold', () => {
    for (const slice of slices)
      for (const { event } of Object.values(slice.commands))
        expect(Object.keys(slice.schemas)).toEqual(expect.arrayContaining(declaredIn(slice, event)));
  });
});
