import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import {
  contentHash,
  formatCheckpoint,
  formatEntries,
  formatLeaf,
  formatPayload,
  leafOf,
  nodeCrypto,
  paths,
  payloadOf,
  tileBytes,
  tilePath,
  tilesBetween,
  Tree,
  TreeHasher,
} from '#libs/ledger';
import type { Head, LedgerEvent } from '#libs/ledger';
import { signedBy, testSigner } from '#libs/ledger/testing';
import { cpuSeconds } from './processes.js';

const origin = 'record.example/dialogue-1';
export const signer = testSigner(origin, 1);
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
export async function mirrorIn(folder: string, count: number): Promise<number> {
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
