import { keptJson } from '#libs/projections';
import { setImmediate } from 'node:timers/promises';
import { Newest } from '#libs/newest';
import { standingsIn } from '../platform/record/dropping.js';
import type { Stored } from '../platform/record/envelope.js';
import { Unheard } from '../platform/record/unheard.js';
import { eventView } from '../platform/record/envelope.js';
import { represent } from '../platform/record/fold.js';
import type { RecordRead } from '../platform/record/reading.js';
import type { Slice } from '../platform/record/slice.js';
import type { Sight } from '../platform/access/sight.js';
import { AtMoment } from '../reading/at-moment.js';
import { csvLine } from './csv-writing.js';
import { exportedAct } from './exported-act.js';

export const whats = ['acts', 'events', 'states'] as const;
export type What = (typeof whats)[number];

/** After how many entries others have their turn. */
const atOnce = 50;
/** How many entries are read from a list together. */
const pageEntries = 100;

export interface Exporting {
  readonly at: AtMoment;
  /** The dialogues whose record goes out. */
  readonly sight: Sight;
}

interface Row {
  readonly id: string;
  readonly document: string;
  readonly updated: number;
  readonly created: number;
}

/** The entries of one list at the moment, in the order in which they were begun, a few of them read at a time. */
export async function* statesOf({ at, sight }: Exporting, slice: Slice): AsyncGenerator<object, undefined> {
  const { record, moment } = at;
  let after = -1;
  for (;;) {
    const rows = record.projections
      .view(slice.name)
      .tables.prepare(
        `SELECT id, document, updated_ordinal AS updated, created_ordinal AS created FROM {entries}
         WHERE created_ordinal > ? AND created_ordinal <= ?
         ${sight === 'all' ? '' : 'AND COALESCE(dialogue, id) IN (SELECT value FROM json_each(?))'}
         ORDER BY created_ordinal LIMIT ${pageEntries}`,
      )
      .all(...[after, moment.knownOrdinal], ...(sight === 'all' ? [] : [JSON.stringify(sight)]));
    for (const [place, row] of (rows as unknown as readonly Row[]).entries()) {
      after = row.created;
      if (place % atOnce === 0) await setImmediate();
      const state = stateIn(at, slice, row);
      if (state !== undefined) yield at.withKept(state);
    }
    if (rows.length < pageEntries) return;
  }
}

/** What has not changed since is as it is served; the rest is folded, and not kept. */
function stateIn(at: AtMoment, slice: Slice, { id, document, updated }: Row): object | undefined {
  const { effectiveAt, knownOrdinal } = at.moment;
  if (effectiveAt === undefined && updated <= knownOrdinal) return keptJson<object>(document);
  const folded = new AtMoment(at.record, {}, {}, at.moment).folded(slice, id);
  return folded === undefined ? undefined : (JSON.parse(JSON.stringify(represent(folded))) as object);
}

/** The ids of all dialogues that were there at the moment. */
function dialoguesIn({ record, moment }: AtMoment, sight: Sight): readonly string[] {
  const rows = record.projections
    .view(record.registry.part('dialogue').name)
    .tables.prepare('SELECT id FROM {entries} WHERE created_ordinal <= ? ORDER BY created_ordinal')
    .all(moment.knownOrdinal);
  const ids = rows.map(({ id }) => String(id));
  return sight === 'all' ? ids : ids.filter((id) => sight.includes(id));
}

/**
 * What was recorded in each dialogue, in its order, with what is made of each event; nothing where that is nothing. Before
 * the first of a dialogue stands in whose hand its record is.
 */
async function* ofEvents(
  { at, sight }: Exporting,
  made: (told: ReturnType<typeof eventIn>) => object | undefined,
): AsyncGenerator<object, undefined> {
  const { record, moment } = at;
  const reader = record.projections.record;
  for (const dialogueId of dialoguesIn(at, sight)) {
    const end = reader.seqAt(dialogueId, moment.knownOrdinal);
    let isBegun = false;
    for (let seq = 0; seq <= end; seq += 1) {
      if (seq % atOnce === 0) await setImmediate();
      const told = eventIn(record, dialogueId, seq);
      if (!moment.counts(told.event)) continue;
      const line = made(told);
      if (line === undefined) continue;
      if (!isBegun) yield { entente: 'dialogue', dialogueId, kept: at.kept(dialogueId) };
      isBegun = true;
      yield line;
    }
  }
}

