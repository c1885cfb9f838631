import { describe, expect, it } from '@jest/globals';
import type { Act, WordingRow } from '#libs/decider';
import { fact, factAt, RU, US } from '#libs/decider/testing';
import type { GivenFact } from '#libs/decider/testing';
import { compareAccounts } from './round-comparison.view.js';
import { roundDecider } from './round.decider.js';

const press: Act = { party: null, capacity: 'attributed', recordedBy: 'secretariat', recorderParty: null };

interface Told extends GivenFact {
  readonly words?: object;
  readonly wording?: readonly WordingRow[];
}

const account = (act: Act, accountId: string, more: object = {}): Told =>
  fact('AccountPublished', act, {
    ...{ accountId, voice: act.party === null ? 'press' : 'party', rendering: 'original' },
    ...more,
  });
const point = (
  act: Act,
  pointId: string,
  kind: string,
  more: object = {},
  told: Partial<Told> = {},
): Told => ({
  ...fact('AccountPointRecorded', act, {
    ...{ accountId: act.party ?? 'press', pointId, kind, assertsJoint: true, irritantId: 'i' },
    ...more,
  }),
  ...told,
});
const saying = (en: string) => ({ words: { quote: { en } } });
const accounts = [account(RU, 'RU'), account(US, 'US'), account(press, 'press')];
const noted = (data: object): Told => fact('DivergenceNoted', RU, { divergenceId: 'v', ...data });
const settled = (act: Act): Told => fact('DivergenceReconciled', act, { divergenceId: 'v' });

function compare(...told: readonly Told[]) {
  const all: readonly Told[] = [
    fact('RoundScheduled', RU, { dialogueId: 'd', number: 1, synthetic: false }),
    ...accounts,
    ...told,
  ];
  const facts = all.map((one, index) => ({
    ...factAt(index, 'round-1', one),
    ...(one.wording === undefined ? {} : { wording: one.wording }),
  }));
  const words = new Map(facts.map(({ id }, index) => [id, all[index]?.words ?? {}]));
  const round = facts.reduce((reached, fact) => roundDecider.evolve(reached, fact), roundDecider.initial);
  if (round === null) throw new Error('No round was scheduled.');
  return compareAccounts(round, ['RU', 'US'], (id) => ({ ...words.get(id) }));
}

/** What the comparison says of the one matter in question. */
const of = (...told: readonly Told[]) => compare(...told).subjects[0];

describe('Of one matter', () => {
  it('both say that it was agreed', () => {
    expect(of(point(RU, 'r', 'agreed'), point(US, 'u', 'agreed'))).toMatchObject({
      irritantId: 'i',
      kind: null,
      result: 'agreed',
      silent: [],
    });
  });
  it('one says agreed and the other only discussed: the accounts differ', () => {
    const subject = of(point(RU, 'r', 'agreed'), point(US, 'u', 'discussed'));
    expect(subject).toMatchObject({ result: 'differing', silent: [], wordedDifferently: null });
    expect(subject?.byParty).toMatchObject({
      RU: [{ kind: 'agreed', pointId: 'r' }],
      US: [{ kind: 'discussed', pointId: 'u' }],
    });
  });
  it('both say that it was discussed, which is no agreement', () => {
    expect(of(point(RU, 'r', 'discussed'), point(US, 'u', 'discussed'))?.result).toBe('discussed');
  });
  it('one is silent, and is named', () => {
    expect(of(point(RU, 'r', 'agreed'))).toMatchObject({ result: 'silent', silent: ['US'] });
  });
  it.each(['called-for', 'next-round', 'reiterated', 'noted'])('each says %s for itself', (kind) => {
    expect(of(point(RU, 'r', kind), point(US, 'u', kind))?.result).toBe('side-by-side');
  });
  it('a wish beside an agreement makes no agreement', () => {
    expect(of(point(RU, 'r', 'called-for'), point(US, 'u', 'agreed'))?.result).toBe('side-by-side');
  });
  it('all that a side says stands beside all that the other says', () => {
    const subject = of(point(RU, 'r1', 'agreed'), point(US, 'u', 'agreed'), point(RU, 'r2', 'called-for'));
    expect(subject?.result).toBe('agreed');
    expect(subject?.byParty['RU']?.map((one) => one['kind'])).toEqual(['agreed', 'called-for']);
  });
});

describe('What names no matter', () => {
  it('is told apart by its kind, and never agreed', () => {
    const none = { irritantId: undefined };
    const { subjects } = compare(
      point(RU, 'r1', 'agreed', none),
      point(RU, 'r2', 'next-round', none),
      point(US, 'u1', 'next-round', none),
      point(US, 'u2', 'agreed', none),
      point(RU, 'r3', 'noted', none),
    );
    expect(subjects.map(({ kind, result, silent }) => [kind, result, silent])).toEqual([
      ['agreed', 'side-by-side', []],
      ['next-round', 'side-by-side', []],
      ['noted', 'silent', ['US']],
    ]);
  });
});

