import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { DatabaseSync } from 'node:sqlite';
import { formatPosition, parsePosition } from '#libs/event-store';
import type { LastRead } from '#libs/event-store';
import { openUnchanged, storedRows } from '#libs/event-store-sqlite';
import type { StoredRow } from '#libs/event-store-sqlite';
import { inspectReadModels } from '#libs/projections';
import type { ReadModelsFound, RecordRow } from '#libs/projections';
import { Examples, isOfRecord, recordedFrom } from './stored-events.js';

export interface ReadModelsChecked {
  readonly flaws: readonly string[];
  /** Those of the flaws in which both speak of the same event and differ, so that one of them was changed. */
  readonly contradictions: readonly string[];
  /** Where nothing is wrong: how far they are. */
  readonly says: string;
  /** They say all that the store says, and every list is level with them. */
  readonly level: boolean;
  /** Whether the file can be opened and read as ours, whatever it says. */
  readonly usable: boolean;
}

/** Compares what the read models hold with the store, event by event, up to where they have come. */
export function checkReadModels(directory: string, store: DatabaseSync, epoch: string): ReadModelsChecked {
  return lookInto(directory, (found) => compare(found, store, epoch));
}

/** What a store that lies elsewhere is asked, to find out whether the read models in the folder are of it. */
export interface StoreElsewhere {
  readonly epoch: string;
  /** Whether it still holds an event that was read from it. */
  readonly shows: (last: LastRead) => Promise<boolean>;
  /** The streams of the record that it holds. */
  readonly streams: ReadonlySet<string>;
}

/**
 * Whether the read models in the folder are of the store elsewhere; undefined if they are. `lost` are the streams that
 * they hold and the store does not, though it is the store that they were read from.
 */
export async function whoseReadModels(
  directory: string,
  { epoch, shows, streams }: StoreElsewhere,
): Promise<(ReadModelsChecked & { readonly lost: readonly string[] }) | undefined> {
  let last: LastRead | undefined;
  const lost = new Examples();
  const checked = lookInto(directory, (found) => {
    last = found.record?.last;
    const gone = new Set<string>();
    for (const { stream } of found.recordRows()) if (!streams.has(stream)) gone.add(stream);
    for (const stream of gone)
      lost.add(`the stream ${stream} is not in the store any more: it was deleted by hand`);
    return ofAnother(found, epoch) ?? nothingSaid;
  });
  if (checked !== nothingSaid) return { ...checked, lost: [] };
  if (last !== undefined && !(await shows(last))) {
    const flaw =
      'were read from another copy of this store: it does not hold the event that they read last, as after a backup was put in its place, or after that event was deleted by hand';
    return { ...nothingSaid, flaws: [flaw], level: false, lost: [] };
  }
  return lost.all.length === 0 ? undefined : { ...nothingSaid, lost: lost.all };
}

const nothingSaid: ReadModelsChecked = {
  flaws: [],
  contradictions: [],
  says: '',
  level: true,
  usable: true,
};

function lookInto(directory: string, look: (found: ReadModelsFound) => ReadModelsChecked): ReadModelsChecked {
  const file = join(directory, 'views.sqlite');
  const absent = 'are not there yet: the next start builds them';
  if (!existsSync(file)) return { ...nothingSaid, says: absent, level: false };
  const opened = openUnchangedOrSay(file);
  if (typeof opened === 'string') return ill(opened);
  try {
    return look(inspectReadModels(opened.database));
  } catch (error) {
    return ill(wordsOf(error));
  } finally {
    opened.close();
  }
}

/** JSON, SQLite and our own code each throw an error of their kind; that of JSON quotes the text, which may be words of the record. */
function wordsOf(error: unknown): string {
  const { name, message } = error as { name?: unknown; message?: unknown };
  if (name === 'SyntaxError') return 'a row of them is no JSON';
  return typeof message === 'string' ? message : String(error);
}

function ofAnother({ record }: ReadModelsFound, epoch: string): ReadModelsChecked | undefined {
  if (record?.position === undefined) return undefined;
  const theirs = parsePosition(record.position).epoch;
  if (theirs === epoch) return undefined;
  const flaw = `belong to another store: theirs is ${theirs}, and this one is ${epoch}`;
  return { ...nothingSaid, flaws: [flaw], level: false };
}

