import { createPrivateKey, createPublicKey, sign as signWith } from 'node:crypto';
import { base64, hex, joined, utf8 } from './bytes.js';
import { actField, formatParameters, seenField, signedText } from './act-signature.js';
import type { ActSignature } from './act-signature.js';
import { actOf } from './act-check.js';
import { possessionText } from './act-keys.js';
import { bundleFiles } from './bundle-files.js';
import type { BundleSource } from './bundle-files.js';
import { contentHash } from './canonical.js';
import type { JsonObject } from './canonical.js';
import { formatCheckpoint, parseCheckpoint } from './checkpoint.js';
import { paths } from './files.js';
import type { FileReader } from './files.js';
import { signatureTypes, verifierKey } from './keys.js';
import type { SignatureType, VerifierKey } from './keys.js';
import { formatLeaf } from './leaf-form.js';
import { leafOf, payloadOf } from './leaf.js';
import type { Head, Leaf, LedgerEvent } from './leaf.js';
import { TreeHasher } from './merkle.js';
import { jwkOf, thumbprint } from './message-signature.js';
import { nodeCrypto } from './node.js';
import { formatNote } from './note.js';
import { formatPayload } from './payload.js';
import type { Payload } from './payload.js';
import { signText } from './signing.js';
import type { Sign } from './signing.js';
import { formatEntries, tileBytes, tilePath, tilesBetween, tileWidth } from './tiles.js';
import { Tree } from './tree.js';

/** An Ed25519 key that a seed of one byte makes, so that tests are the same every time. */
export interface TestKey {
  readonly publicKey: Uint8Array;
  readonly sign: Sign;
}

export function testKey(seed: number): TestKey {
  const pkcs8 = joined(Buffer.from('302e020100300506032b657004220420', 'hex'), new Uint8Array(32).fill(seed));
  const key = createPrivateKey({ key: Buffer.from(pkcs8), format: 'der', type: 'pkcs8' });
  const spki = createPublicKey(key).export({ format: 'der', type: 'spki' });
  return {
    publicKey: new Uint8Array(spki.subarray(-32)),
    sign: (message) => new Uint8Array(signWith(null, message, key)),
  };
}

export interface Signer extends TestKey {
  readonly key: VerifierKey;
}

export function testSigner(name: string, seed: number, type: SignatureType = signatureTypes.note): Signer {
  const key = testKey(seed);
  return { ...key, key: verifierKey(nodeCrypto, name, type, key.publicKey) };
}

/** A note that all of them sign, cosigners at the time. */
export function signedBy(text: string, signers: readonly Signer[], time = 0): Uint8Array {
  const signatures = signers.map(({ key, sign }) =>
    signText(text, key, sign, key.type === signatureTypes.note ? undefined : time),
  );
  return formatNote({ text, signatures });
}

interface Told {
  readonly stream: string;
  readonly type?: string;
  readonly data?: JsonObject;
  readonly content?: JsonObject;
  readonly act?: JsonObject;
  readonly recordedAt?: string;
  readonly id?: string;
}

const said = { party: 'RU', capacity: 'direct', recordedBy: 'p-ru', recorderParty: 'RU' };
/** As the service records what follows by rule. */
const concluded = { party: null, capacity: 'derived', recordedBy: 'entente', recorderParty: null };
const salt = Buffer.alloc(32, 7).toString('base64');
const start = Date.parse('2026-01-01T00:00:00.000Z');

/** A log that is made of what is told to it, with all that a mirror holds; what it holds can be changed at will. */
export class TestLog {
  readonly leaves: Leaf[] = [];
  readonly entries: Uint8Array[] = [];
  readonly payloads: Payload[] = [];
  readonly tree = new Tree(new TreeHasher(nodeCrypto));
  readonly #heads = new Map<string, Head>();

  #origin: string;

  constructor(origin: string) {
    this.#origin = origin;
  }

  /** Its name by now: it may have begun anew. */
  get origin(): string {
    return this.#origin;
  }

  /** One second lies between two events. */
  get now(): number {
    return start / 1000 + this.tree.size;
  }

