import { spawnSync } from 'node:child_process';
import { hash } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  formatVerifierKey,
  Frontier,
  inclusionProof,
  nodeCrypto,
  nodesOfTiles,
  parseEntries,
  parsePolicy,
  paths,
  tilePath,
  tilesBetween,
  Tree,
  TreeHasher,
  verifyInclusion,
} from '#libs/ledger';
import type { Tile } from '#libs/ledger';
import { Folder } from '../../src/checking/folder.js';
import { verified } from '../../src/checking/verifying.js';
import { median } from './figures.js';
import { mirrorIn, signer } from './made-mirror.js';
import { cpuSeconds } from './processes.js';

/**
 * What the ledger costs in CPU: hashing beside SHA-256 alone, deriving leaves, proofs from tiles, and a whole mirror.
 * Arguments: leaves of the tree, events of the mirror.
 */
const print = (line: string) => process.stdout.write(`${line}\n`);

/** How often the mirror is verified. */
const verifications = 5;

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
    print(
      `an inclusion proof from tiles: ${((proving / proofs) * 1000).toFixed(2)} ms of CPU, ` +
        `as the server makes it, from its tables: ${(await provingFromTables(count)).toFixed(2)} ms`,
    );
    // Each in a process of its own, so that time and memory are those of verifying alone, with the compiling of its code.
    const rounds = Array.from({ length: verifications }, () => verifiedApart(folder, count));
    const [verified, floor, megabytes] = [0, 1, 2].map((at) => rounds.map((round) => round[at] as number));
    print(
      `the mirror verified, events a CPU-second: ${spread(verified)}, ${Math.max(...(megabytes ?? []))} MB at the most; ` +
        `reading, parsing, writing and hashing the same alone: ${spread(floor)}; ` +
        `a signed act besides: ${signatureMicroseconds().toFixed(0)} µs`,
    );
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** What the route of proofs does beyond answering, in milliseconds for each proof of a log of so many leaves. */
async function provingFromTables(count: number): Promise<number> {
  // Not loaded where a mirror is verified, whose memory is measured.
  const { nodesIn } = await import('../../src/ledger/ledger-tables.js');
  const { GrownTree } = await import('../../src/ledger/grown-tree.js');
  const { LedgerProjection } = await import('../../src/ledger/ledger.projection.js');
  const { OneSlot } = await import('../support/one-slot.js');
  const hasher = new TreeHasher(nodeCrypto);
  const tables = new OneSlot();
  const { schema } = new LedgerProjection('record.example').definition;
  for (const statement of schema) tables.db.exec(tables.named(statement));
  // One log, of which each event of the record has a leaf.
  const ordinalsIn = (_log: string, first: number, many: number) =>
    Array.from({ length: Math.max(0, Math.min(many, count - first)) }, (_, at) => first + at);
  const read = { tables, record: { ordinalsIn } };
  const [tree, frontier] = [GrownTree.of(hasher, read, 'a', 0), new Frontier(hasher)];
  const keep = tables.db.prepare(tables.named('INSERT INTO {leaves} (ordinal, entry) VALUES (?, ?)'));
  const entry = new Uint8Array(600);
  tables.db.exec('BEGIN');
  for (let index = 0; index < count; index++) {
    keep.run(index, numbered(entry, index));
    tree.append(hasher.leaf(entry));
    frontier.appendEntry(entry);
  }
  tables.db.exec('COMMIT');
  const root = frontier.root();
  const proofs = 200;
  const cpu = await cpuSeconds(() => {
    for (let proof = 0; proof < proofs; proof++) {
      const index = (proof * 7919) % count;
      const nodes = nodesIn(hasher, read, 'a', count);
      const hashes = inclusionProof(hasher, nodes, index, count);
      const leafHash = nodes(0, index).slice();
      verifyInclusion(hasher, { index, size: count, leafHash, proof: hashes, root });
    }
  });
  tables.db.close();
  return (cpu * 1000) / proofs;
}

function spread(of: readonly number[] = []): string {
  return `${Math.round(median(of))} (${Math.round(Math.min(...of))}–${Math.round(Math.max(...of))})`;
}

function verifiedApart(folder: string, count: number): readonly number[] {
  const [script = ''] = process.argv.slice(1);
  const given = [...process.execArgv, script, folder, String(count)];
  const { status, stdout } = spawnSync(process.execPath, given, {
    stdio: ['ignore', 'pipe', 'inherit'],
    encoding: 'utf8',
  });
  if (status !== 0) throw new Error('The mirror did not verify.');
  return JSON.parse(stdout) as readonly number[];
}

/** What one signature takes to be verified: how many acts are signed is the parties' to say. */
function signatureMicroseconds(): number {
  const message = new Uint8Array(300);
  const signature = signer.sign(message);
  const times = 500;
  const begun = process.cpuUsage();
  for (let done = 0; done < times; done++)
    if (!nodeCrypto.verify('ed25519', signer.key.publicKey, message, signature))
      throw new Error('The signature does not verify.');
  const { user, system } = process.cpuUsage(begun);
  return (user + system) / times;
}

/** As `entente verify` does it, with a line of progress; what is told is read by whoever began the process. */
async function verify(folder: string, count: number): Promise<void> {
  const policy = parsePolicy(nodeCrypto, Buffer.from(`log ${formatVerifierKey(signer.key)}\nquorum none\n`));
  let told = 0;
  const onProgress = (done: number) => void (told = done);
  const cpu = await cpuSeconds(async () => {
    const { code, lines } = await verified(nodeCrypto, () => new Folder(folder), { policy }, { onProgress });
    if (code !== 0 || told !== count) throw new Error(lines.join('\n'));
  });
  const megabytes = Math.round(process.resourceUsage().maxRSS / 1024);
  const floor = await cpuSeconds(() => readAndHashed(folder, count));
  print(JSON.stringify([count / cpu, count / floor, megabytes]));
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
