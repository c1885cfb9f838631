import { Damaged } from '#libs/event-store';
import type { EventStore } from '#libs/event-store';
import type { Ids } from '../platform/record/ids.js';
import { clearFile, clearStream } from './import-files.js';
import { appendToImport, readImport, streamOfImport } from './import-job.js';
import type { ImportRegister, Registered } from './import-register.js';

/** How long one can ask what became of an import, and of how many. */
export const keptDays = 30;
const keptMax = 1_000;
/** So long after it has begun no file is on its way any more, on whichever server it came in. */
const onTheWayMs = 60 * 60 * 1_000;

interface Finishing {
  readonly store: EventStore;
  readonly register: ImportRegister;
}

export interface Clearing extends Finishing {
  readonly ids: Ids;
  /** Whether it was received, and is not at its end. */
  readonly isOpen: (id: string) => boolean;
  readonly now: number;
}

/** The file of an import that is at its end goes, and with that it is over. Repeating it changes nothing. */
export async function finishImport({ store, register }: Finishing, id: string): Promise<void> {
  for (const fileId of register.get(id)?.files ?? []) await clearFile({ store }, fileId);
  await register.over(id);
}

/** What is over for long goes, and what a fall of the program has left behind. */
export async function clearImports(clearing: Clearing): Promise<void> {
  const { register, isOpen, now } = clearing;
  const over: Registered[] = [];
  for (const one of register.all) {
    if (one.overAt !== undefined) over.push(one);
    else if (!isOpen(one.id)) await clearLeft(clearing, one).catch(pass);
  }
  const surplus = over.length - keptMax;
  for (const [place, one] of over.entries())
    if (place < surplus || Date.parse(one.overAt ?? '') <= now - keptDays * 86_400_000)
      await clearAway(clearing, one).catch(pass);
}

/** An import of which something can't be read stays as it is, and keeps no others: the scrubber and the doctor tell of it. */
export function pass(error: unknown): void {
  if (!(error instanceof Damaged)) throw error;
}

/** Ended, and its file not cleared; or begun, and never received. */
async function clearLeft(clearing: Clearing, { id, from, files, begunAt }: Registered): Promise<void> {
  const { store, register, now } = clearing;
  const job = await readImport(store, id, from);
  if (job !== undefined) {
    if (job.endedAt !== undefined) await finishImport(clearing, id);
    return;
  }
  if (Date.parse(begunAt) > now - onTheWayMs) return;
  for (const fileId of files) await clearFile({ store }, fileId);
  await register.gone(id);
}

async function clearAway({ store, ids, register }: Clearing, { id, from }: Registered): Promise<void> {
  const job = await readImport(store, id, from);
  if (job !== undefined)
    await appendToImport(
      { store, ids },
      { id, type: 'ImportCleared', data: {}, content: null },
      job.revision,
    );
  await clearStream(store, streamOfImport(id));
  await register.gone(id);
}