describe('The words of what both say', () => {
  const both = (one: Partial<Told>, other: Partial<Told>) =>
    of(point(RU, 'r', 'agreed', {}, one), point(US, 'u', 'agreed', {}, other))?.wordedDifferently;

  it('are the same, or differ, in one language', () => {
    expect(both(saying('Notes were exchanged.'), saying('Notes were exchanged.'))).toBe(false);
    expect(both(saying('To formalise.'), saying('To finalise.'))).toBe(true);
  });
  it('are not compared across languages', () => {
    expect(both({ words: { quote: { ru: 'Обмен нотами.' } } }, saying('Notes were exchanged.'))).toBe(null);
  });
  it('are not those of whoever summed them up', () => {
    const summary = { wording: [{ as: 'summary' }] as const };
    expect(both({ ...saying('To formalise.'), ...summary }, saying('To finalise.'))).toBe(null);
  });
});

describe('A contradiction', () => {
  const contradiction = [point(RU, 'r', 'agreed'), point(US, 'u', 'agreed', { contradicts: 'r' })] as const;

  it('stands, until it is noted, until both sides say that it is settled', () => {
    const outcome = (...more: readonly Told[]) => {
      const subject = of(...contradiction, ...more);
      return [subject?.result, subject?.became, subject?.contradictions];
    };
    const pair = { pointId: 'u', contradicts: 'r' };
    expect(outcome()).toEqual(['contradicted', 'open', [{ ...pair, became: 'open' }]]);
    const note = noted({ pointIds: ['r', 'u'] });
    expect(outcome(note)).toEqual(['contradicted', 'noted', [{ ...pair, became: 'noted' }]]);
    expect(outcome(note, settled(RU))).toEqual(['contradicted', 'noted', [{ ...pair, became: 'noted' }]]);
    expect(outcome(note, settled(RU), settled(US))).toEqual([
      'contradicted',
      'reconciled',
      [{ ...pair, became: 'reconciled' }],
    ]);
  });
  it('that comes after the settlement of another is open', () => {
    const later = point(US, 'u2', 'noted', { contradicts: 'r' });
    const subject = of(...contradiction, noted({ irritantId: 'i' }), settled(RU), settled(US), later);
    expect(subject?.contradictions.map((one) => one.became)).toEqual(['reconciled', 'open']);
    expect(subject?.became).toBe('open');
  });
  it('of what stands at another matter is shown at both', () => {
    const { subjects } = compare(
      point(RU, 'r', 'agreed'),
      point(US, 'u', 'agreed', { irritantId: 'j', contradicts: 'r' }),
    );
    expect(subjects.map(({ irritantId, result }) => [irritantId, result])).toEqual([
      ['i', 'contradicted'],
      ['j', 'contradicted'],
    ]);
  });
  it('of an account that was replaced is over', () => {
    expect(of(...contradiction, fact('AccountSuperseded', RU, { accountId: 'RU' }))).toMatchObject({
      result: 'silent',
      silent: ['RU'],
    });
  });
});

describe('A divergence', () => {
  it('of no point that stands is not lost', () => {
    const { divergences, subjects } = compare(point(RU, 'r', 'agreed'), noted({ irritantId: 'other' }));
    expect(divergences).toMatchObject([{ divergenceId: 'v', became: 'noted' }]);
    expect(subjects[0]?.divergences).toEqual([]);
  });
});

describe('The press', () => {
  it('has a column of its own and breaks no silence', () => {
    const subject = of(point(RU, 'r', 'agreed'), point(press, 'p', 'agreed'));
    expect(subject).toMatchObject({ result: 'silent', silent: ['US'], press: [{ pointId: 'p' }] });
    expect(subject?.byParty['RU']).toHaveLength(1);
  });
  it('contradicts no side', () => {
    const subject = of(
      point(RU, 'r', 'agreed'),
      point(US, 'u', 'agreed'),
      point(press, 'p', 'noted', { contradicts: 'r' }),
    );
    expect(subject).toMatchObject({ result: 'agreed', contradictions: [], became: null });
  });
  it('has accounts and particulars of its own', () => {
    const {
      accounts: sides,
      pressAccounts,
      particulars,
    } = compare(account(press, 'p2', { duration: 'PT5H' }));
    expect(pressAccounts.map((one) => [one.accountId, one.party])).toEqual([
      ['press', null],
      ['p2', null],
    ]);
    expect(sides['RU']).toHaveLength(1);
    expect(particulars).toMatchObject([
      { duration: 'PT5H', party: null, as: 'account', account: { voice: 'press', of: null } },
    ]);
  });
});

describe('Several renderings', () => {
  it('of one party’s account are one account, and diverge from nothing', () => {
    const { subjects } = compare(
      account(RU, 'RU-2', { rendering: 'translation', translationOf: 'RU' }),
      point(RU, 'r1', 'agreed', { accountId: 'RU' }),
      point(RU, 'r2', 'noted', { accountId: 'RU-2', contradicts: 'r1' }),
    );
    expect(subjects).toHaveLength(1);
    expect(subjects[0]).toMatchObject({ result: 'silent', silent: ['US'], contradictions: [] });
    expect(subjects[0]?.byParty['RU']).toHaveLength(2);
  });
});
