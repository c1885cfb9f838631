import { closeSync, existsSync, fsyncSync, openSync, writeSync } from 'node:fs';
import { rename, rm } from 'node:fs/promises';
import { dirname } from 'node:path';
import { LedgerFault } from '#libs/ledger';
import { syncEntriesOf } from '#libs/private-files';
import { Archive, nameBytes, sumOf, tarBlock } from './archive.js';
import { CannotCheck, fileFault } from './cannot-check.js';
import { newDraft, readAll } from './plain-files.js';

const octal = (value: number, digits: number) => `${value.toString(8).padStart(digits, '0')}\0`;

/** The header of one file (POSIX.1-2017 pax, "ustar Interchange Format"); the same for the same file. */
function headerOf(path: string, size: number): Buffer {
  if (path.length > nameBytes) throw new RangeError(`${path} is too long a name.`);
  const header = Buffer.alloc(tarBlock);
  header.write(path, 0, 'latin1');
  header.write(octal(0o600, 7) + octal(0, 7) + octal(0, 7) + octal(size, 11) + octal(0, 11), 100, 'latin1');
  header.write('0', 156, 'latin1');
  header.write('ustar\u000000', 257, 'latin1');
  header.write(`${octal(sumOf(header), 6)} `, 148, 'latin1');
  return header;
}

/** Writes files one after the other; `end` makes the archive whole and durable. */
class TarWriter {
  constructor(
    private readonly path: string,
    private readonly handle: number,
  ) {}

  add(path: string, bytes: Uint8Array): void {
    const rest = (tarBlock - (bytes.length % tarBlock)) % tarBlock;
    for (const part of [headerOf(path, bytes.length), bytes, Buffer.alloc(rest)]) this.#write(part);
  }

  end(): void {
    this.#write(Buffer.alloc(2 * tarBlock));
    fsyncSync(this.handle);
  }

  #write(bytes: Uint8Array): void {
    try {
      for (let place = 0; place < bytes.length;) place += writeSync(this.handle, bytes, place);
    } catch (error) {
      throw fileFault(this.path, error);
    }
  }
}

/** An archive on the disk, of which no more is read than what is asked for. */
export function openedArchive(path: string): Archive {
  try {
    const handle = openSync(path, 'r');
    // Whoever names another file is told so, and not that the record is wrong.
    if (Buffer.from(readAll(handle, 257, 5)).toString('latin1') !== 'ustar')
      throw new CannotCheck(
        `${path} is no archive: name a bundle, the folder of a mirror, or the address of a server.`,
      );
    return new Archive((offset, length) => readAll(handle, offset, length));
  } catch (error) {
    throw error instanceof LedgerFault || error instanceof CannotCheck ? error : fileFault(path, error);
  }
}

/** Makes an archive that is whole or not there at all; one that is there is left alone. */
export async function archived<T>(path: string, fill: (sink: TarWriter) => Promise<T>): Promise<T> {
  if (existsSync(path))
    throw new CannotCheck(`${path} is there already: remove it, or name another with --out.`);
  const folder = dirname(path);
  const draft = opened(folder, path);
  const writer = new TarWriter(path, draft.handle);
  try {
    const made = await fill(writer);
    writer.end();
    await rename(draft.path, path);
    syncEntriesOf(folder);
    return made;
  } catch (error) {
    await rm(draft.path, { force: true });
    throw error;
  } finally {
    closeSync(draft.handle);
  }
}

function opened(folder: string, path: string): ReturnType<typeof newDraft> {
  try {
    return newDraft(folder);
  } catch (error) {
    throw fileFault(path, error);
  }
}
