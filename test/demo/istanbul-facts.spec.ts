import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Answers, List } from './answers.js';
import { loadIstanbul } from './istanbul.js';
import type { Istanbul } from './istanbul.js';

let record: Istanbul;

beforeAll(async () => {
  record = await loadIstanbul();
});

afterAll(() => record.server.stop());

describe('every fact of the record', () => {
  const raisedBy = (label: string) => {
    const { raisers, respondents, raisedBasis, raised } = record.irritant(label);
    return [raisers.join('+'), respondents.join('+'), raisedBasis, raised.occurred.edtf];
  };
  const nobodys = ['', 'RU+US', 'first-recorded', '../2025-04-10'];
  const sourceOf = ({ sources }: Answers['said']) =>
    [...record.loaded.ids].find(([, id]) => id === sources[0]?.sourceId)?.[0];
  const particulars = (sourceLabel: string) =>
    record.comparison.particulars.filter((one) => one.account?.sourceId === record.idOf(sourceLabel));

  it.each<[string, () => unknown, unknown]>([
    [
      'the dialogue',
      () => [
        record.dialogue.name.en,
        record.dialogue.parties,
        record.dialogue.keyPrefix,
        record.dialogue.kept,
        record.dialogue.joined,
      ],
      ['Missions dialogue, Istanbul track', ['RU', 'US'], 'RUUS', { by: 'secretariat' }, []],
    ],
    ['no aim of its own: that is told by Russia', () => record.dialogue.aim, null],
    [
      'the aim, by Russia',
      () => record.toldBy(null, 'noted'),
      { by: ['RU'], quotes: expect.stringMatching(/normalise the work of the missions.*remove irritants/) },
    ],
    [
      'the aliases, by which nobody is named',
      () => [record.dialogue.aliases.map((one) => one.alias), record.dialogue.names],
      [['Russia', 'Russian Federation', 'Moscow', 'United States', 'Washington'], []],
    ],
    [
      'round 2: date, host and venue by Russia',
      () => particulars('mfa-statement'),
      [
        expect.objectContaining({
          startsAt: '2025-04-10',
          hostParty: 'RU',
          venue: { en: 'Russian Consulate General, Istanbul' },
        }),
      ],
    ],
    [
      'round 2: street, duration and level by the press, citing officials of both',
      () => particulars('article'),
      [
        expect.objectContaining({
          party: null,
          duration: 'PT5H30M',
          level: 'expert-level; in one place high-level',
          venue: { en: 'Istiklal Street, Istanbul' },
          sources: [{ sourceId: expect.any(String), locator: 'citing officials of both sides' }],
        }),
      ],
    ],
    [
      'the aim, by the press: it adds easing tensions',
      () => record.subject(null, 'noted').press.map((one) => [one.party, one.quote.en]),
      [[null, expect.stringMatching(/normalise.*remove irritants.*ease tensions/)]],
    ],
    [
      'the two who led or talked, as each gives them: the United States calls nobody a head',
      () =>
        record.comparison.names.flatMap((one) =>
          one.given.map((g) => [g.nameAsGiven, g.titleAsGiven ?? '', g.role ?? '', g.party]),
        ),
      [
        ['Alexander Darchiev', 'Ambassador to the United States', 'head', 'RU'],
        ['Darchiyev', 'Ambassador', '', 'US'],
        ['Aleksandr Darchiev', 'Ambassador to the United States', 'head', null],
        ['Sonata Coulter', 'Deputy Assistant Secretary of State', 'head', 'RU'],
        ['Coulter', 'Deputy Assistant Secretary', '', 'US'],
        ['Sonata Coulter', expect.stringMatching(/for European and Eurasian Affairs$/), 'head', null],
      ],
    ],
    [
      'Türkiye as mediator, in a heading only',
      () =>
        record.dialogue.thirdParties.map((one) => [one.thirdParty, one.role, one.sources[0]?.locator ?? '']),
      [['TR', 'mediator', 'a heading']],
    ],
    [
      'the commentary via RIA Novosti and TASS',
      () => record.dialogue.commentary.map((one) => [one.speaker, sourceOf(one), one.quote.en]),
      [
        [
          'An unnamed diplomatic official in Ankara',
          'ria-novosti',
          expect.stringMatching(/next round.*hoped.*expected soon/),
        ],
        ['A Turkish political analyst', 'tass', 'Two remarks on Ukraine.'],
        ['Visitors', 'tass', expect.stringMatching(/^Hopes/)],
        ['TASS', 'tass', expect.stringMatching(/attention of the public/)],
      ],
    ],
    ['banking: nobody says who raised it', () => raisedBy('banking'), nobodys],
    [
      'banking: commitments by Russia, an understanding to be finalised by the United States',
      () => record.toldBy('banking', 'agreed'),
      {
        by: ['RU', 'US'],
        quotes: expect.stringMatching(
          /formalise the agreed commitments.*uninterrupted.*reaffirm.*finalise an understanding/,
        ),
      },
    ],
    [
      'banking: the exchange is reported by both, its notes unknown',
      () => [record.exchange.status, record.exchange.reports.map((one) => one.party), record.exchange.notes],
      ['completed', ['RU', 'US'], []],
    ],
    ['dues: first recorded', () => raisedBy('dues'), ['RU', 'US', 'first-recorded', '../2025-04-10']],
    [
      'dues: the same notes, by Russia',
      () => record.toldBy('dues', 'agreed'),
      {
        by: ['RU'],
        quotes: expect.stringMatching(/same notes.*United Nations.*international organisations/),
      },
    ],
    ['properties: raised by Russia', () => raisedBy('properties'), ['RU', 'US', 'stated', '../2025-04-10']],
    [
      'properties: a roadmap is to be developed, by Russia',
      () => record.toldBy('properties', 'agreed'),
      {
        by: ['RU'],
        quotes: expect.stringMatching(
          /agreed to develop a roadmap for the return.*mutual understanding on developing a roadmap/,
        ),
      },
    ],
    [
      'properties: what Russia calls for',
      () => record.toldBy('properties', 'called-for'),
      {
        by: ['RU'],
        quotes: expect.stringMatching(
          /urgent.*immediate access of Russian representatives.*inspect.*damage/i,
        ),
      },
    ],
    [
      'properties: what Russia calls them, and the title does not',
      () => [record.irritant('properties').designations, record.irritant('properties').title.en],
      [
        { RU: { en: expect.stringMatching(/lawfully owned.*seized.*confiscated/i) } },
        'Six diplomatic properties',
      ],
    ],
    [
      'properties: not named',
      () => record.irritant('properties').statement?.en,
      expect.stringMatching(/Property 1 to Property 6/),
    ],
    ['visas: nobody says who raised it', () => raisedBy('visas'), nobodys],
    [
      'visas: discussion continued, by Russia',
      () => record.toldBy('visas', 'discussed'),
      { by: ['RU'], quotes: expect.stringMatching(/easing the processing of visas/) },
    ],
    ['movement: nobody says who raised it', () => raisedBy('movement'), nobodys],
    [
      'movement: discussion continued, by Russia',
      () => record.toldBy('movement', 'discussed'),
      { by: ['RU'], quotes: expect.stringMatching(/travel rules for diplomatic staff/) },
    ],
    [
      'local staff: raised by the United States',
      () => raisedBy('local-staff'),
      ['US', 'RU', 'stated', '../2025-04-10'],
    ],
    [
      'local staff: reiterated by the United States',
      () => record.toldBy('local-staff', 'reiterated'),
      { by: ['US'], quotes: expect.stringMatching(/bars local hires.*key impediment.*Embassy Moscow/) },
    ],
    ['air links: raised by Russia', () => raisedBy('air-links'), ['RU', 'US', 'stated', '../2025-04-10']],
    [
      'air links: a step towards trust and wider ties, by Russia',
      () => record.toldBy('air-links', 'called-for'),
      { by: ['RU'], quotes: expect.stringMatching(/direct flights.*step towards trust and wider ties/i) },
    ],
    [
      'proposals: to be refined by both, by Russia; its other rendering has it as a review',
      () => record.toldBy(null, 'agreed'),
      {
        by: ['RU'],
        quotes: expect.stringMatching(
          /Both sides resolved to refine.*proposals.*mutually acceptable.*before the next round.*to review/,
        ),
      },
    ],
    [
      'the next meeting, by each',
      () => [
        record.toldBy(null, 'next-round').by,
        record.comparison.nextRound.map((one) => [one.party, one.text.en]),
      ],
      [
        ['RU', 'US'],
        [
          ['RU', expect.stringMatching(/next round.*timing is being coordinated/)],
          [
            'US',
            expect.stringMatching(/discussed the possibility.*near term as needed.*date, place and repr/),
          ],
        ],
      ],
    ],
    [
      'the positions',
      () =>
        record.irritants.map((one) => Object.entries(one.positions).map(([by, { stance }]) => [by, stance])),
      [[['RU', 'seeks-action']], [], [], [], [], [['US', 'seeks-action']], [['RU', 'seeks-action']]],
    ],
  ])('%s', (_fact, found, expected) => {
    expect(found()).toEqual(expected);
  });

  it('round 1: the date by the United States and the press, the residence by the press', async () => {
    const first = await record.server.read<Answers['comparison']>(
      `/v1/rounds/${record.idOf('round-1')}/comparison`,
    );
    expect(first.particulars.map((one) => [one.party, one.startsAt, one.sources[0]?.sourceId])).toEqual([
      ['US', '2025-02-27', record.idOf('state-department-statement')],
      [null, '2025-02-27', record.idOf('article')],
    ]);
    expect(first.particulars[1]?.venue?.en).toBe('Residence of the US Consul General, Istanbul');
  });

  it('the sources, all but the article obtained through it, none of them held or dated', async () => {
    const { items } = await record.server.read<List<Answers['source']>>('/v1/sources?sort=createdAt');
    const via = record.idOf('article');
    expect(items.filter((one) => one.date !== undefined && one.date !== null)).toEqual([]);
    expect(items.map((one) => [one.issuerName, one.kind, one.issuers, one.held, one.obtainedVia])).toEqual([
      ['Türkiye Today', 'press', [], false, undefined],
      [expect.stringContaining('Ministry of Foreign Affairs'), 'statement', ['RU'], false, via],
      [expect.stringContaining('Department of State'), 'statement', ['US'], false, via],
      ['TASS', 'press', [], false, via],
      ['RIA Novosti', 'press', [], false, via],
    ]);
  });
});
