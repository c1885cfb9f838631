import { createHash } from 'node:crypto';
import { linkSync, mkdirSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { formatCheckpoint, LedgerFault, parseCheckpoint } from '#libs/ledger';
import type { Checkpoint } from '#libs/ledger';
import { syncEntriesOf } from '#libs/private-files';
import { CannotCheck, fileFault } from './cannot-check.js';
import { draftIn, draftPrefix, readBounded } from './plain-files.js';

/** What was cosigned last of one log, and as which in turn. */
export interface Seen {
  readonly turn: number;
  readonly checkpoint: Checkpoint | undefined;
}

const bytesMax = 10_000;

/** A file that stands in for what was cosigned until there is something; it is made with the key and never again. */
export const nothingYet = 'nothing-yet';

/** Whether a folder says what was cosigned, or that nothing was: an empty one has forgotten. */
export function hasMemory(folder: string): boolean {
  try {
    return readdirSync(folder).some((name) => !name.startsWith(draftPrefix));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return false;
    throw fileFault(folder, error);
  }
}

/**
 * What a witness has cosigned last of each log: one file a turn, whose name is taken by a hard link and thus by one process
 * alone, so that a server and an air-gapped run may share the folder. The file of the last turn is never removed; whoever
 * took an earlier turn after it was gone finds the later one and has not got it.
 */
export class WitnessMemory {
  constructor(private readonly folder: string) {}

  #folderOf(origin: string): string {
    return join(this.folder, createHash('sha256').update(origin).digest('hex'));
  }

  latestOf(origin: string): Seen {
    const folder = this.#folderOf(origin);
    for (;;) {
      const turn = Math.max(0, ...turnsIn(folder));
      if (turn === 0) return { turn, checkpoint: undefined };
      const file = join(folder, String(turn));
      const bytes = readBounded(file, bytesMax);
      // Another process has gone on and removed it.
      if (bytes === undefined) continue;
      return { turn, checkpoint: read(file, bytes, origin) };
    }
  }

  /** Makes it the latest, on the disk; false where somebody else took the turn. Only after true may it be cosigned. */
  take({ turn }: Seen, checkpoint: Checkpoint): boolean {
    const folder = this.#folderOf(checkpoint.origin);
    const next = turn + 1;
    let draft: string | undefined;
    try {
      mkdirSync(folder, { recursive: true, mode: 0o700 });
      syncEntriesOf(this.folder);
      draft = draftIn(folder, Buffer.from(formatCheckpoint(checkpoint)));
      if (!linked(draft, join(folder, String(next)))) return false;
      syncEntriesOf(folder);
      rmSync(join(this.folder, nothingYet), { force: true });
      const turns = turnsIn(folder);
      if (Math.max(...turns) !== next) {
        rmSync(join(folder, String(next)), { force: true });
        return false;
      }
      for (const one of turns) if (one < next) rmSync(join(folder, String(one)), { force: true });
      return true;
    } catch (error) {
      throw fileFault(folder, error);
    } finally {
      if (draft !== undefined) rmSync(draft, { force: true });
    }
  }
}

function linked(draft: string, file: string): boolean {
  try {
    linkSync(draft, file);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    return false;
  }
}

function turnsIn(folder: string): readonly number[] {
  try {
    return readdirSync(folder)
      .filter((name) => /^[1-9]\d*$/.test(name))
      .map(Number);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return [];
    throw fileFault(folder, error);
  }
}

function read(file: string, bytes: Uint8Array, origin: string): Checkpoint {
  try {
    const checkpoint = parseCheckpoint(Buffer.from(bytes).toString('utf8'));
    if (checkpoint.origin === origin) return checkpoint;
  } catch (error) {
    if (!(error instanceof LedgerFault)) throw error;
  }
  throw new CannotCheck(
    `${file} is damaged: what was cosigned last of ${origin} is not known, so nothing of it is cosigned. Put the file back as it was.`,
  );
}
