import { fileBytesMax, LedgerFault } from '#libs/ledger';
import type { FileReader } from '#libs/ledger';

export const tarBlock = 512;
export const nameBytes = 100;
/** A history of 100,000 entries has three files for each. */
const filesMax = 400_000;

/** The sum of a header's bytes, its own field taken for blanks. */
export function sumOf(header: Uint8Array): number {
  return header.reduce((sum, byte, at) => sum + (at >= 148 && at < 156 ? 32 : byte), 0);
}

interface Place {
  readonly offset: number;
  readonly size: number;
}

/** An archive of plain files, looked through once; whatever else a tar may hold is refused. */
export class Archive implements FileReader {
  readonly #places = new Map<string, Place>();

  /** `readAt` gives so many bytes from a place on, or those that are there. */
  constructor(private readonly readAt: (offset: number, length: number) => Uint8Array) {
    let offset = 0;
    for (let next = this.#header(offset); next !== undefined; next = this.#header(offset)) {
      const { name, size } = next;
      if (this.#places.has(name)) throw refused(name, 'stands in the archive twice');
      if (this.#places.size === filesMax)
        throw new LedgerFault('too-large', `The archive has more than ${filesMax} files.`);
      if (size > fileBytesMax(name)) throw new LedgerFault('too-large', `${name} has ${size} bytes.`);
      this.#places.set(name, { offset: offset + tarBlock, size });
      offset += tarBlock + Math.ceil(size / tarBlock) * tarBlock;
    }
  }

  /** Undefined at the end, which is a block of zeros. */
  #header(offset: number): { readonly name: string; readonly size: number } | undefined {
    const header = this.readAt(offset, tarBlock);
    if (header.length < tarBlock) throw new LedgerFault('malformed', 'The archive ends too early.');
    const text = String.fromCharCode(...header);
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
    const bytes = this.readAt(place.offset, place.size);
    if (bytes.length < place.size)
      return Promise.reject(new LedgerFault('malformed', `The archive ends within ${path}.`));
    return Promise.resolve(bytes);
  }

  async *list(): AsyncGenerator<{ readonly path: string; readonly bytes: number }> {
    for (const [path, { size }] of this.#places) yield await Promise.resolve({ path, bytes: size });
  }
}

function refused(name: string, why: string): LedgerFault {
  return new LedgerFault('path-refused', `“${name}” ${why}.`);
}