function openUnchangedOrSay(file: string) {
  try {
    return openUnchanged(file);
  } catch (error) {
    return wordsOf(error);
  }
}

function ill(reason: string): ReadModelsChecked {
  return { ...nothingSaid, flaws: [`can't be used: ${reason}`], level: false, usable: false };
}

function compare(found: ReadModelsFound, store: DatabaseSync, epoch: string): ReadModelsChecked {
  const { record, lists } = found;
  if (record === undefined) {
    return { ...nothingSaid, says: 'hold nothing yet: the next start builds them', level: false };
  }
  const another = ofAnother(found, epoch);
  if (another !== undefined) return another;
  const { rows, ordinal } = record;
  const flaws: string[] = [];
  if (rows !== ordinal + 1) flaws.push(`say that they hold ${ordinal + 1} event(s), and hold ${rows}`);
  const ahead = lists.filter((one) => one.ordinal > ordinal).map(({ name }) => name);
  if (ahead.length > 0) flaws.push(`have lists that are further than the record: ${ahead.join(', ')}`);
  const reached = record.position === undefined ? 0n : parsePosition(record.position).commit;
  const { contradictions, differences, behind } = differencesOf(found, store, epoch, reached);
  const late = lists.filter((one) => one.ordinal < ordinal).length;
  const level = behind === 0 && late === 0;
  const says = level
    ? `hold ${rows} event(s), the same as the store`
    : `are ${behind} event(s) behind the store, and ${late} list(s) behind them: the next start catches up`;
  return { flaws: [...flaws, ...contradictions, ...differences], contradictions, says, level, usable: true };
}

/**
 * Both in the store's order, walked side by side; only two rows are held at a time. Read models may be further than a
 * store that was restored, and that is no contradiction.
 */
function differencesOf(found: ReadModelsFound, store: DatabaseSync, epoch: string, reached: bigint) {
  const [contradictions, differences] = [new Examples(), new Examples()];
  let behind = 0;
  const views = found.recordRows()[Symbol.iterator]();
  let next = views.next();
  const passUpTo = (position: string) => {
    for (; next.done !== true && next.value.position < position; next = views.next()) {
      contradictions.add(
        `hold an event that the store does not have (${placeOf(next.value)}, event ${next.value.ordinal} of the record)`,
      );
    }
  };
  for (const row of storedRows(store)) {
    if (!isOfRecord(row.stream)) continue;
    const position = formatPosition(epoch, BigInt(row.position));
    passUpTo(position);
    if (next.done !== true && next.value.position === position) {
      const differing = differencesIn(row, next.value, epoch);
      if (isLeftover(row, differing)) {
        differences.add(`still hold words that were erased from the store (${placeOf(row)})`);
      } else if (differing.length > 0) {
        contradictions.add(
          `say something else than the store of ${placeOf(row)}: ${differing.join(', ')} differ`,
        );
      }
      next = views.next();
    } else if (BigInt(row.position) <= reached)
      differences.add(`lack an event of the store (${placeOf(row)})`);
    else behind += 1;
  }
  let ahead = 0;
  for (; next.done !== true; next = views.next()) ahead += 1;
  if (ahead > 0) {
    differences.add(
      `are ${ahead} event(s) further than the store: it was put back to an earlier state, or is another one`,
    );
  }
  return { contradictions: contradictions.all, differences: differences.all, behind };
}

/** An erasure takes the words out of the store first, and a crash or a full disk may come in between. */
function isLeftover({ content }: StoredRow, differing: readonly string[]): boolean {
  return (
    content === null && differing.length > 0 && differing.every((one) => one === 'content' || one === 'salt')
  );
}

function placeOf({ stream, revision, type }: Pick<RecordRow, 'stream' | 'revision' | 'type'>): string {
  return `revision ${revision} of ${stream}, ${type}`;
}

function differencesIn(row: StoredRow, kept: RecordRow, epoch: string): readonly string[] {
  const { data, content, meta, salt } = recordedFrom(row, epoch);
  const columns = (['id', 'stream', 'revision', 'type', 'recorded_at'] as const).filter(
    (column) => row[column] !== kept[column],
  );
  const body = JSON.parse(kept.body) as Record<string, unknown>;
  const parts = Object.entries({ data, content, meta, salt }).filter(
    ([name, value]) => JSON.stringify(value) !== JSON.stringify(body[name]),
  );
  return [...columns, ...parts.map(([name]) => name)];
}
