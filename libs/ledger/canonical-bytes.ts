import { textOf } from './bytes.js';
import { depthMax } from './canonical.js';

/** What a byte is within a text: as it stands, or one of those that need a look. */
const [plain, quote, backslash, control, wide] = [0, 1, 2, 3, 4];
const kinds = Uint8Array.from({ length: 256 }, (_, byte) => {
  if (byte === 0x22) return quote;
  if (byte === 0x5c) return backslash;
  if (byte < 0x20) return control;
  return byte < 0x80 ? plain : wide;
});

const code = (character: string) => character.charCodeAt(0);
const [braceOpen, braceClose, bracketOpen, bracketClose] = ['{', '}', '[', ']'].map(code);
const [comma, colon, zero, nine] = [',', ':', '0', '9'].map(code) as [number, number, number, number];
const words = ['null', 'true', 'false'].map((word) => Uint8Array.from(word, code));
const shortEscapes = new Set(Array.from('"\\bfnrt', code));
/** The control characters that have no short escape, by their last two digits. */
const longEscape = /^u00(?:0[0-7bef]|1[0-9a-f])$/;
const inNumbers = new Set(Array.from('+-.eE0123456789', code));
/** So many digits are a safe integer, whichever they are. */
const digitsSafe = 15;

/**
 * Finds where values end in bytes that are to be RFC 8785, and makes nothing of them: reading them as JSON and writing that
 * anew says the same at three times the cost. A place is -1 where what stands there is not canonical. That the bytes are
 * UTF-8 is not looked at, but whether there is anything to look at.
 */
export class CanonicalBytes {
  /** Whether only ASCII has passed; to be set by whoever asks about the next value. */
  isAscii = true;

  constructor(readonly bytes: Uint8Array) {}

  /** The place after the value that begins there. */
  valueEnd(start: number, depth = 0): number {
    const first = this.bytes[start];
    if (first === 0x22) return this.textEnd(start);
    if (first === braceOpen) return depth < depthMax ? this.#objectEnd(start + 1, depth + 1) : -1;
    if (first === bracketOpen) return depth < depthMax ? this.#listEnd(start + 1, depth + 1) : -1;
    const word = words.find((one) => one[0] === first);
    return word === undefined ? this.#numberEnd(start) : this.literalEnd(start, word);
  }

  /** The place after these very bytes. */
  literalEnd(start: number, literal: Uint8Array): number {
    const { bytes } = this;
    for (let index = 0; index < literal.length; index++)
      if (bytes[start + index] !== literal[index]) return -1;
    return start + literal.length;
  }

  /** The place after a text, whose quotation mark stands at the start. */
  textEnd(start: number): number {
    const { bytes } = this;
    if (bytes[start] !== 0x22) return -1;
    for (let at = start + 1; at < bytes.length; at++) {
      const kind = kinds[bytes[at] as number];
      if (kind === plain) continue;
      if (kind === quote) return at + 1;
      if (kind === control) return -1;
      if (kind === wide) this.isAscii = false;
      else {
        const length = this.#escapeLength(at);
        if (length === 0) return -1;
        at += length - 1;
      }
    }
    return -1;
  }

  #escapeLength(at: number): number {
    const next = this.bytes[at + 1];
    if (next !== undefined && shortEscapes.has(next)) return 2;
    return longEscape.test(String.fromCharCode(...this.bytes.subarray(at + 1, at + 6))) ? 6 : 0;
  }

  /** A count that is a safe integer by its length alone; -1 also for longer ones. */
  countEnd(start: number): number {
    const { bytes } = this;
    let at = start;
    while (at < bytes.length && (bytes[at] as number) >= zero && (bytes[at] as number) <= nine) at++;
    const length = at - start;
    if (length === 0 || length > digitsSafe) return -1;
    return bytes[start] === zero && length > 1 ? -1 : at;
  }

  #numberEnd(start: number): number {
    let end = this.countEnd(start);
    if (end !== -1 && !inNumbers.has(this.bytes[end] as number)) return end;
    end = start;
    while (inNumbers.has(this.bytes[end] as number)) end++;
    const written = String.fromCharCode(...this.bytes.subarray(start, Math.min(end, start + 32)));
    return String(Number(written)) === written ? end : -1;
  }

  #listEnd(start: number, depth: number): number {
    const { bytes } = this;
    if (bytes[start] === bracketClose) return start + 1;
    for (let at = start; ;) {
      const end = this.valueEnd(at, depth);
      if (end === -1) return -1;
      if (bytes[end] === bracketClose) return end + 1;
      if (bytes[end] !== comma) return -1;
      at = end + 1;
    }
  }

  #objectEnd(start: number, depth: number): number {
    const { bytes } = this;
    if (bytes[start] === braceClose) return start + 1;
    let [last, lastEnd] = [-1, -1];
    for (let at = start; ;) {
      const keyEnd = this.textEnd(at);
      if (keyEnd === -1 || bytes[keyEnd] !== colon) return -1;
      if (last !== -1 && !this.#isBefore(last, lastEnd, at, keyEnd)) return -1;
      [last, lastEnd] = [at, keyEnd];
      const end = this.valueEnd(keyEnd + 1, depth);
      if (end === -1) return -1;
      if (bytes[end] === braceClose) return end + 1;
      if (bytes[end] !== comma) return -1;
      at = end + 1;
    }
  }

  /** Whether one key stands before another in the order of UTF-16; both with their quotation marks. */
  #isBefore(one: number, oneEnd: number, other: number, otherEnd: number): boolean {
    const { bytes } = this;
    const length = Math.min(oneEnd - one, otherEnd - other) - 1;
    for (let index = 1; index < length; index++) {
      const [left, right] = [bytes[one + index] as number, bytes[other + index] as number];
      if (kinds[left] !== plain || kinds[right] !== plain)
        return this.#textAt(one, oneEnd) < this.#textAt(other, otherEnd);
      if (left !== right) return left < right;
    }
    return oneEnd - one < otherEnd - other;
  }

  #textAt(start: number, end: number): string {
    return JSON.parse(textOf(this.bytes.subarray(start, end), 'A key')) as string;
  }
}
