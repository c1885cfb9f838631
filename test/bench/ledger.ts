import { spawnSync } from 'node:child_process';
import { hash } from 'node:crypto';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import {
  contentHash,
  formatCheckpoint,
  formatEntries,
  formatLeaf,
  formatPayload,
  formatVerifierKey,
  Frontier,
  inclusionProof,
  leafOf,
  nodeCrypto,
  nodesOfTiles,
  parseEntries,
  parsePolicy,
  paths,
  payloadOf,
  tileBytes,
  tilePath,
  tilesBetween,
  Tree,
  TreeHasher,
  verifyMirror,
} from '#libs/ledger';
import type { Head, LedgerEvent, Tile } from '#libs/ledger';
import { signedBy, testSigner } from '#libs/ledger/testing';

/**
 * What the ledger costs in CPU: hashing beside SHA-256 alone, deriving leaves, proofs from tiles, and a whole mirror.
 * Arguments: leaves of the tree, events of the mirror.
 */
const print = (line: string) => process.stdout.write(`${line}\n`);

async function cpuSeconds(work: () => unknown): Promise<number> {
  const begun = process.cpuUsage();
  await work();
  const { user, system } = process.cpuUsage(begun);
  return (user + system) / 1e6;
}

/** As many bytes as a leaf has; another number in each. */
function numbered(bytes: Uint8Array, index: number): Uint8Array {
  bytes[0] = index % 256;
  bytes[1] = Math.floor(index / 256) % 256;
  bytes[2] = Math.floor(index / 65_536);
  return bytes;
}

async function hashing(count: number, leafBytes: number): Promise<void> {
  const entry = new Uint8Array(leafBytes);
  const prefixed = new Uint8Array(leafBytes + 1);
  const node = new Uint8Array(65);
  const hasher = new TreeHasher(nodeCrypto);
  const bare = await cpuSeconds(() => {
    for (let index = 0; index < count; index++) hash('sha256', numbered(prefixed, index), 'binary');
    for (let index = 1; index < count; index++) hash('sha256', numbered(node, index), 'binary');
  });
  const root = await cpuSeconds(() => {
    const frontier = new Frontier(hasher);
    for (let index = 0; index < count; index++) frontier.appendEntry(numbered(entry, index));
    frontier.root();
  });
  const kept = await cpuSeconds(() => {
    const tree = new Tree(hasher);
    for (let index = 0; index < count; index++) tree.appendEntry(numbered(entry, index));
    tree.root();
  });
  const times = (one: number) => `${one.toFixed(2)} s (${(one / bare).toFixed(2)} ×)`;
  print(
    `${count} leaves of ${leafBytes} bytes, CPU: SHA-256 alone of the same ${bare.toFixed(2)} s, root ${times(root)}, tree with all nodes ${times(kept)}`,
  );
}

const origin = 'record.example/dialogue-1';
const signer = testSigner(origin, 1);
const salt = Buffer.alloc(32, 7).toString('base64');

function eventOf(index: number, revision: number): LedgerEvent & { content: { text: { en: string } } } {
  const content = {
    text: { en: `What was said at ${index}, in a sentence or two as they are commonly recorded here.` },
  };
  return {
    id: `0199c8b0-0000-7000-8000-${String(index).padStart(12, '0')}`,
    stream: `irritant-${index % 997}`,
    revision,
    type: 'PositionStated',
    recordedAt: new Date(1_767_225_600_000 + index).toISOString(),
    data: { dialogueId: '0199c8b0-0000-7000-8000-000000000001', position: 'seeks-action', number: index },
    content,
    meta: {
      schemaVersion: 1,
      occurred: { edtf: '2025-04-10' },
      act: {
        party: 'RU',
        capacity: 'direct',
        recordedBy: '0199c8b0-0000-7000-8000-000000000003',
        recorderParty: 'RU',
      },
      sources: [{ sourceId: '0199c8b0-0000-7000-8000-000000000004' }],
      wording: [{ as: 'own' }],
      audience: 'both',
      command: { keyHash: 'ab'.repeat(32), bodyHash: 'cd'.repeat(32) },
      correlationId: 'ef'.repeat(16),
      contentHash: contentHash(nodeCrypto, salt, content),
    },
  };
}

