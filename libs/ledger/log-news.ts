import { fromBase64, isSame } from './bytes.js';
import type { JsonObject } from './canonical.js';
import { hashBytes } from './crypto.js';
import type { Crypto } from './crypto.js';
import { LedgerFault } from './faults.js';
import { parseVerifierKey, signatureTypes } from './keys.js';
import type { Leaf } from './leaf.js';
import { logEvents } from './log-names.js';
import type { Payload } from './payload.js';
import type { Trusted } from './policy.js';
import type { Tree } from './tree.js';

/** Something that a log says of itself. */
export type LogNews =
  | {
      readonly seq: number;
      readonly of: 'keys';
      readonly keys: readonly string[];
      readonly ended: readonly string[];
    }
  | { readonly seq: number; readonly of: 'loss'; readonly size: number }
  /** `kept`: whether the leaves before it begin with all that was signed under the old name. */
  | {
      readonly seq: number;
      readonly of: 'anew';
      readonly origin: string;
      readonly size: number;
      readonly kept: boolean;
    }
  /** Its data is withheld. */
  | { readonly seq: number; readonly of: 'unknown'; readonly type: string };

const types: ReadonlySet<string> = new Set(Object.values(logEvents));
/** Of more the first are told. */
const toldMax = 100;

/** Holds what a log says of itself against what it is, in the order of the log. */
export class NewsCheck {
  readonly told: LogNews[] = [];
  /** From which leaf on which keys sign, by the last event that said so. */
  readonly #keys: { readonly seq: number; readonly ids: ReadonlySet<string> | undefined }[] = [];

  constructor(private readonly crypto: Crypto) {}

  /** The tree holds at least the leaves before this one. */
  add(leaf: Leaf, payload: Payload | undefined, tree: Tree): void {
    if (!types.has(leaf.type)) return;
    const data = payload?.data?.['data'] as JsonObject | undefined;
    const news = this.#read(leaf, data, tree);
    if (this.told.length < toldMax) this.told.push(news);
  }

  /** A checkpoint is by a key that was in force at its end, as far as the log says which were. */
  checkSigned({ checkpoint: { size }, log }: Trusted): void {
    const inForce = this.#keys.findLast(({ seq }) => seq < size);
    const signed = log.filter(({ key }) => key.type === signatureTypes.note).map(({ key }) => key.id);
    const { ids, seq } = inForce ?? {};
    if (ids === undefined || signed.length === 0 || signed.some((id) => ids.has(id))) return;
    throw new LedgerFault(
      'key-ended',
      `The checkpoint of ${size} leaves is signed by the key ${signed.join(' and ')}, and #${seq} says that ${[...ids].join(' and ')} signs from there on.`,
    );
  }

  #read({ seq, type, log }: Leaf, data: JsonObject | undefined, tree: Tree): LogNews {
    if (type === logEvents.keyRotated) {
      const keys = data === undefined ? undefined : this.#keysIn(data, log);
      this.#keys.push({ seq, ids: keys && new Set(keys) });
      if (keys !== undefined) return { seq, of: 'keys', keys, ended: textsIn(data?.['ended']) };
    }
    if (data === undefined) return { seq, of: 'unknown', type };
    const { size, root, origin } = data;
    if (typeof size !== 'number' || typeof root !== 'string') throw malformed(type);
    const isKept = size <= seq && isSame(tree.root(size), rootOf(root));
    if (type === logEvents.begunAnew) {
      if (typeof origin !== 'string') throw malformed(type);
      // Under another name the keys have other ids.
      this.#keys.push({ seq, ids: undefined });
      return { seq, of: 'anew', origin, size, kept: isKept };
    }
    if (!isKept)
      throw new LedgerFault(
        'root-wrong',
        `It says that the first ${size} leaves were signed, and with another root than they have.`,
      );
    return { seq, of: 'loss', size };
  }

  #keysIn({ keys }: JsonObject, log: string): readonly string[] {
    return textsIn(keys).map((text) => {
      const key = parseVerifierKey(this.crypto, text);
      if (key.name === log && key.type === signatureTypes.note) return key.id;
      throw new LedgerFault('key-malformed', `It names the key of ${key.name} for the log ${log}.`);
    });
  }
}

function malformed(type: string): LedgerFault {
  return new LedgerFault('malformed', `The data of the ${type} is not of its form.`);
}

function textsIn(value: unknown): readonly string[] {
  if (Array.isArray(value) && value.every((one) => typeof one === 'string')) return value;
  throw malformed(logEvents.keyRotated);
}

function rootOf(text: string): Uint8Array {
  return fromBase64(text, 'The root', hashBytes);
}