  #event({
    stream,
    type = 'Said',
    data = {},
    content = { text: { en: 'Words.' } },
    ...told
  }: Told): LedgerEvent {
    const {
      id = `event-${this.tree.size}`,
      act = type === 'ContentErased' ? concluded : said,
      recordedAt,
    } = told;
    return {
      id,
      stream,
      revision: (this.#heads.get(stream)?.rev ?? -1) + 1,
      type,
      recordedAt: recordedAt ?? new Date(this.now * 1000).toISOString(),
      data,
      meta: {
        schemaVersion: 1,
        act,
        sources: [],
        audience: 'both',
        correlationId: 'c',
        command: { keyHash: '00'.repeat(32), bodyHash: '11'.repeat(32) },
        ...(Object.keys(content).length === 0 ? {} : { contentHash: contentHash(nodeCrypto, salt, content) }),
      },
    };
  }

  #derived(event: LedgerEvent): Leaf {
    const state = {
      origin: this.origin,
      size: this.tree.size,
      headOf: (one: string) => this.#heads.get(one),
    };
    return leafOf(nodeCrypto, state, event);
  }

  /** Records an event; with a key it is signed, over what the log holds so far. */
  tell(told: Told, key?: TestKey, change: (signature: ActSignature) => ActSignature = (one) => one): Leaf {
    const event = this.#event(told);
    const signature = key === undefined ? undefined : change(this.signature(event, key));
    const leaf = this.#derived(
      signature === undefined ? event : { ...event, meta: { ...event.meta, signature: { ...signature } } },
    );
    this.payloads.push({
      seq: leaf.seq,
      data: payloadOf(event),
      ...(leaf.content === undefined
        ? { content: null, salt: null }
        : { content: told.content ?? { text: { en: 'Words.' } }, salt }),
      ...(signature === undefined ? {} : { signature }),
    });
    this.#add(leaf);
    return leaf;
  }

  /** Takes an event as a store has it, in the next place of its stream. */
  keep(event: LedgerEvent, payload: Omit<Payload, 'seq'>): Leaf {
    const revision = (this.#heads.get(event.stream)?.rev ?? -1) + 1;
    const leaf = this.#derived({ ...event, revision });
    this.payloads.push({ ...payload, seq: leaf.seq });
    this.#add(leaf);
    return leaf;
  }

  signature(event: LedgerEvent, key: TestKey): ActSignature {
    const act = actField(nodeCrypto, actOf(this.#derived(event), payloadOf(event)));
    const seen = seenField({ size: this.tree.size, root: this.tree.root() });
    const keyid = thumbprint(nodeCrypto, key.publicKey);
    const input = formatParameters({ created: this.now - 10, expires: this.now + 200, keyid });
    return { act, seen, input, signature: base64(key.sign(utf8(signedText({ act, seen, input })))) };
  }

  registration({ publicKey, sign }: TestKey): JsonObject {
    return { jwk: jwkOf(publicKey), possession: base64(sign(possessionText(this.origin, publicKey))) };
  }

  #add(leaf: Leaf): void {
    const entry = formatLeaf(leaf);
    this.#origin = leaf.log;
    this.leaves.push(leaf);
    this.entries.push(entry);
    this.tree.appendEntry(entry);
    this.#heads.set(leaf.stream, { rev: leaf.rev, hash: hex(this.tree.node(0, leaf.seq)) });
  }

  checkpoint(size = this.tree.size): string {
    return formatCheckpoint({ origin: this.origin, size, root: this.tree.root(size) });
  }

  /** The files of a mirror, under a checkpoint that was signed. */
  mirror(signed: Uint8Array): Map<string, Uint8Array> {
    const files = new Map([[paths.checkpoint, signed]]);
    for (const tile of tilesBetween(0, this.tree.size)) {
      const first = tile.index * tileWidth;
      if (tile.level !== 'entries') files.set(tilePath(tile), tileBytes(this.tree.node, tile));
      else {
        files.set(tilePath(tile), formatEntries(this.entries.slice(first, first + tile.width)));
        files.set(
          paths.payloads(tile),
          joined(...this.payloads.slice(first, first + tile.width).map(formatPayload)),
        );
      }
    }
    return files;
  }

  /** The files of a bundle of one stream. */
  bundle(
    stream: string,
    signed: Uint8Array,
    text: string,
    earlier: BundleSource['earlier'] & object = [],
  ): Map<string, Uint8Array> {
    const entries = this.leaves
      .filter((leaf) => leaf.stream === stream)
      .map(({ seq }) => ({ entry: this.entries[seq] as Uint8Array, payload: this.payloads[seq] as Payload }));
    const checkpoint = parseCheckpoint(text);
    return new Map(
      bundleFiles(nodeCrypto, { stream, checkpoint, signed, earlier, entries, nodes: this.tree.node }),
    );
  }
}

/** A log in which three streams take turns; the data of each event is its number. */
export function filledLog(origin: string, size: number): TestLog {
  const log = new TestLog(origin);
  const streams = ['dialogue-1', 'irritant-1', 'irritant-2'] as const;
  for (let seq = 0; seq < size; seq++)
    log.tell({ stream: streams[seq % 3] as string, data: { number: seq } });
  return log;
}

/** Files in memory as a reader; what is listed is what is there. */
export function filesOf(files: ReadonlyMap<string, Uint8Array>): FileReader {
  return {
    read: (path) => Promise.resolve(files.get(path)),
    async *list() {
      for (const [path, bytes] of files) yield await Promise.resolve({ path, bytes: bytes.length });
    },
  };
}
