import fc from 'fast-check';
import type { Recorded } from '#libs/event-store';
import { amendmentEvents } from '../../src/platform/record/amendment-events.js';
import type { Slice } from '../../src/platform/record/slice.js';
import { anyOpening, historyOf } from '../simulation/episodes.js';
import { Histories } from '../simulation/history.js';

import { sampleEvent } from './sample.js';

/** An event as it is stored; its revision is its place in the stream, and its position nothing that lasts. */
export type Line = Omit<Recorded, 'revision' | 'position'>;

const commands = 50;
const historiesMax = 250;
const seed = 383_058_627;

const lineOf = ({ revision: _, position: _position, ...event }: Recorded): Line => event;

/** How far a stream must be kept to have what is wanted of it, and for how many lines each of that stands. */
function worth(lines: readonly Line[], wanted: ReadonlySet<string>) {
  const found = new Set<string>();
  let upto = 0;
  for (const [index, { type }] of lines.entries()) {
    if (!wanted.has(type) || found.has(type)) continue;
    found.add(type);
    upto = index + 1;
  }
  return { found, kept: lines.slice(0, upto), each: found.size === 0 ? Infinity : upto / found.size };
}

/** What no history comes to, such as what takes two servers or an operator: a sample at the end of a stream. */
function withSamples(slice: Slice, lines: readonly Line[], types: Iterable<string>): readonly Line[] {
  const [{ stream, recordedAt } = { stream: `${slice.prefix}-`, recordedAt: '' }] = lines;
  const samples = [...types].map((type, index) => {
    const schema = { ...slice.schemas, ...amendmentEvents }[type];
    if (schema === undefined) throw new Error(`${slice.name} has no ${type}.`);
    const id = `01960b3a-0000-7000-8000-${String(index).padStart(12, '0')}`;
    return { ...(sampleEvent(slice.prefix, type, schema) as Line), id, stream, recordedAt };
  });
  return [...lines, ...samples];
}

/** The fewest streams, and of each no more than is needed, in which every wanted type occurs. */
function fewest(
  slice: Slice,
  streams: readonly (readonly Line[])[],
  wanted: Set<string>,
): readonly (readonly Line[])[] {
  const chosen: (readonly Line[])[] = [];
  while (wanted.size > 0) {
    const best = streams.map((one) => worth(one, wanted)).toSorted((one, other) => one.each - other.each)[0];
    if (best === undefined || best.found.size === 0) break;
    chosen.push(best.kept);
    for (const type of best.found) wanted.delete(type);
  }
  const [first = streams[0]?.slice(0, 1) ?? [], ...rest] = chosen;
  return wanted.size === 0 ? chosen : [withSamples(slice, first, wanted), ...rest];
}

/** Real streams in which these types of each slice occur, from histories that are the same each time. */
export async function streamsWith(
  wanted: ReadonlyMap<Slice, ReadonlySet<string>>,
): Promise<ReadonlyMap<Slice, readonly (readonly Line[])[]>> {
  const histories = new Histories();
  const played = new Map<Slice, (readonly Line[])[]>([...wanted.keys()].map((slice) => [slice, []]));
  const missing = new Map([...wanted].map(([slice, types]) => [slice, new Set(types)]));
  const drawn = fc.sample(fc.tuple(historyOf(commands), anyOpening), { numRuns: historiesMax, seed });
  for (const [moves, begun] of drawn) {
    if ([...missing.values()].every(({ size }) => size === 0)) break;
    const { stage } = await histories.play(moves, begun, commands);
    const events = stage.desk.record.projections.record.after(stage.beforeOrdinal, 100_000);
    for (const [stream, own] of Map.groupBy(events, ({ event }) => event.stream)) {
      const slice = [...played.keys()].find(({ prefix }) => stream.startsWith(`${prefix}-`));
      if (slice === undefined) continue;
      played.get(slice)?.push(own.map(({ event }) => lineOf(event)));
      for (const { event } of own) missing.get(slice)?.delete(event.type);
    }
  }
  await histories.close();
  return new Map(
    [...wanted].map(([slice, types]) => [slice, fewest(slice, played.get(slice) ?? [], new Set(types))]),
  );
}
