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
  const mutual = ['RU+US', 'RU+US', 'first-recorded', '../2025-04-10'];
  const particulars = (sourceLabel: string) =>
    record.comparison.particulars.filter((one) => one.account?.sourceId === record.idOf(sourceLabel));

  it.each<[string, () => unknown, unknown]>([
    [
      'the dialogue',
      () => [
        record.dialogue.name.en,
        record.dialogue.parties,
        record.dialogue.keyPrefix,
        record.dialogue.aim.en,
      ],
      [
        'Missions dialogue, Istanbul track',
        ['RU', 'US'],
        'RUUS',
        expect.stringMatching(/normalise the work of the two diplomatic missions and remove irritants/i),
      ],
    ],
    [
      'the aliases',
      () => record.dialogue.aliases.map((one) => one.alias),
      expect.arrayContaining([
        'Russia',
        'Russian Federation',
        'Moscow',
        'Россия',
        'United States',
        'Washington',
      ]),
    ],
    [
      'round 2: host and venue by Russia',
      () => particulars('mfa-statement'),
      [
        expect.objectContaining({
          hostParty: 'RU',
          venue: { en: 'Russian Consulate General, Istanbul' },
        }),
      ],
    ],
    [
      'round 2: date, street, duration and level by the press',
      () => particulars('article'),
      expect.arrayContaining([
        expect.objectContaining({
          startsAt: '2025-04-10',
          duration: 'PT5H30M',
          level: 'expert-level',
          venue: { en: 'Istiklal Street, Istanbul' },
          sources: [expect.objectContaining({ locator: 'citing officials of both sides' })],
        }),
        expect.objectContaining({ level: 'high-level' }),
      ]),
    ],
    [
      'the heads as each gives them',
      () =>
        record.comparison.names.flatMap((one) => one.given.map((g) => [g.nameAsGiven, g.titleAsGiven ?? ''])),
      [
        ['Alexander Darchiev', 'Ambassador to the United States'],
        ['Darchiyev', 'Ambassador'],
        ['Aleksandr Darchiev', ''],
        ['Sonata Coulter', 'Deputy Assistant Secretary of State'],
        ['Coulter', 'Deputy Assistant Secretary'],
        ['Sonata Coulter', expect.stringMatching(/for European and Eurasian Affairs$/)],
      ],
    ],
    [
      'Türkiye as host, and as mediator in a heading only',
      () =>
        record.dialogue.thirdParties.map((one) => [one.thirdParty, one.role, one.sources[0]?.locator ?? '']),
      [
        ['TR', 'host', ''],
        ['TR', 'mediator', 'a heading'],
      ],
    ],
    [
      'the commentary via RIA Novosti and TASS',
      () => record.dialogue.commentary.map((one) => [one.speaker, one.sources[0]?.sourceId, one.quote.en]),
      [
        [
          expect.stringContaining('official in Ankara'),
          expect.anything(),
          expect.stringContaining('next round'),
        ],
        [expect.stringContaining('analyst'), expect.anything(), expect.stringContaining('Ukraine')],
      ],
    ],
    ['banking: mutual', () => raisedBy('banking'), mutual],
    [
      'banking: commitments by Russia, an understanding to be finalised by the United States',
      () => record.toldBy('banking', 'agreed'),
      {
        by: ['RU', 'US'],
        quotes: expect.stringMatching(/agreed commitments.*uninterrupted.*finalise an understanding/),
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
      { by: ['RU'], quotes: expect.stringMatching(/develop a roadmap for the return/) },
    ],
    [
      'properties: what Russia calls for',
      () => record.toldBy('properties', 'called-for'),
      { by: ['RU'], quotes: expect.stringMatching(/urgent.*access.*inspection.*damage/i) },
    ],
    [
      'properties: not named',
      () => record.irritant('properties').statement?.en,
      expect.stringMatching(/Property 1 to Property 6/),
    ],
    ['visas: mutual', () => raisedBy('visas'), mutual],
    [
      'visas: discussion continued, by Russia',
      () => record.toldBy('visas', 'discussed'),
      { by: ['RU'], quotes: expect.stringContaining('visa processing') },
    ],
    ['movement: mutual', () => raisedBy('movement'), mutual],
    [
      'movement: discussion continued, by Russia',
      () => record.toldBy('movement', 'discussed'),
      { by: ['RU'], quotes: expect.stringMatching(/travel rules for diplomatic staff in the host country/) },
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
      'air links: a step that builds trust, by Russia',
      () => record.toldBy('air-links', 'called-for'),
      { by: ['RU'], quotes: expect.stringMatching(/direct flights.*builds trust/i) },
    ],
    [
      'proposals: to be refined, by Russia',
      () => record.toldBy(null, 'noted'),
      { by: ['RU'], quotes: expect.stringMatching(/proposals.*refined before the next round/) },
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
          ['US', expect.stringMatching(/near term as needed.*date, place and representation/)],
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
    expect(first.particulars.map((one) => [one.startsAt, one.hostParty, one.sources[0]?.sourceId])).toEqual([
      ['2025-02-27', undefined, record.idOf('state-department-statement')],
      ['2025-02-27', undefined, record.idOf('state-department-statement')],
      ['2025-02-27', 'US', record.idOf('article')],
    ]);
    expect(first.particulars[2]?.venue?.en).toMatch(/Residence of the US Consul General/);
  });

  it('the sources, all but the article obtained through it, none of them held', async () => {
    const { items } = await record.server.read<List<Answers['source']>>('/v1/sources?sort=createdAt');
    const via = record.idOf('article');
    expect(items.map((one) => [one.issuerName, one.kind, one.issuers, one.held, one.obtainedVia])).toEqual([
      ['Türkiye Today', 'press', [], false, undefined],
      [expect.stringContaining('Ministry of Foreign Affairs'), 'statement', ['RU'], false, via],
      [expect.stringContaining('Department of State'), 'statement', ['US'], false, via],
      ['TASS', 'press', [], false, via],
      ['RIA Novosti', 'press', [], false, via],
    ]);
  });
});
