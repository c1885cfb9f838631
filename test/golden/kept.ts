import { existsSync, readFileSync } from 'node:fs';
import type { Position, Recorded } from '#libs/event-store';
import type { Stored } from '../../src/platform/record/envelope.js';
import { EventRegistry } from '../../src/platform/record/event-registry.js';
import { fold, represent } from '../../src/platform/record/fold.js';
import type { Slice } from '../../src/platform/record/slice.js';
import { slices } from '../../src/slices.js';
import type { Line } from './streams.js';

/** A stream as it is stored, one event a line, and after it what it folds to, for ever. */
export interface Kept {
  readonly lines: readonly Line[];
  readonly view: unknown;
}

export const registry = new EventRegistry(slices);
export const fileOf = ({ name }: Slice) => new URL(`../../src/${name}/golden.ndjson`, import.meta.url);

export function eventsOf(lines: readonly Line[]): readonly Stored[] {
  return lines.map((line, index) => {
    const recorded: Recorded = { ...line, revision: BigInt(index), position: 'golden' as Position };
    return registry.read(recorded);
  });
}

export function viewOf(slice: Slice, lines: readonly Line[]): unknown {
  const folded = fold(slice, eventsOf(lines));
  return folded === undefined ? undefined : JSON.parse(JSON.stringify(represent(folded)));
}

export function keptStreams(slice: Slice): readonly Kept[] {
  const file = fileOf(slice);
  if (!existsSync(file)) return [];
  const kept: Kept[] = [];
  let lines: Line[] = [];
  for (const line of readFileSync(file, 'utf8').trimEnd().split('\n')) {
    const parsed = JSON.parse(line) as Line & { readonly view?: unknown };
    if (parsed.view === undefined) lines = [...lines, parsed];
    else {
      kept.push({ lines, view: parsed.view });
      lines = [];
    }
  }
  return kept;
}
