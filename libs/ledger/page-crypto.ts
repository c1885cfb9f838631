import { hex, utf8 } from './bytes.js';
import type { Algorithm, Crypto } from './crypto.js';
import { LedgerFault } from './faults.js';

/** Asks for a signature to be verified where that takes time, as in a page. */
export type VerifyLater = (
  publicKey: Uint8Array,
  message: Uint8Array,
  signature: Uint8Array,
) => Promise<boolean>;

const rotated = (word: number, by: number) => (word >>> by) | (word << (32 - by));

/** The fractional parts of the roots of the first primes, of which FIPS 180-4 takes its constants (§4.2.2, §5.3.3). */
function fractions(count: number, root: (prime: number) => number): Uint32Array {
  const words = new Uint32Array(count);
  for (let candidate = 2, found = 0; found < count; candidate++) {
    let divisor = 2;
    while (divisor * divisor <= candidate && candidate % divisor !== 0) divisor++;
    if (divisor * divisor <= candidate) continue;
    const value = root(candidate);
    words[found++] = Math.floor((value - Math.floor(value)) * 2 ** 32);
  }
  return words;
}

const constants = fractions(64, Math.cbrt);
const initial = fractions(8, Math.sqrt);

/** SHA-256 (FIPS 180-4 §6.2), for where none is to be had that answers at once. */
function digest(input: Uint8Array): Uint8Array {
  const padded = new Uint8Array(Math.ceil((input.length + 9) / 64) * 64);
  padded.set(input);
  padded[input.length] = 0x80;
  const view = new DataView(padded.buffer);
  view.setUint32(padded.length - 8, Math.floor(input.length / 2 ** 29));
  view.setUint32(padded.length - 4, (input.length * 8) % 2 ** 32);
  const state = initial.slice();
  for (let at = 0; at < padded.length; at += 64) compress(state, view, at);
  const output = new Uint8Array(32);
  const words = new DataView(output.buffer);
  state.forEach((word, index) => words.setUint32(index * 4, word));
  return output;
}

const schedule = new Uint32Array(64);
const word = (at: number) => schedule[at] as number;

function compress(state: Uint32Array, view: DataView, at: number): void {
  for (let t = 0; t < 16; t++) schedule[t] = view.getUint32(at + t * 4);
  for (let t = 16; t < 64; t++) {
    const [early, late] = [word(t - 15), word(t - 2)];
    const small = rotated(early, 7) ^ rotated(early, 18) ^ (early >>> 3);
    schedule[t] =
      word(t - 16) + small + word(t - 7) + (rotated(late, 17) ^ rotated(late, 19) ^ (late >>> 10));
  }
  let [a, b, c, d, e, f, g, h] = state as unknown as [
    number,
    number,
    number,
    number,
    number,
    number,
    number,
    number,
  ];
  for (let t = 0; t < 64; t++) {
    const choice = (e & f) ^ (~e & g);
    const first =
      (h + (rotated(e, 6) ^ rotated(e, 11) ^ rotated(e, 25)) + choice + (constants[t] as number) + word(t)) |
      0;
    const second = ((rotated(a, 2) ^ rotated(a, 13) ^ rotated(a, 22)) + ((a & b) ^ (a & c) ^ (b & c))) | 0;
    [h, g, f, e, d, c, b, a] = [g, f, e, (d + first) | 0, c, b, a, (first + second) | 0];
  }
  [a, b, c, d, e, f, g, h].forEach((value, index) => (state[index] = (state[index] as number) + value));
}

/**
 * Runs a check that wants each signature judged at once where judging takes time: a signature that is not judged yet counts
 * as right, is judged once the check has ended, and the check runs again, until it has met none that was not judged before.
 */
export async function checkedLater<T>(
  verify: VerifyLater,
  check: (crypto: Crypto) => Promise<T>,
): Promise<T> {
  const judged = new Map<string, boolean>();
  for (;;) {
    const open = new Map<string, readonly [Uint8Array, Uint8Array, Uint8Array]>();
    const ended = await settled(() => check(cryptoOf(judged, open)));
    if (open.size === 0) return ended();
    for (const [name, [key, message, signature]] of open)
      judged.set(name, await verify(key, message, signature));
  }
}

/** What came of it, to be had later. */
async function settled<T>(run: () => Promise<T>): Promise<() => T> {
  try {
    const value = await run();
    return () => value;
  } catch (error) {
    return () => {
      throw error;
    };
  }
}

function cryptoOf(
  judged: ReadonlyMap<string, boolean>,
  open: Map<string, readonly [Uint8Array, Uint8Array, Uint8Array]>,
): Crypto {
  const hash = (input: Uint8Array | string) => digest(typeof input === 'string' ? utf8(input) : input);
  return {
    sha256: (input, output, offset) => output.set(hash(input), offset),
    sha256Hex: (input) => hex(hash(input)),
    verify: (algorithm: Algorithm, key, message, signature) => {
      if (algorithm !== 'ed25519')
        throw new LedgerFault(
          'key-malformed',
          'A signature of ML-DSA-44 can not be verified in a page: use the command line.',
        );
      const name = [key, message, signature].map(hex).join();
      const known = judged.get(name);
      if (known === undefined) open.set(name, [key.slice(), message.slice(), signature.slice()]);
      return known ?? true;
    },
  };
}
