import {
  appendFileSync,
  closeSync,
  existsSync,
  fsyncSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
} from 'node:fs';
import { open } from 'node:fs/promises';
import { dirname } from 'node:path';
import { firstName, isEarlierName } from '#libs/ledger';
import { syncEntriesOf } from '#libs/private-files';
import { LedgerKeyUnusable, writePrivateFile } from './log-keys.js';

/** The size and root that a checkpoint said last. */
export interface Head {
  readonly size: number;
  /** In base64. */
  readonly root: string;
}

const header = 'entente-ledger-guard/v1\n';
const line = /^(\S+) (0|[1-9]\d{0,15}) ([A-Za-z0-9+/]{43}=)$/;
/** Above so many lines for each log the file is written anew. */
const linesPerLog = 50;

/**
 * What was signed last of each log, in a file outside the data folder: where the folder is put back to an earlier state,
 * this still knows. Lines are added and never changed; the last one of an origin counts.
 */
export class Guard {
  readonly #heads = new Map<string, Head>();
  /** Of each log the last name under which something was signed, by its first. */
  readonly #latest = new Map<string, string>();
  #lines = 0;
  /** A disk that is full may have taken a part of a line, behind which the next one would stand. */
  #mayBeTorn = false;

  private constructor(private readonly file: string) {}

  static exists(file: string): boolean {
    return existsSync(file);
  }

  /** Where there is none yet. */
  static make(file: string): void {
    writePrivateFile(file, header);
  }

  /** To be added to: a file that is torn or long is written anew first. */
  static read(file: string): Guard {
    return Guard.look(file).tidied();
  }

  /** One that is only looked at stays as it is. */
  static look(file: string): Guard {
    const guard = new Guard(file);
    const text = readFileSync(file, 'utf8');
    if (!text.startsWith(header))
      throw new LedgerKeyUnusable(
        `${file} is no guard file of a log: see what it is, and set ENTENTE_LEDGER_GUARD.`,
      );
    const lines = text.slice(header.length).split('\n');
    // What was not written to its end was not shown to anybody either.
    guard.#mayBeTorn = lines.pop() !== '';
    for (const one of lines) guard.#take(one);
    return guard;
  }

  tidied(): this {
    if (this.#mayBeTorn || this.#lines > linesPerLog * Math.max(this.#heads.size, 20)) this.#writeAnew();
    return this;
  }

  #take(one: string): void {
    const [, origin, size, root] = line.exec(one) ?? [];
    if (origin === undefined || size === undefined || root === undefined)
      throw new LedgerKeyUnusable(
        `${this.file} has a line that no log wrote, “${one.slice(0, 60)}”: put back the file as it was.`,
      );
    this.#lines += 1;
    this.#know({ origin, size: Number(size), root });
  }

  #know({ origin, size, root }: Head & { readonly origin: string }): void {
    this.#heads.set(origin, { size, root });
    const first = firstName(origin);
    const latest = this.#latest.get(first);
    if (latest === undefined || isEarlierName(latest, origin)) this.#latest.set(first, origin);
  }

  /** Of which something was ever signed. */
  origins(): IterableIterator<string> {
    return this.#heads.keys();
  }

  /** The name under which something was signed of the same log since it had this one, by beginning anew. */
  laterName(origin: string): string | undefined {
    const latest = this.#latest.get(firstName(origin));
    return latest !== undefined && isEarlierName(origin, latest) ? latest : undefined;
  }

  headOf(origin: string): Head | undefined {
    return this.#heads.get(origin);
  }

  /** On the disk once this returns. */
  keep(heads: readonly (Head & { readonly origin: string })[]): void {
    this.#prepare();
    const handle = openSync(this.file, 'a');
    try {
      appendFileSync(handle, linesOf(heads));
      fsyncSync(handle);
    } catch (error) {
      this.#mayBeTorn = true;
      throw error;
    } finally {
      closeSync(handle);
    }
    this.#knowAll(heads);
  }

  /** The same for who signs each second, once this resolves: nobody else stands still while the disk is waited for. */
  async keepAsync(heads: readonly (Head & { readonly origin: string })[]): Promise<void> {
    this.#prepare();
    const handle = await open(this.file, 'a');
    try {
      await handle.appendFile(linesOf(heads));
      await handle.sync();
    } catch (error) {
      this.#mayBeTorn = true;
      throw error;
    } finally {
      await handle.close();
    }
    this.#knowAll(heads);
  }

  /** A file that somebody took away would begin without its first line, and no start would take it. */
  #prepare(): void {
    if (this.#mayBeTorn || !existsSync(this.file)) this.#writeAnew();
  }

  #knowAll(heads: readonly (Head & { readonly origin: string })[]): void {
    for (const head of heads) this.#know(head);
    this.#lines += heads.length;
  }

  #writeAnew(): void {
    const draft = `${this.file}.draft`;
    rmSync(draft, { force: true });
    writePrivateFile(draft, header + [...this.#heads].map(([origin, head]) => lineOf(origin, head)).join(''));
    renameSync(draft, this.file);
    syncEntriesOf(dirname(this.file));
    this.#lines = this.#heads.size;
    this.#mayBeTorn = false;
  }
}

function linesOf(heads: readonly (Head & { readonly origin: string })[]): string {
  return heads.map((one) => lineOf(one.origin, one)).join('');
}

function lineOf(origin: string, { size, root }: Head): string {
  return `${origin} ${size} ${root}\n`;
}
