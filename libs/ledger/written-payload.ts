import { textOf, utf8 } from './bytes.js';
import type { CanonicalBytes } from './canonical-bytes.js';
import type { JsonObject } from './canonical.js';
import type { Crypto } from './crypto.js';

const [beforeContent, beforeData, beforeSalt, beforeSeq, absent] = [
  '{"content":',
  ',"data":',
  ',"salt":',
  ',"seq":',
  'null',
].map(utf8) as [Uint8Array, Uint8Array, Uint8Array, Uint8Array, Uint8Array];
const [quote, brace, lineFeed] = [0x22, 0x7b, 0x0a];
const end = utf8('}');

/** Where words and salt are put side by side to be hashed. */
let words = new Uint8Array(4096);

interface Places {
  readonly content: number;
  readonly contentEnd: number;
  readonly data: number;
  readonly dataEnd: number;
  readonly salt: number;
  readonly saltEnd: number;
}

/**
 * A payload as it lies there in canonical bytes. Its hashes are those of the bytes, and nothing is read of it that nobody
 * asks for: of most events nobody does.
 */
export class WrittenPayload {
  #data: JsonObject | undefined;

  private constructor(
    readonly seq: number,
    private readonly bytes: Uint8Array,
    private readonly places: Places,
  ) {}

  get data(): JsonObject {
    return (this.#data ??= this.#read(this.places.data, this.places.dataEnd) as JsonObject);
  }

  get content(): JsonObject | null {
    return this.#read(this.places.content, this.places.contentEnd) as JsonObject | null;
  }

  get salt(): string | null {
    return this.#read(this.places.salt, this.places.saltEnd) as string | null;
  }

  get hasContent(): boolean {
    return this.bytes[this.places.content] === brace;
  }

  get hasSalt(): boolean {
    return this.bytes[this.places.salt] === quote;
  }

  #read(from: number, to: number): unknown {
    return JSON.parse(textOf(this.bytes.subarray(from, to), 'The payload'));
  }

  dataHash(crypto: Crypto): string {
    return crypto.sha256Hex(this.bytes.subarray(this.places.data, this.places.dataEnd));
  }

  /** Of words and salt, which do not stand side by side: `{"content":…,"salt":…}`. */
  wordsHash(crypto: Crypto): string {
    const { contentEnd, salt, saltEnd } = this.places;
    const head = contentEnd - this.#start;
    const length = head + (saltEnd - salt) + beforeSalt.length + 1;
    if (length > words.length) words = new Uint8Array(2 * length);
    words.set(this.bytes.subarray(this.#start, contentEnd));
    words.set(this.bytes.subarray(salt - beforeSalt.length, saltEnd), head);
    words.set(end, length - 1);
    return crypto.sha256Hex(words.subarray(0, length));
  }

  get #start(): number {
    return this.places.content - beforeContent.length;
  }

  /**
   * The payload that begins there, and where the next line begins; undefined where it is not a whole line of this form. What
   * is withheld or signed has another one.
   */
  static at(scan: CanonicalBytes, start: number): { payload: WrittenPayload; next: number } | undefined {
    const { bytes } = scan;
    scan.isAscii = true;
    const content = scan.literalEnd(start, beforeContent);
    if (content === -1) return undefined;
    const contentEnd = bytes[content] === brace ? scan.valueEnd(content) : scan.literalEnd(content, absent);
    const data = contentEnd === -1 ? -1 : scan.literalEnd(contentEnd, beforeData);
    if (data === -1 || bytes[data] !== brace) return undefined;
    const dataEnd = scan.valueEnd(data);
    const salt = dataEnd === -1 ? -1 : scan.literalEnd(dataEnd, beforeSalt);
    if (salt === -1) return undefined;
    const saltEnd = bytes[salt] === quote ? scan.textEnd(salt) : scan.literalEnd(salt, absent);
    const seq = saltEnd === -1 ? -1 : scan.literalEnd(saltEnd, beforeSeq);
    const seqEnd = seq === -1 ? -1 : scan.countEnd(seq);
    if (seqEnd === -1 || bytes[seqEnd] !== end[0] || bytes[seqEnd + 1] !== lineFeed) return undefined;
    // Throws for what is no UTF-8.
    if (!scan.isAscii) textOf(bytes.subarray(start, seqEnd), 'The payload');
    let count = 0;
    for (let at = seq; at < seqEnd; at++) count = count * 10 + (bytes[at] as number) - 0x30;
    const places = { content, contentEnd, data, dataEnd, salt, saltEnd };
    return { payload: new WrittenPayload(count, bytes, places), next: seqEnd + 2 };
  }
}
