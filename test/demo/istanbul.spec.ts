import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { istanbulRecord } from '../../src/demo/istanbul.record.js';
import { loadRecord } from '../../src/demo/load.js';
import type { Answers, List } from './answers.js';
import { loadIstanbul } from './istanbul.js';
import type { Istanbul } from './istanbul.js';

let record: Istanbul;

beforeAll(async () => {
  record = await loadIstanbul();
});

afterAll(() => record.server.stop());

describe('the stages of the Istanbul record', () => {
  it('lists seven irritants; only banking, which both sides assert, is in implementation', () => {
    expect(record.irritants.map(({ key, category, stage: at }) => [key, category, at])).toEqual([
      ['RUUS-1', 'property', 'under-consultation'],
      ['RUUS-2', 'banking', 'in-implementation'],
      ['RUUS-3', 'international-dues', 'under-consultation'],
      ['RUUS-4', 'visas', 'under-consultation'],
      ['RUUS-5', 'freedom-of-movement', 'under-consultation'],
      ['RUUS-6', 'local-staff', 'under-consultation'],
      ['RUUS-7', 'air-connectivity', 'under-consultation'],
    ]);
  });

  it('rests on attributed acts alone, and no consequence was refused', () => {
    expect(new Set(record.irritants.map((one) => one.basis))).toEqual(new Set(['attributed']));
    expect(record.irritants.flatMap((one) => one.flags)).toEqual([]);
  });

  it('shows one unanswered Russian claim on the properties and a roadmap agreed nowhere', async () => {
    expect(record.irritant('properties').claims).toMatchObject([
      { kind: 'roadmap-to-be-developed', party: 'RU', state: 'unanswered', capacity: 'attributed' },
    ]);
    expect(record.irritants.flatMap((one) => one.claims)).toHaveLength(1);
    const shown = JSON.stringify([
      record.irritants,
      record.comparison,
      record.exchange,
      record.dialogue,
      await record.allEntries(),
    ]);
    expect(shown).not.toContain('roadmap-agreed');
    expect(shown).not.toContain('RoadmapAgreed');
  });

  it('awaits of each side an answer to what the other raised, and of nobody where nobody raised it', () => {
    const awaited = (label: string) =>
      record.irritant(label).awaiting.map(({ what, from }) => `${what} from ${from}`);
    expect(awaited('local-staff')).toEqual(['answer-to-raising from RU']);
    expect(awaited('air-links')).toEqual(['answer-to-raising from US']);
    expect(awaited('dues')).toEqual(['answer-to-raising from US']);
    expect(awaited('properties')).toEqual(['answer-to-raising from US', 'answer-to-claim from US']);
    for (const label of ['banking', 'visas', 'movement']) expect(awaited(label)).toEqual([]);
  });

  it('shows that only Russia asserts that the notes cover the dues', () => {
    const assertedOn = (label: string) =>
      record.exchange.coverage
        .find((one) => one.irritantId === record.irritant(label).id)!
        .asserted.map((one) => one.party);
    expect(record.exchange.coverage).toHaveLength(2);
    expect(assertedOn('banking')).toEqual(['RU', 'US']);
    expect(assertedOn('dues')).toEqual(['RU']);
  });
});

