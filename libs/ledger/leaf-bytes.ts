import { utf8 } from './bytes.js';
import type { Leaf } from './leaf.js';

/** What a byte may be part of: a text that is written as it is, a hash, a number. */
const [inText, inHash, inCount] = [1, 2, 4];
const uses = Uint8Array.from({ length: 256 }, (_, byte) => {
  const isDigit = byte >= 0x30 && byte <= 0x39;
  const isPlain = byte >= 0x20 && byte < 0x80 && byte !== 0x22 && byte !== 0x5c;
  const isHex = isDigit || (byte >= 0x61 && byte <= 0x66);
  return (isPlain ? inText : 0) + (isHex ? inHash : 0) + (isDigit ? inCount : 0);
});
const quote = 0x22;
const [zero, nine, dash, colon, dot, capitalT, capitalZ] = [0x30, 0x39, 0x2d, 0x3a, 0x2e, 0x54, 0x5a];
const hashDigits = 64;
/** So many digits are a safe integer, whichever they are. */
const digitsSafe = 15;

const before = (name: string) => utf8(`,"${name}":`);
const start = utf8('{"act":{"capacity":');
const party = before('party');
const recordedBy = before('recordedBy');
const recorderParty = before('recorderParty');
const content = before('content');
const data = before('data');
const id = before('id');
const log = before('log');
const occurred = utf8(',"occurred":{"edtf":');
const zone = before('zone');
const brace = utf8('}');
const prev = before('prev');
const recorded = before('recorded');
const rev = before('rev');
const schema = before('schema');
const seq = before('seq');
const sig = before('sig');
const stream = before('stream');
const type = before('type');
const end = utf8(',"v":1}');

type Writable<T> = { -readonly [Name in keyof T]: T[Name] };

/**
 * Reads a leaf of the common kind, whose texts are of ASCII and without escapes, in one pass over its bytes: a leaf has one
 * spelling. Of any other kind it says nothing.
 */
export class LeafBytes {
  #at = 0;
  /** Whether all was as it has to be so far. */
  #isSo = true;

  /** The bytes, and the text that they are the UTF-8 of. */
  constructor(
    private readonly bytes: Uint8Array,
    private readonly written: string,
  ) {}

  /** Undefined for what has to be looked at closer. */
  read(): Leaf | undefined {
    // Places in both are the same only where each character is one byte.
    if (this.written.length !== this.bytes.length) return undefined;
    const leaf = this.#leaf();
    return this.#isSo && this.#at === this.bytes.length ? leaf : undefined;
  }

  #leaf(): Leaf {
    const act = this.#act();
    const words = this.#has(content) ? this.#hash() : undefined;
    const leaf: Writable<Leaf> = {
      v: 1,
      act,
      data: this.#must(data).#hash(),
      id: this.#must(id).#text(),
      log: this.#must(log).#text(),
      recorded: '',
      rev: 0,
      schema: 0,
      seq: 0,
      stream: '',
      type: '',
    };
    if (words !== undefined) leaf.content = words;
    if (this.#has(occurred)) leaf.occurred = this.#date();
    if (this.#has(prev)) leaf.prev = this.#hash();
    leaf.recorded = this.#must(recorded).#instant();
    leaf.rev = this.#must(rev).#count();
    leaf.schema = this.#must(schema).#count();
    leaf.seq = this.#must(seq).#count();
    if (this.#has(sig)) leaf.sig = this.#hash();
    leaf.stream = this.#must(stream).#text();
    leaf.type = this.#must(type).#text();
    this.#must(end);
    return leaf;
  }

  #act(): Leaf['act'] {
    const act: Writable<Leaf['act']> = { capacity: this.#must(start).#text(), recordedBy: '' };
    if (this.#has(party)) act.party = this.#text();
    act.recordedBy = this.#must(recordedBy).#text();
    if (this.#has(recorderParty)) act.recorderParty = this.#text();
    this.#must(brace);
    return act;
  }

  #date(): NonNullable<Leaf['occurred']> {
    const edtf = this.#text();
    const date = this.#has(zone) ? { edtf, zone: this.#text() } : { edtf };
    this.#must(brace);
    return date;
  }

  /** Goes past these bytes, if they are what comes next. */
  #has(literal: Uint8Array): boolean {
    const { bytes } = this;
    for (let index = 0; index < literal.length; index++)
      if (bytes[this.#at + index] !== literal[index]) return false;
    this.#at += literal.length;
    return true;
  }

  #must(literal: Uint8Array): this {
    if (!this.#has(literal)) this.#isSo = false;
    return this;
  }

  /** Goes past bytes of one use, and says how many they were. */
  #past(use: number): number {
    const { bytes } = this;
    let at = this.#at;
    while (at < bytes.length && ((uses[bytes[at] as number] as number) & use) !== 0) at++;
    const length = at - this.#at;
    this.#at = at;
    return length;
  }

  #quote(): void {
    if (this.bytes[this.#at] !== quote) this.#isSo = false;
    this.#at += 1;
  }

  #quoted(use: number, length?: number): string {
    this.#quote();
    const found = this.#past(use);
    if (found === 0 || (length !== undefined && found !== length)) this.#isSo = false;
    this.#quote();
    return this.written.slice(this.#at - 1 - found, this.#at - 1);
  }

  #text(): string {
    return this.#quoted(inText);
  }

  #hash(): string {
    return this.#quoted(inHash, hashDigits);
  }

  /** Days that not every month has are left to who looks closer. */
  #instant(): string {
    const text = this.#quoted(inText, 24);
    const at = this.#at - 25;
    const number = (place: number) => this.#digit(at + place) * 10 + this.#digit(at + place + 1);
    const century = number(0) + number(2);
    const [month, day, hour, minute, second] = [number(5), number(8), number(11), number(14), number(17)];
    const rest = number(20) + this.#digit(at + 22);
    const isDate = month >= 1 && month <= 12 && day >= 1 && day <= 28;
    const isTime = hour <= 23 && minute <= 59 && second <= 59 && century + rest >= 0;
    if (!isDate || !isTime || !this.#isPunctuated(at)) this.#isSo = false;
    return text;
  }

  /** Not a number where it is none. */
  #digit(at: number): number {
    const byte = this.bytes[at] as number;
    return byte >= zero && byte <= nine ? byte - zero : Number.NaN;
  }

  #isPunctuated(at: number): boolean {
    const { bytes } = this;
    if (bytes[at + 4] !== dash || bytes[at + 7] !== dash || bytes[at + 10] !== capitalT) return false;
    if (bytes[at + 13] !== colon || bytes[at + 16] !== colon) return false;
    return bytes[at + 19] === dot && bytes[at + 23] === capitalZ;
  }

  #count(): number {
    const from = this.#at;
    const length = this.#past(inCount);
    const isCanonical = length === 1 || this.bytes[from] !== zero;
    if (length === 0 || length > digitsSafe || !isCanonical) this.#isSo = false;
    let value = 0;
    for (let at = from; at < this.#at; at++) value = value * 10 + (this.bytes[at] as number) - zero;
    return value;
  }
}
