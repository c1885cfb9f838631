import { closeSync, existsSync, fsyncSync, openSync, writeSync } from 'node:fs';
import { rename, rm } from 'node:fs/promises';
import { dirname } from 'node:path';
import { fileBytesMax, LedgerFault } from '#libs/ledger';
import type { FileReader } from '#libs/ledger';
import { syncEntriesOf } from '#libs/private-files';
import { CannotCheck, fileFault } from './cannot-check.js';
import { newDraft, readAll } from './plain-files.js';

const block = 512;
/** A history of 100,000 entries has three files for each. */
const filesMax = 400_000;
const nameBytes = 100;
const octal = (value: number, digits: number) => `${value.toString(8).padStart(digits, '0')}\0`;

function sumOf(header: Uint8Array): number {
  return header.reduce((sum, byte, at) => sum + (at >= 148 && at < 156 ? 32 : byte), 0);
}

/** The header of one file (POSIX.1-2017 pax, "ustar Interchange Format"); the same for the same file. */
function headerOf(path: string, size: number): Buffer {
  if (path.length > nameBytes) throw new RangeError(`${path} is too long a name.`);
  const header = Buffer.alloc(block);
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
    const rest = (block - (bytes.length % block)) % block;
    for (const part of [headerOf(path, bytes.length), bytes, Buffer.alloc(rest)]) this.#write(part);
  }

  end(): void {
    this.#write(Buffer.alloc(2 * block));
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

interface Place {
  readonly offset: number;
  readonly size: number;
}

/** An archive of plain files, looked through once; whatever else a tar may hold is refused. */
export class TarFile implements FileReader {
  readonly #handle: number;
  readonly #places = new Map<string, Place>();

  constructor(path: string) {
    try {
      this.#handle = openSync(path, 'r');
    } catch (error) {
      throw fileFault(path, error);
    }
    let offset = 0;
    for (let next = this.#header(offset); next !== undefined; next = this.#header(offset)) {
      const { name, size } = next;
      if (this.#places.has(name)) throw refused(name, 'stands in the archive twice');
      if (this.#places.size === filesMax)
        throw new LedgerFault('too-large', `The archive has more than ${filesMax} files.`);
      if (size > fileBytesMax(name)) throw new LedgerFault('too-large', `${name} has ${size} bytes.`);
      this.#places.set(name, { offset: offset + block, size });
      offset += block + Math.ceil(size / block) * block;
    }
  }

  /** Undefined at the end, which is a block of zeros. */
  #header(offset: number): { readonly name: string; readonly size: number } | undefined {
    const header = readAll(this.#handle, offset, block);
    if (header.length < block) throw new LedgerFault('malformed', 'The archive ends too early.');
    const text = Buffer.from(header).toString('latin1');
    if (/^\0*$/.test(text)) return undefined;
    const [name = ''] = text.slice(0, nameBytes).split('\0');
    const number = (from: number, to: number) => {
      const [, digits] = /^ *([0-7]+)[ \0]*$/.exec(text.slice(from, to)) ?? [];
      if (digits === undefined) throw refused(name, 'has a header that is no header of a tar');
      return Number.parseInt(digits, 8);
    };
    if (number(148, 156) !== sumOf(header)) throw refused(name, 'has a header whose sum is wrong');
    if (!/^[0\0]$/.test(text[156] ?? ''))
      throw refused(name, 'is a link, a folder or something else than a file');
    if (!/^\0*$/.test(text.slice(345, 500))) throw refused(name, 'has a name in two parts');
    return { name, size: number(124, 136) };
  }

  read(path: string): Promise<Uint8Array | undefined> {
    const place = this.#places.get(path);
    if (place === undefined) return Promise.resolve(undefined);
    const bytes = readAll(this.#handle, place.offset, place.size);
    if (bytes.length < place.size)
      return Promise.reject(new LedgerFault('malformed', `The archive ends within ${path}.`));
    return Promise.resolve(bytes);
  }

  async *list(): AsyncGenerator<{ readonly path: string; readonly bytes: number }> {
    for (const [path, { size }] of this.#places) yield await Promise.resolve({ path, bytes: size });
  }

  close(): void {
    closeSync(this.#handle);
  }
}

function refused(name: string, why: string): LedgerFault {
  return new LedgerFault('path-refused', `“${name}” ${why}.`);
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