/** Writes a mirror bundle by bundle, and says what the leaves cost. */
async function mirrorIn(folder: string, count: number): Promise<number> {
  const hasher = new TreeHasher(nodeCrypto);
  const tree = new Tree(hasher);
  const heads = new Map<string, Head>();
  const write = (path: string, bytes: Uint8Array) => {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), bytes);
  };
  let deriving = 0;
  const state = { origin, headOf: (stream: string) => heads.get(stream) };
  for (const tile of tilesBetween(0, count).filter(({ level }) => level === 'entries')) {
    const events = Array.from({ length: tile.width }, (_, place) => {
      const index = tile.index * 256 + place;
      return eventOf(index, Math.floor(index / 997));
    });
    const entries: Uint8Array[] = [];
    deriving += await cpuSeconds(() => {
      for (const event of events) {
        const leaf = leafOf(nodeCrypto, { ...state, size: tree.size }, event);
        const entry = formatLeaf(leaf);
        tree.appendEntry(entry);
        heads.set(leaf.stream, { rev: leaf.rev, hash: Buffer.from(tree.node(0, leaf.seq)).toString('hex') });
        entries.push(entry);
      }
    });
    write(tilePath(tile), formatEntries(entries));
    const payloads = events.map((event, place) =>
      formatPayload({ seq: tile.index * 256 + place, data: payloadOf(event), content: event.content, salt }),
    );
    write(paths.payloads(tile), Buffer.concat(payloads));
  }
  for (const tile of tilesBetween(0, count).filter(({ level }) => level !== 'entries'))
    write(tilePath(tile), tileBytes(tree.node, tile));
  write(paths.checkpoint, signedBy(formatCheckpoint({ origin, size: count, root: tree.root() }), [signer]));
  return deriving;
}

async function mirror(count: number): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'ledger-bench-'));
  try {
    const deriving = await mirrorIn(folder, count);
    print(`${count} leaves derived: ${((deriving / count) * 1e6).toFixed(1)} µs of CPU each`);
    const hasher = new TreeHasher(nodeCrypto);
    const read = (tile: Tile) => readFileSync(join(folder, tilePath(tile)));
    const proofs = 200;
    const proving = await cpuSeconds(() => {
      for (let proof = 0; proof < proofs; proof++)
        inclusionProof(hasher, nodesOfTiles(hasher, count, read), (proof * 7919) % count, count);
    });
    print(`an inclusion proof from tiles: ${((proving / proofs) * 1000).toFixed(2)} ms of CPU`);
    // In a process of its own, so that its memory is that of verifying alone.
    const [script = ''] = process.argv.slice(1);
    const { status } = spawnSync(process.execPath, [...process.execArgv, script, folder, String(count)], {
      stdio: 'inherit',
    });
    if (status !== 0) throw new Error('The mirror did not verify.');
  } finally {
    rmSync(folder, { recursive: true });
  }
}

async function verify(folder: string, count: number): Promise<void> {
  const policy = parsePolicy(nodeCrypto, Buffer.from(`log ${formatVerifierKey(signer.key)}\nquorum none\n`));
  let rss = 0;
  const onProgress = () => (rss = Math.max(rss, process.memoryUsage.rss()));
  const read = (path: string) => Promise.resolve(readFileSync(join(folder, path)));
  const cpu = await cpuSeconds(() => verifyMirror(nodeCrypto, { read }, { policy, onProgress }));
  const floor = await cpuSeconds(() => readAndHashed(folder, count));
  print(
    `the mirror verified: ${Math.round(count / cpu)} events a CPU-second, ${Math.round(rss / 1e6)} MB at the most; ` +
      `reading, parsing, writing and hashing the same alone: ${Math.round(count / floor)}`,
  );
}

/** What no verifier can do without, and no more. */
function readAndHashed(folder: string, count: number): void {
  for (const tile of tilesBetween(0, count).filter(({ level }) => level === 'entries')) {
    for (const entry of parseEntries(readFileSync(join(folder, tilePath(tile))), tile))
      hash('sha256', entry, 'binary');
    for (const line of readFileSync(join(folder, paths.payloads(tile)), 'utf8').split('\n')) {
      if (line === '') continue;
      const { data, content, salt: of } = JSON.parse(line) as Record<string, unknown>;
      hash('sha256', JSON.stringify(data), 'binary');
      hash('sha256', JSON.stringify({ content, salt: of }), 'binary');
    }
  }
}

const [first, second] = process.argv.slice(2);
if (first?.startsWith(tmpdir()) === true) await verify(first, Number(second));
else {
  for (const leafBytes of [32, 600]) await hashing(Number(first ?? 1_000_000), leafBytes);
  await mirror(Number(second ?? 200_000));
}
