import { LedgerFault } from './faults.js';
import { parseTilePath, tilePath } from './tiles.js';
import type { Tile } from './tiles.js';

/** The files of a bundle or mirror, wherever they lie: a folder, an archive, a server. */
export interface FileReader {
  /** Undefined where there is no such file. */
  read(path: string): Promise<Uint8Array | undefined>;
  /** All that is there; absent where nothing can list it, as over HTTP. */
  list?(): AsyncIterable<{ readonly path: string; readonly bytes: number }>;
}

export const paths = {
  manifest: 'manifest.json',
  checkpoint: 'checkpoint',
  report: 'report.html',
  /** An earlier checkpoint that somebody countersigned. */
  earlier: (size: number) => `checkpoints/${size}`,
  /** From an earlier checkpoint to the newest one, as base64 of hashes, one a line. */
  consistency: (size: number) => `consistency/${size}`,
  /** The payloads of a bundle of entries, one a line. */
  payloads: (tile: Tile) => tilePath(tile).replace(/^tile\/entries\//, 'payloads/'),
  leaf: (seq: number) => `leaves/${seq}.json`,
  proof: (seq: number) => `proofs/${seq}.tlog-proof`,
  payload: (seq: number) => `payload/${seq}.json`,
};

const megabyte = 1_000_000;
const count = '(?:0|[1-9]\\d{0,15})';

/** The greatest file of each kind; a bundle of entries has 256 leaves of 65,535 bytes and their lengths. */
const kinds: readonly { readonly form: RegExp; readonly bytesMax: number }[] = [
  { form: /^manifest\.json$/, bytesMax: 16 * megabyte },
  { form: /^checkpoint$/, bytesMax: megabyte },
  { form: new RegExp(`^(?:checkpoints|consistency)/${count}$`), bytesMax: megabyte },
  { form: /^report\.html$/, bytesMax: 256 * megabyte },
  { form: new RegExp(`^leaves/${count}\\.json$`), bytesMax: 65_535 },
  { form: new RegExp(`^proofs/${count}\\.tlog-proof$`), bytesMax: megabyte },
  { form: new RegExp(`^payload/${count}\\.json$`), bytesMax: 16 * megabyte },
];

/** How many bytes a file of a bundle or mirror has at the most, by its path; refuses what is no such file. */
export function fileBytesMax(path: string): number {
  const kind = kinds.find(({ form }) => form.test(path));
  if (kind !== undefined) return kind.bytesMax;
  const isPayloads = path.startsWith('payloads/');
  if (!isPayloads && !path.startsWith('tile/'))
    throw new LedgerFault('path-refused', `“${path}” is no file of a bundle or mirror.`);
  const tile = parseTilePath(isPayloads ? path.replace(/^payloads\//, 'tile/entries/') : path);
  if (isPayloads) return 64 * megabyte;
  return tile.level === 'entries' ? 256 * (65_535 + 2) : 256 * 32;
}

/** Refuses what is no file of a bundle or mirror (a path that leads out of it is none), and what is too great to be one. */
function checkFile(path: string, bytes: number): void {
  const bytesMax = fileBytesMax(path);
  if (bytes > bytesMax)
    throw new LedgerFault('too-large', `${path} has ${bytes} bytes, and ${bytesMax} at the most.`);
}

/** Looks at all that can be listed, and gives the sizes of the earlier checkpoints that are there. */
export async function checkListed(files: FileReader): Promise<readonly number[]> {
  const earlier: number[] = [];
  if (files.list === undefined) return earlier;
  for await (const { path, bytes } of files.list()) {
    checkFile(path, bytes);
    const [, size] = /^checkpoints\/(\d+)$/.exec(path) ?? [];
    if (size !== undefined) earlier.push(Number(size));
  }
  return earlier;
}

export async function readIfThere(files: FileReader, path: string): Promise<Uint8Array | undefined> {
  const bytes = await files.read(path);
  if (bytes !== undefined) checkFile(path, bytes.length);
  return bytes;
}

export async function readFile(files: FileReader, path: string): Promise<Uint8Array> {
  const bytes = await readIfThere(files, path);
  if (bytes === undefined) throw new LedgerFault('file-missing', `${path} is missing.`);
  return bytes;
}
