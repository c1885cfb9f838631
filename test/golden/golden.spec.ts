import { writeFileSync } from 'node:fs';
import { beforeAll, describe, expect, it } from '@jest/globals';
import type { Position, Recorded } from '#libs/event-store';
import { formatLeaf, parseLeaf } from '#libs/ledger';
import { GrowingLog } from '../../src/ledger/growing-log.js';
import { asLedgerEvent, payloadAt } from '../../src/ledger/logged.js';
import { loggedEvent } from '../../src/platform/record/logged-event.js';
import { amendmentEvents } from '../../src/platform/record/amendment-events.js';
import type { Slice } from '../../src/platform/record/slice.js';
import { classOf } from '../../src/platform/shapes/body-class.js';
import { checked } from '../../src/platform/shapes/validation.js';
import { slices } from '../../src/slices.js';
import { eventsOf, fileOf, keptStreams, registry, viewOf } from './kept.js';
import type { Kept } from './kept.js';
import { writesMissing } from './runs.js';
import { streamsWith } from './streams.js';

const amendments = Object.keys(amendmentEvents);

const typesIn = (kept: readonly Kept[]) =>
  new Set(kept.flatMap(({ lines }) => lines.map(({ type }) => type)));

/** What no kept stream has yet: the own types of each slice, and each amendment in one of them. */
function missing(): ReadonlyMap<Slice, ReadonlySet<string>> {
  const known = new Map(slices.map((slice) => [slice, typesIn(keptStreams(slice))]));
  const amended = amendments.filter((type) => ![...known.values()].some((types) => types.has(type)));
  const wanted = slices.map((slice): [Slice, Set<string>] => {
    const own = Object.keys(slice.schemas).filter((type) => known.get(slice)?.has(type) !== true);
    return [slice, new Set(slice.name === 'irritants' ? [...own, ...amended] : own)];
  });
  return new Map(wanted.filter(([, types]) => types.size > 0));
}

beforeAll(async () => {
  const wanted = writesMissing ? missing() : new Map<Slice, Set<string>>();
  if (wanted.size === 0) return;
  for (const [slice, streams] of await streamsWith(wanted)) {
    const added = streams.flatMap((lines) => [...lines, { view: viewOf(slice, lines) }]);
    writeFileSync(fileOf(slice), added.map((one) => `${JSON.stringify(one)}\n`).join(''), { flag: 'a' });
  }
}, 1_200_000);

describe('A stored event of every type', () => {
  it.each(slices.map((slice) => [slice.name, slice] as const))(
    'has a leaf, and what its envelope holds is in leaf and payload: %s',
    (_, slice) => {
      for (const { lines } of keptStreams(slice)) {
        const log = new GrowingLog('record.example/golden');
        for (const [seq, line] of lines.entries()) {
          const event: Recorded = { ...line, revision: BigInt(seq), position: 'golden' as Position };
          const leaf = log.leafOf(asLedgerEvent(event));
          log.take(leaf);
          expect(loggedEvent(parseLeaf(formatLeaf(leaf)), payloadAt(seq, event))?.meta).toEqual(event.meta);
        }
      }
    },
  );

  it.each(slices.map((slice) => [slice.name, slice] as const))(
    'is kept in a real stream of %s',
    (_, slice) => {
      const types = typesIn(keptStreams(slice));
      expect(Object.keys(slice.schemas).filter((type) => !types.has(type))).toEqual([]);
    },
  );

  it('that amends is kept in one of them', () => {
    const types = slices.flatMap((slice) => [...typesIn(keptStreams(slice))]);
    expect(amendments.filter((type) => !types.includes(type))).toEqual([]);
  });

  it.each(slices.map((slice) => [slice.name, slice] as const))(
    'has the shape of its schema and its sentence, and the stream still folds to the same: %s',
    async (_, slice) => {
      for (const { lines, view } of keptStreams(slice)) {
        for (const event of eventsOf(lines)) {
          const schema = { ...slice.schemas, ...amendmentEvents }[event.type];
          if (schema === undefined) throw new Error(`${slice.name} has no ${event.type}.`);
          expect((await checked(classOf(schema.data), event.data)).faults.all).toEqual([]);
          const isErased = Object.keys(event.content).length === 0;
          const { faults } = await checked(classOf(schema.content), event.content);
          expect(isErased ? [] : faults.all).toEqual([]);
          expect(registry.summarise(event)).toMatch(/^[A-Z](?!.*undefined).{5,}/);
        }
        expect(viewOf(slice, lines)).toEqual(view);
      }
    },
  );
});