describe('the two rounds', () => {
  it('holds the second, by the word of both, and not the first, of which Russia is silent', async () => {
    const { items } = await record.server.read<List<Answers['round']>>('/v1/rounds?sort=createdAt');
    expect(items.map((one) => [one.number, one.held, one.heldBy.map(({ party }) => party)])).toEqual([
      [1, false, ['US']],
      [2, true, ['RU', 'US']],
    ]);
    expect(items[0]?.status).toBe('held-by-one-account');
  });

  it('knows on 1 March 2025 of the first round, of no second and of no irritant', async () => {
    const at = 'effectiveAt=2025-03-01';
    const rounds = await record.server.read<List<Answers['round']>>(`/v1/rounds?${at}`);
    expect(rounds.items.map((one) => one.number)).toEqual([1]);
    expect((await record.server.read<List<unknown>>(`/v1/irritants?${at}`)).items).toEqual([]);
    expect(await record.server.statusOf(`/v1/irritants/RUUS-1?${at}`)).toEqual({
      status: 404,
      code: 'not-yet',
    });
    expect(await record.server.statusOf(`/v1/rounds/${record.idOf('round-2')}?${at}`)).toMatchObject({
      status: 404,
    });
  });

  it('compares the accounts of the second: banking agreed by both, the rest told by one side', () => {
    expect(record.subject('banking', 'agreed')).toMatchObject({ result: 'agreed', silent: [] });
    const told = record.comparison.subjects.map(({ key, kind, result, silent }) => [
      key,
      kind,
      result,
      ...silent,
    ]);
    expect(new Set(told)).toEqual(
      new Set([
        [null, 'noted', 'silent', 'US'],
        ['RUUS-1', null, 'silent', 'US'],
        ['RUUS-2', null, 'agreed'],
        ['RUUS-3', null, 'silent', 'US'],
        ['RUUS-4', null, 'silent', 'US'],
        ['RUUS-5', null, 'silent', 'US'],
        ['RUUS-6', null, 'silent', 'RU'],
        ['RUUS-7', null, 'silent', 'US'],
        [null, 'agreed', 'silent', 'US'],
        [null, 'next-round', 'side-by-side'],
      ]),
    );
  });

  it('takes two renderings of the Russian statement for one account, and no contradiction of anybody', () => {
    expect(record.subject('properties', 'agreed')).toMatchObject({ contradictions: [], became: null });
    // Words of the secretariat say nothing of how the sides worded it.
    expect(record.comparison.subjects.filter((one) => one.wordedDifferently !== null)).toEqual([]);
  });

  it.each([
    ['Alexander Darchiev', 'mfa-statement', 'RU'],
    ['Darchiyev', 'state-department-statement', 'US'],
    ['Aleksandr Darchiev', 'article', null],
  ])('gives the Russian head as %s with its source, the %s, in the voice of %s', (name, source, of) => {
    const heads = record.comparison.names.filter((one) => one.party === 'RU');
    expect(heads).toHaveLength(1);
    const given = heads[0]?.given.find((one) => one.nameAsGiven === name);
    expect(given).toMatchObject({
      sources: [{ sourceId: record.idOf(source) }],
      account: { of, voice: of === null ? 'press' : 'party', sourceId: record.idOf(source) },
    });
  });
});

describe('who speaks', () => {
  const recordKeeping = ['DialogueOpened', 'PartyAliasRecorded', 'SourceRegistered'];
  const policies = ['InstrumentLinked', 'ConsultationBegan', 'ImplementationBegan', 'ExchangeCompleted'];

  const typesOf = (entries: readonly Answers['entry'][]): ReadonlySet<string> =>
    new Set(entries.map(({ event }) => event.envelope.type));

  it('records nothing as direct except the keeping of the record', async () => {
    const entries = await record.allEntries();
    const typesIn = (capacity: string) =>
      typesOf(entries.filter(({ event }) => event.envelope.act.capacity === capacity));
    expect(typesIn('direct')).toEqual(new Set(recordKeeping));
    expect(typesIn('derived')).toEqual(new Set(policies));
    const unsourced = entries.filter(
      ({ event }) => event.envelope.act.capacity === 'attributed' && event.envelope.sources.length === 0,
    );
    expect(typesOf(unsourced)).toEqual(new Set());
  });

  it('leaves what third parties and the press say without a party', () => {
    const { thirdParties, commentary } = record.dialogue;
    const all = [...thirdParties, ...commentary];
    expect(all).toHaveLength(5);
    expect(all.filter((one) => one.party !== null || one.capacity !== 'attributed')).toEqual([]);
  });

  it('copies no sentence of a source, so whatever is attributed says that it is summed up', async () => {
    const entries = await record.allEntries();
    const attributed = entries.filter(({ event }) => event.envelope.act.capacity === 'attributed');
    // Names, venues and levels are labels: nobody is quoted by them.
    const worded = attributed.filter(
      ({ event }) => !['DelegationNamed', 'AccountPublished'].includes(event.envelope.type),
    );
    expect(new Set(worded.map(({ event }) => event.envelope.wording?.map((one) => one.as).join()))).toEqual(
      new Set(['summary']),
    );
    for (const { summary } of entries) expect(summary).not.toMatch(/[“”«»]/);
  });

  it('keeps titles neutral', () => {
    const titles = record.irritants.map((one) => one.title.en).join(' ');
    expect(titles).not.toMatch(/seized|confiscated|lawfully/i);
  });
});

describe('loading again', () => {
  it('records nothing new', async () => {
    const before = await record.allEntries();
    const list = `/v1/irritants?dialogue=${record.loaded.ids.get('missions-dialogue')}`;
    const { asOfSeq } = await record.server.read<List<unknown>>(list);
    expect(asOfSeq).toBeGreaterThan(0);
    const again = await loadRecord(istanbulRecord, {
      url: record.server.url,
      key: record.server.keys['secretariat']!,
    });
    expect(again).toMatchObject({ recorded: 0, repeated: istanbulRecord.length });
    expect(again.ids).toEqual(record.loaded.ids);
    expect((await record.server.read<List<unknown>>(list)).asOfSeq).toBe(asOfSeq);
    expect(await record.allEntries()).toEqual(before);
  });
});