function eventIn({ projections, registry }: RecordRead, dialogueId: string, seq: number) {
  const ordinal = projections.record.ordinalIn(dialogueId, seq) ?? -1;
  const found = projections.record.byOrdinal(ordinal);
  if (found === undefined) throw new Error(`The record has no event ${seq} of ${dialogueId}.`);
  const slice = registry.ofStream(found.event.stream);
  return { dialogueId, seq, slice, event: registry.read(found.event) };
}

/** Of how many streams with void acts it is kept which those are. */
const streamsMax = 1_000;

/** Which events were found void at the moment: a rule says so, and no act that an import could bring in. */
function foundVoid(at: AtMoment): (event: Stored) => boolean {
  const known = new Newest<ReadonlySet<string>>(streamsMax);
  const { record } = at.record.projections;
  return ({ id, stream, revision }) => {
    if (record.lastOf(stream, 'AttributionVoid') < revision) return false;
    const found = known.get(stream) ?? voidIn(at.events(stream));
    known.set(stream, found);
    return found.has(id);
  };
}

function voidIn(events: readonly Stored[]): ReadonlySet<string> {
  const { takers } = standingsIn(events);
  return new Set([...takers].flatMap(([id, { type }]) => (type === 'AttributionVoid' ? [id] : [])));
}

/** One line of JSON for each, whichever is asked for. */
export async function* linesOf(
  exporting: Exporting,
  what: What,
  slices: readonly Slice[],
): AsyncGenerator<object, undefined> {
  if (what === 'states') {
    for (const slice of slices)
      for await (const entry of statesOf(exporting, slice)) yield { list: slice.name, entry };
    return;
  }
  const unheard = new Unheard();
  const isUnheard = (event: Stored) => unheard.has(exporting.at.record, event);
  const isVoid = foundVoid(exporting.at);
  yield* ofEvents(exporting, ({ dialogueId, seq, slice, event }) => {
    if (!slices.includes(slice)) return undefined;
    // Whoever imports it would say of a party what that party has not said.
    if (what === 'acts')
      return isUnheard(event) || isVoid(event) ? undefined : exportedAct(slice, dialogueId, event);
    const summary = exporting.at.summary(event);
    return {
      dialogueId,
      seq,
      event: eventView(event),
      summary,
      ...(isUnheard(event) ? { standing: 'unheard' } : {}),
    };
  });
}

/** More are of no table that anybody reads: what would stand there stands in one more, as JSON, so that nothing is lost. */
const columnsMax = 400;
const othersColumn = 'others';

/** The entries of one list as CSV: read twice, so that the header names every column that any of them fills. */
export async function* csvOf(exporting: Exporting, slice: Slice): AsyncGenerator<string, undefined> {
  const columns = new Set<string>();
  let hasOthers = false;
  for await (const entry of statesOf(exporting, slice)) {
    for (const [column] of cellsOf(entry)) {
      if (columns.size < columnsMax) columns.add(column);
      else hasOthers ||= !columns.has(column);
    }
  }
  yield csvLine(hasOthers ? [...columns, othersColumn] : [...columns]);
  for await (const entry of statesOf(exporting, slice)) {
    const cells = new Map(cellsOf(entry));
    const named = [...columns].map((column) => cells.get(column) ?? '');
    const others = Object.fromEntries([...cells].filter(([column]) => !columns.has(column)));
    const rest = Object.keys(others).length === 0 ? '' : JSON.stringify(others);
    yield csvLine(hasOthers ? [...named, rest] : named);
  }
}

/** `title.en` for what stands below; lists of words are `a|b`, as an import reads them, and other lists JSON. */
function cellsOf(value: object, above = ''): readonly (readonly [column: string, cell: string])[] {
  return Object.entries(value).flatMap(([name, one]: [string, unknown]) => {
    const column = `${above}${name}`;
    if (one === null || one === undefined) return [];
    if (Array.isArray(one)) return one.length === 0 ? [] : [[column, listCell(one)] as const];
    return typeof one === 'object' ? cellsOf(one, `${column}.`) : [[column, textOf(one)] as const];
  });
}

function listCell(list: readonly unknown[]): string {
  const isPlain = list.every((one) => typeof one !== 'object' && !textOf(one).includes('|'));
  return isPlain ? list.map(textOf).join('|') : JSON.stringify(list);
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : JSON.stringify(value);
}
