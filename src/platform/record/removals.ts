import { closeSync, existsSync, fsyncSync, ftruncateSync, openSync, readFileSync, writeSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { EventStoreError, Unavailable } from '#libs/event-store';
import type { ErasedSince } from '#libs/event-store-sqlite';
import { makePrivate, syncEntriesOf } from '#libs/private-files';

/** A line of the journal. */
type Removal =
  | {
      readonly kind: 'content-erased';
      readonly stream: string;
      readonly revision: number;
      readonly id: string;
    }
  | { readonly kind: 'key-revoked'; readonly id: string };

/** The journal can't be read or made; the message says why and how to mend it. */
export class JournalUnusable extends EventStoreError {
  constructor(file: string, reason: string, options?: ErrorOptions) {
    super(`The journal ${file} can't be used: ${reason}`, options);
  }
}

/**
 * What was taken away from a record for good: erased words and revoked keys. It lies outside the data folder, so that it
 * is not older than a backup that is put in its place; it holds ids and no words. One line of JSON for each.
 */
export class Removals {
  readonly #erased = new Map<string, ErasedSince>();
  readonly #revoked = new Set<string>();

  private constructor(readonly file: string) {}

  /** Makes the file where there is none. Throws `JournalUnusable`. */
  static open(file: string): Removals {
    const journal = Removals.read(file, { make: true });
    // What a crash left half written is written again: the record knows of it.
    const whole = wholeLines(readFileSync(journal.file, 'utf8'));
    const handle = openSync(journal.file, 'r+');
    ftruncateSync(handle, Buffer.byteLength(whole));
    closeSync(handle);
    return journal;
  }

  /** As it is, without changing it. Throws `JournalUnusable`, also where there is none and none is to be made. */
  static read(file: string, { make = false } = {}): Removals {
    const journal = new Removals(resolve(file));
    try {
      if (make) makeFile(journal.file);
      const lines = readFileSync(journal.file, 'utf8').split('\n');
      const cutShort = lines.pop() ?? '';
      lines.forEach((line, index) => journal.#keep(parsed(line, index + 1, file)));
      if (!mayBeOurs(cutShort)) throw strange(file, lines.length + 1);
      return journal;
    } catch (error) {
      if (error instanceof JournalUnusable) throw error;
      const { message, code } = error as NodeJS.ErrnoException;
      if (!make && code === 'ENOENT')
        throw new JournalUnusable(
          file,
          'there is none. See that its name is right and its disk is there. Where it is lost, leave ENTENTE_JOURNAL out this once: then nothing says what was taken away since the copy.',
          { cause: error },
        );
      throw new JournalUnusable(file, `${message}. Name a file that this user may write.`, { cause: error });
    }
  }

  /** Events whose words were erased; as many as there ever were erasures. */
  get erased(): Iterable<ErasedSince> {
    return this.#erased.values();
  }

  hasErased(id: string): boolean {
    return this.#erased.has(id);
  }

  /** The ids of revoked keys. */
  get revoked(): ReadonlySet<string> {
    return this.#revoked;
  }

  /** Durable when it returns; what is known already is not written again. Throws `Unavailable` where the disk refuses. */
  addErased({ stream, revision, id }: ErasedSince): void {
    if (!this.hasErased(id)) this.#add({ kind: 'content-erased', stream, revision: Number(revision), id });
  }

  /** Like `addErased`. */
  addRevoked(id: string): void {
    if (!this.#revoked.has(id)) this.#add({ kind: 'key-revoked', id });
  }

  #add(removal: Removal): void {
    try {
      const handle = openSync(this.file, 'a');
      try {
        writeSync(handle, `${JSON.stringify(removal)}\n`);
        fsyncSync(handle);
      } finally {
        closeSync(handle);
      }
    } catch (cause) {
      throw new Unavailable(
        `The journal ${this.file} can't be written (${(cause as Error).message}), so a backup that is restored would bring back what was taken away. Make room or give this user the file, and do it again.`,
        { cause },
      );
    }
    this.#keep(removal);
  }

  #keep(removal: Removal): void {
    if (removal.kind === 'key-revoked') this.#revoked.add(removal.id);
    else this.#erased.set(removal.id, { ...removal, revision: BigInt(removal.revision) });
  }
}

function makeFile(file: string): void {
  const isNew = !existsSync(file);
  makePrivate(file);
  if (isNew) syncEntriesOf(dirname(file));
}

/** Up to the last line that has its end. */
function wholeLines(text: string): string {
  return text.slice(0, text.lastIndexOf('\n') + 1);
}

const beginnings = ['{"kind":"content-erased",', '{"kind":"key-revoked",'];

/** Whether it may be a line that a crash cut short: after a power cut there may be zeros in place of what was written. */
function mayBeOurs(cutShort: string): boolean {
  const [written = ''] = cutShort.split('\0');
  return beginnings.some((one) => one.startsWith(written) || written.startsWith(one));
}

function parsed(line: string, number: number, file: string): Removal {
  try {
    const { kind, id, stream, revision } = JSON.parse(line) as Record<string, unknown>;
    if (kind === 'key-revoked' && typeof id === 'string') return { kind, id };
    if (
      kind === 'content-erased' &&
      typeof id === 'string' &&
      typeof stream === 'string' &&
      typeof revision === 'number' &&
      Number.isSafeInteger(revision)
    )
      return { kind, id, stream, revision };
  } catch {
    // It is told below.
  }
  throw strange(file, number);
}

function strange(file: string, number: number): JournalUnusable {
  return new JournalUnusable(
    file,
    `its line ${number} is none of Entente's. Put the file back as it was, or, where it belongs to something else, name another.`,
  );
}
