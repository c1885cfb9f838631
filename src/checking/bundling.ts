import {
  at,
  bundleFiles,
  consistencyRanges,
  inclusionRanges,
  isSame,
  LedgerFault,
  nodeCrypto,
  parseCheckpoint,
  parseEntries,
  parseLeaf,
  parseNote,
  parsePayloads,
  paths,
  tilePath,
  tilesAt,
  tilesBetween,
  tileWidth,
} from '#libs/ledger';
import type { Checkpoint, FileReader, Json, JsonObject, Leaf, Payload, Tile } from '#libs/ledger';
import { CannotCheck } from './cannot-check.js';
import { hasher, nodesFor, rootOf } from './log-nodes.js';

/** Takes the files of a bundle one after the other. */
export interface Sink {
  add(path: string, bytes: Uint8Array): void;
}

export interface Wanted {
  /** The key of an irritant or dialogue, such as RUUS-1, or the name of a stream. */
  readonly key: string;
  readonly onProgress?: (done: number, all: number) => void;
}

export interface Made {
  /** The stream; absent for a whole log. */
  readonly stream?: string;
  readonly entries: number;
  readonly withheld: number;
}

interface Entry {
  readonly leaf: Leaf;
  readonly entry: Uint8Array;
  readonly payload?: Payload;
}

const dialoguePrefix = 'dialogue-';

/** Makes the bundle of what is called by the key: the history of one stream, or the whole log where that is its dialogue. */
export async function bundled(log: FileReader, sink: Sink, wanted: Wanted): Promise<Made> {
  const signed = await log.read(paths.checkpoint);
  if (signed === undefined) throw new CannotCheck('There is no checkpoint to make a bundle of.');
  const checkpoint = parseCheckpoint(parseNote(signed).text);
  const found = new StreamOf(wanted.key);
  for (const tile of tilesAt('entries', 0, checkpoint.size)) {
    for (const one of await entriesOf(log, tile)) found.add(one);
    if (found.stream?.startsWith(dialoguePrefix) === true)
      return wholeLog(log, sink, { signed, checkpoint, wanted });
    wanted.onProgress?.(tile.index * tileWidth + tile.width, checkpoint.size);
  }
  const { stream, entries } = found;
  if (stream === undefined)
    throw new CannotCheck(
      `No entry of ${checkpoint.origin} is called ${wanted.key}: see that its payloads can be read, or name its stream.`,
    );
  const earlier = await earlierOf(log, checkpoint.size);
  const nodes = await nodesFor(log, checkpoint.size, [
    { start: 0, end: checkpoint.size },
    ...entries.flatMap(({ leaf: { seq } }) => [
      { start: seq, end: seq + 1 },
      ...inclusionRanges(seq, checkpoint.size),
    ]),
    ...earlier.flatMap(({ size }) => consistencyRanges(size, checkpoint.size)),
  ]);
  if (!isSame(rootOf(nodes, checkpoint.size), checkpoint.root))
    throw new LedgerFault('root-wrong', 'The hashes of the log are not those of its checkpoint.');
  for (const { leaf, entry } of entries)
    if (!isSame(hasher.leaf(entry), nodes(0, leaf.seq)))
      throw new LedgerFault('leaf-wrong', 'The leaf is not the one that was logged.', leaf.seq);
  for (const [path, bytes] of bundleFiles(nodeCrypto, {
    stream,
    checkpoint,
    signed,
    earlier,
    entries,
    nodes,
  }))
    sink.add(path, bytes);
  return {
    stream,
    entries: entries.length,
    withheld: entries.filter(({ payload }) => payload === undefined).length,
  };
}

/** Finds the stream that is called by a key, and keeps its entries. */
class StreamOf {
  readonly entries: Entry[] = [];
  stream: string | undefined;

  constructor(private readonly key: string) {}

  add(one: Entry): void {
    const { stream, rev } = one.leaf;
    if (this.stream === undefined && rev === 0 && namesOf(one).includes(this.key)) this.stream = stream;
    if (stream === this.stream) this.entries.push(one);
  }
}

/** What an irritant or dialogue is called by: its stream, its id, and the key or prefix that people use. */
function namesOf({ leaf: { stream }, payload }: Entry): readonly (Json | undefined)[] {
  const data = payload?.data?.['data'] as JsonObject | undefined;
  return [stream, stream.replace(/^[a-z]+-/, ''), data?.['key'], data?.['keyPrefix']];
}

async function entriesOf(log: FileReader, tile: Tile): Promise<readonly Entry[]> {
  const first = tile.index * tileWidth;
  const path = tilePath(tile);
  const bytes = await log.read(path);
  if (bytes === undefined) throw new LedgerFault('file-missing', `${path} is missing.`, first);
  const kept = await log.read(paths.payloads(tile));
  const payloads = kept === undefined ? undefined : parsePayloads(kept, first, tile.width);
  return parseEntries(bytes, tile).map((entry, index) => {
    const leaf = at(first + index, () => parseLeaf(entry));
    if (leaf.seq !== first + index)
      throw new LedgerFault('index-wrong', `The leaf says to be ${leaf.seq}.`, first + index);
    const payload = payloads?.[index];
    return { leaf, entry: entry.slice(), ...(payload === undefined ? {} : { payload }) };
  });
}

/** The checkpoints that a mirror kept, as somebody countersigned them. */
async function earlierOf(
  log: FileReader,
  size: number,
): Promise<readonly { size: number; signed: Uint8Array }[]> {
  const sizes: number[] = [];
  for await (const { path } of log.list?.() ?? []) {
    const [, count] = /^checkpoints\/(\d+)$/.exec(path) ?? [];
    if (count !== undefined && Number(count) <= size) sizes.push(Number(count));
  }
  const earlier: { size: number; signed: Uint8Array }[] = [];
  for (const one of sizes.toSorted((first, second) => first - second)) {
    const signed = await log.read(paths.earlier(one));
    if (signed !== undefined) earlier.push({ size: one, signed });
  }
  return earlier;
}

interface WholeLog {
  readonly signed: Uint8Array;
  readonly checkpoint: Checkpoint;
  readonly wanted: Wanted;
}

/** As a mirror has it. */
async function wholeLog(
  log: FileReader,
  sink: Sink,
  { signed, checkpoint, wanted }: WholeLog,
): Promise<Made> {
  const { size } = checkpoint;
  let withheld = 0;
  sink.add(paths.checkpoint, signed);
  for (const one of await earlierOf(log, size)) sink.add(paths.earlier(one.size), one.signed);
  for (const tile of tilesBetween(0, size)) {
    const bytes = await log.read(tilePath(tile));
    if (bytes === undefined) throw new LedgerFault('file-missing', `${tilePath(tile)} is missing.`);
    sink.add(tilePath(tile), bytes);
    if (tile.level !== 'entries') continue;
    const payloads = await log.read(paths.payloads(tile));
    if (payloads === undefined) withheld += tile.width;
    else sink.add(paths.payloads(tile), payloads);
    wanted.onProgress?.(tile.index * tileWidth + tile.width, size);
  }
  return { entries: size, withheld };
}
