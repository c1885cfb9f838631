import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { inYourNamePage } from '../../src/reading/in-your-name.js';
import { Readings } from '../../src/reading/readings.js';
import { Desk, principals } from '../support/desk.js';
import { momentOfNow } from '../support/moment.js';
import { explaining } from '../support/plans.js';

const { RU, secretariat } = principals;
let desk: Desk;
let dialogue: string;

beforeAll(async () => {
  desk = await Desk.open();
  const opened = { parties: ['RU', 'US'], keyPrefix: 'PLAN', name: { en: 'Plans' } };
  dialogue = (await desk.do(RU, 'dialogues.OpenDialogue', null, opened)).id;
  for (const title of ['One', 'Two', 'Three']) {
    await desk.do(RU, 'irritants.RaiseIrritant', null, {
      dialogueId: dialogue,
      raisers: ['RU'],
      respondents: ['US'],
      raisedBasis: 'stated',
      category: 'visas',
      title: { en: title },
    });
  }
  await desk.settled();
});
afterAll(() => desk.close());

const sorts = ['updatedAt', '-updatedAt', 'createdAt', '-createdAt'];
const narrowings = [{}, { dialogue: 'this' }, { updatedSince: '2020-01-01T00:00:00Z' }];
const asked = sorts.flatMap((sort) => narrowings.map((one) => ({ sort, ...one })));

/** Of two pages: each finds its entries in the order of an index, and then reads those that it shows. */
function expectOffAnIndex(plans: readonly string[], isOfDialogue: boolean): void {
  const [finding, reading] = [0, 1].map((place) => plans.filter((_, at) => at % 2 === place));
  expect(finding).toHaveLength(2);
  for (const plan of finding ?? []) {
    expect(plan).toMatch(/USING (COVERING )?(INDEX|INTEGER PRIMARY KEY)/);
    expect(plan).not.toMatch('TEMP B-TREE');
    if (isOfDialogue) expect(plan).toMatch('(dialogue=?');
  }
  expect(reading).toHaveLength(2);
  for (const plan of reading ?? []) expect(plan).toMatch(/SEARCH entry USING PRIMARY KEY \(id=\?\)$/);
}

describe('A page of a list', () => {
  it.each(asked)('is read off an index, however long the list is: %j', async (query) => {
    const { record, plans } = explaining(desk.record);
    const irritants = record.registry.get('irritants');
    const narrowed = { ...query, ...('dialogue' in query ? { dialogue } : {}), limit: '2' };
    const { items, next } = await Readings.over(record, narrowed, 'all').list(irritants);
    expect(items).toHaveLength(2);
    const following = { ...narrowed, cursor: String(next) };
    const rest = await Readings.over(record, following, 'all').list(irritants);
    expect(rest.items).toHaveLength(1);
    expectOffAnIndex(plans, 'dialogue' in query);
  });
});

describe('A page of a list as it was', () => {
  it.each(asked)('is read off an index as well, and nothing is folded to find it: %j', async (query) => {
    const { record, plans } = explaining(desk.record);
    const irritants = record.registry.get('irritants');
    const knownAt = momentOfNow(desk.record);
    const narrowed = { ...query, ...('dialogue' in query ? { dialogue } : {}), limit: '2', knownAt };
    const { items, next } = await Readings.over(record, narrowed, 'all').list(irritants);
    expect(items).toHaveLength(2);
    const following = { ...narrowed, cursor: String(next) };
    expect((await Readings.over(record, following, 'all').list(irritants)).items).toHaveLength(1);
    expectOffAnIndex(plans, 'dialogue' in query);
  });
});

describe('What a dialogue holds', () => {
  it('is read off an index, whatever the other dialogues hold', async () => {
    const { record, plans } = explaining(desk.record);
    const documents = await new Readings(record).all('irritants', dialogue);
    expect(documents).toHaveLength(3);
    expect(plans).toEqual([expect.stringMatching(/^SEARCH .* USING INDEX .*\(dialogue=\?[^\n]*$/)]);
  });
});

describe('What stands in the name of a party', () => {
  it('is read off an index, also what cites one source; and a source that all of it cites is looked at once', async () => {
    const opened = { parties: ['RU', 'US'], keyPrefix: 'NAME', name: { en: 'Names' } };
    const { id: dialogueId } = await desk.do(secretariat, 'dialogues.OpenDialogue', null, opened);
    const cited = { lang: 'en', held: false, title: 'A statement', citation: 'A statement' };
    const { id: source } = await desk.do(secretariat, 'sources.RegisterSource', null, {
      ...{ dialogueId, kind: 'statement', issuers: ['US'], ...cited },
    });
    const inName = { party: 'US', sources: [{ sourceId: source }], wording: [{ as: 'summary' }] };
    const { id } = await desk.do(secretariat, 'irritants.RaiseIrritant', null, {
      ...{ dialogueId, raisers: ['US'], respondents: ['RU'], raisedBasis: 'stated', category: 'visas' },
      ...{ title: { en: 'Visas' }, ...inName },
    });
    for (const en of ['One', 'Two', 'Three'])
      await desk.do(secretariat, 'irritants.StatePosition', id, {
        ...{ stance: 'seeks-action', text: { en }, ...inName },
      });
    await desk.settled();
    const { record, plans } = explaining(desk.record);
    const pages = [{ party: 'US' }, { party: 'US', source }].map((query) =>
      inYourNamePage(record, dialogueId, query).items.map(({ seq }) => seq),
    );
    expect(pages[0]).toHaveLength(4);
    expect(pages[1]).toEqual(pages[0]);
    const finding = plans.filter((one) => /SEARCH \S*(acts|cited)/.test(one));
    expect(finding).toEqual([
      expect.stringMatching(
        /SEARCH \S+ USING PRIMARY KEY \(dialogue=\? AND party=\? AND state=\? AND ordinal>\?\)/,
      ),
      expect.stringMatching(/SEARCH \S+ USING PRIMARY KEY \(source=\? AND by=\? AND act>\?\)/),
    ]);
    expect(finding[1]).not.toMatch('TEMP B-TREE');
    const { record: read, plans: looks } = explaining(desk.record);
    const slice = read.registry.get('irritants');
    expect(Readings.of(read, {}, slice, id).history(slice, id).views()).toHaveLength(4);
    // The name of what they all stand in, and the source, once each.
    expect(looks).toEqual([
      expect.stringMatching(/^SEARCH irritants\S*_entries USING PRIMARY KEY/),
      expect.stringMatching(/^SEARCH sources\S*_entries USING PRIMARY KEY/),
    ]);
  });
});
