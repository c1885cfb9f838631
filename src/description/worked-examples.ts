import { createPatch } from 'rfc6902';
import { eventView } from '../platform/record/envelope.js';
import type { Stored } from '../platform/record/envelope.js';
import { EventRegistry } from '../platform/record/event-registry.js';
import { fold, represent, wordsOf } from '../platform/record/fold.js';
import type { Slice } from '../platform/record/slice.js';
import { compareAccounts } from '../rounds/round-comparison.view.js';
import type { Round } from '../rounds/round.facts.js';
import { schemaName } from './schema-names.js';
import { briefed } from './worked-briefing.js';
import { searchExample } from './search-entries.js';
import { storyOf } from './worked-events.js';
import { exampleMoment, ids } from './worked-ids.js';

const keptByBoth = { by: 'both' };
const moment = { knownSeq: 340, final: true, effectiveAt: null, foldVersion: 1 };

function folded(slice: Slice, events: readonly Stored[]) {
  const found = fold(slice, events);
  if (found === undefined) throw new Error(`The story has nothing of ${slice.name}.`);
  return found;
}

/** As it is sent: without what is undefined. */
function asSent(value: unknown): unknown {
  return JSON.parse(JSON.stringify(value));
}

const key = {
  id: ids.key,
  principalId: '01960b3a-0000-7000-8000-000000000901',
  name: 'Registrar of the RU side',
  party: 'RU',
  roles: ['registrar'],
  issuedAt: '2025-04-11T09:00:00.000Z',
  madeBy: { as: 'operator', principalId: '01960b3a-0000-7000-8000-000000000050' },
  expiresAt: '2025-07-10T09:00:00.000Z',
  revokedAt: null,
};

const fixed = {
  Key: key,
  KeyList: { items: [key] },
  NewKey: { ...key, key: `entente_${'0'.repeat(32)}_${'A'.repeat(43)}` },
  HeldBytes: { bytesId: 'b7f3a5c1-6d2e-4c1a-9e6b-52f0d1a7c3e8', sha256: 'c'.repeat(64), size: 48_213 },
  Health: {
    status: 'ready',
    checks: [
      { name: 'store', ok: true, detail: 'answers' },
      { name: 'projection irritants', ok: true, detail: 'live, 0 behind' },
      { name: 'disk', ok: true, detail: '20480 MiB free' },
      { name: 'draining', ok: true, detail: 'no' },
    ],
  },
};

/** What an auditor is told of the irritant in the story. */
function audited(irritants: Slice, events: readonly Stored[], registry: EventRegistry) {
  const [first, second] = events;
  if (first === undefined || second === undefined) throw new Error('The story has no history.');
  const entry = (event: Stored, seq: number) => ({
    seq,
    event: eventView(event),
    summary: registry.summarise(event),
  });
  const [before, after] = [
    asSent(represent(folded(irritants, [first]))),
    asSent(represent(folded(irritants, [first, second]))),
  ];
  return {
    HistoryPage: { items: [entry(first, 12), entry(second, 13)], kept: keptByBoth, asOfSeq: 340 },
    Frames: [{ ...entry(first, 12), kept: keptByBoth, state: before, patch: createPatch({}, before) }],
    Diff: {
      kept: { before: keptByBoth, after: keptByBoth },
      final: true,
      fromSeq: 12,
      toSeq: 13,
      effectiveAt: null,
      foldVersion: irritants.foldVersion,
      changes: [{ op: 'replace', pointer: '/stage', before: 'raised', after: 'under-consultation' }],
      events: [
        {
          seq: 13,
          id: second.id,
          type: second.type,
          summary: registry.summarise(second),
          fields: [...new Set(createPatch(before, after).map(({ path }) => path.split('/')[1] ?? ''))],
        },
      ],
    },
  };
}

function compared(rounds: Slice, events: readonly Stored[]) {
  const told = folded(rounds, events);
  const comparison = compareAccounts(told.state as Round, ['RU', 'US'], wordsOf(told));
  return {
    roundId: ids.round,
    ...comparison,
    scheduledDuring: [],
    subjects: comparison.subjects.map((one) => ({ key: 'RUUS-1', ...one })),
    kept: keptByBoth,
    asOfSeq: 340,
    ...moment,
  };
}

/** Examples of answers by name. They are folded by the very functions that answer, so they cannot drift from them. */
export function workedExamples(slices: readonly Slice[]): ReadonlyMap<string, unknown> {
  const registry = new EventRegistry(slices);
  const events = new Map(slices.map((slice, serial) => [slice.name, storyOf(slice, serial)]));
  const of = (name: string) => [registry.get(name), events.get(name) ?? []] as const;
  const documents = slices.map((slice): [string, object] => [
    schemaName(slice),
    represent(folded(slice, events.get(slice.name) ?? [])),
  ]);
  const byName = new Map(documents);
  const found = {
    ...fixed,
    ...searchExample,
    ...Object.fromEntries(documents),
    ...Object.fromEntries(
      documents.map(([name, document]) => [
        `${name}List`,
        { items: [{ kept: keptByBoth, ...document }], asOf: exampleMoment },
      ]),
    ),
    ...audited(...of('irritants'), registry),
    Overview: {
      ...byName.get('Irritant'),
      incomingLinkages: [],
      linked: [{ kind: 'round', ...byName.get('Round') }],
      kept: keptByBoth,
      asOfSeq: 340,
      ...moment,
      foldVersion: registry.get('irritants').foldVersion,
    },
    Comparison: compared(...of('rounds')),
    ...briefed(byName),
  };
  return new Map(Object.entries(found).map(([name, value]) => [name, asSent(value)]));
}
