import type { RecordedEvent } from '@eventstore/db-client';

import { Damaged } from '#libs/event-store';

import type { Connection } from './connection.js';
import { isAbsent, isDeleted } from './failures.js';
import { erasedKeysStream, keyStreamOf, newsIn } from './key-streams.js';
import type { Settings } from './options.js';
import { noWords, openWords, refuseUnsealed, type SealedWords, type Words } from './sealed-words.js';
import { readStream } from './server-reads.js';
import { backOffMs, pause } from './timers.js';
import { Turns } from './turns.js';

/** How many keys are remembered: what rides by in `$all` a little before its event, and what was appended last. */
const mostKnown = 10_000;
/** How many keys are asked for at once; a connection carries a hundred calls. */
const askedAtOnce = 16;
/** How often a key that is not shown is looked for before it is called lost. */
const looks = 5;
/** For so long what was erased elsewhere may still be read with a key that is remembered, where `$all` is not followed. */
const freshMs = 1_000;
/** How many pushed events may pass until it is looked what was erased meanwhile. */
const eventsPerLook = 1_000;
/** One bit for each beginning of an id: 512 KiB, however much is erased. */
const bitsOfId = 22;

/**
 * The keys under which words lie. Its own stream alone decides whether a key is there: deleted, the words are erased. What
 * is remembered spares that question, and only for keys that nobody has named as erased.
 */
export class ContentKeys {
  readonly #known = new Map<string, string>();
  readonly #perhapsErased = new Uint8Array(2 ** (bitsOfId - 3));
  readonly #asked = new Map<string, Promise<string | undefined>>();
  readonly #turns = new Turns(askedAtOnce);
  #erasedNext = 0n;
  #freshAt = Number.NEGATIVE_INFINITY;
  #refreshing: Promise<void> | undefined;
  #passed = 0;

  constructor(
    private readonly connection: Connection,
    private readonly settings: Settings,
  ) {}

  /** Takes what rides by; keys come before their events. */
  note(event: RecordedEvent): void {
    const news = newsIn(event);
    if (news?.kind === 'kept') this.remember(news.id, news.key);
    else if (news?.kind === 'erased') this.sayErased(news.id);
  }

  /** The same of what a server pushes, which may go on for long. */
  async pass(event: RecordedEvent): Promise<void> {
    this.note(event);
    this.#passed += 1;
    if (this.#passed % eventsPerLook === 0) await this.refresh();
  }

  remember(id: string, key: string): void {
    this.#known.set(id, key);
    if (this.#known.size <= mostKnown) return;
    for (const [oldest] of this.#known) {
      this.#known.delete(oldest);
      return;
    }
  }

  sayErased(id: string): void {
    const bit = bitOf(id);
    this.#perhapsErased[bit >> 3] = (this.#perhapsErased[bit >> 3] ?? 0) | (1 << (bit & 7));
    this.#known.delete(id);
  }

  /** Of a store that is another one now. */
  forget(): void {
    this.#known.clear();
    this.#erasedNext = 0n;
    this.#freshAt = Number.NEGATIVE_INFINITY;
  }

  /** Reads which keys were erased since the last time; one call, that mostly brings nothing. */
  refresh(): Promise<void> {
    this.#refreshing ??= this.#readErased().finally(() => (this.#refreshing = undefined));
    return this.#refreshing;
  }

  /** The same, unless it was done a moment ago. */
  async refreshIfOld(): Promise<void> {
    if (performance.now() - this.#freshAt > freshMs) await this.refresh();
  }

  /** At once where the key is remembered; else one call. Throws `Damaged` where it is lost, or is not that of the words. */
  wordsOf(event: {
    readonly streamId: string;
    readonly id: string;
    readonly data: { readonly words?: SealedWords | undefined };
  }): Words | Promise<Words> {
    const { words } = event.data;
    if (words === undefined) return noWords;
    refuseUnsealed(words, event);
    const belonging = { stream: event.streamId, id: event.id };
    const open = (key: string) => openWords(words, belonging, Buffer.from(key, 'base64'));
    const known = this.#isPerhapsErased(words.key) ? undefined : this.#known.get(words.key);
    if (known !== undefined) return open(known);
    return this.keyOf(words.key).then((key) => (key === undefined ? noWords : open(key)));
  }

  /** As its stream says; undefined where that was deleted for good. */
  keyOf(id: string): Promise<string | undefined> {
    const asked = this.#asked.get(id);
    if (asked !== undefined) return asked;
    const asking = this.#turns.run(() => this.#find(id)).finally(() => this.#asked.delete(id));
    this.#asked.set(id, asking);
    return asking;
  }

  async #find(id: string): Promise<string | undefined> {
    for (let looked = 1; ; looked += 1) {
      try {
        for await (const event of this.#read(keyStreamOf(id), 0n)) {
          const news = newsIn(event);
          if (news?.kind !== 'kept') break;
          if (!this.#isPerhapsErased(id)) this.remember(id, news.key);
          return news.key;
        }
      } catch (error) {
        if (isDeleted(error)) return undefined;
        if (!isAbsent(error)) throw error;
      }
      // A node may show an event before it shows what was stored ahead of it, after an election.
      if (looked === looks) {
        throw new Damaged(
          `The event store lacks the key of words that it holds: the stream ${keyStreamOf(id)} was deleted or cut off by hand. Set $tb of that stream back to 0, or restore the cluster from a backup.`,
        );
      }
      await pause(this.settings.timers, backOffMs(looked, this.settings));
    }
  }

  async #readErased(): Promise<void> {
    const began = performance.now();
    try {
      for await (const event of this.#read(erasedKeysStream, this.#erasedNext)) {
        this.note(event);
        this.#erasedNext = event.revision + 1n;
      }
    } catch (error) {
      if (!isAbsent(error)) throw error;
    }
    this.#freshAt = began;
  }

  #read(stream: string, from: bigint): AsyncGenerator<RecordedEvent> {
    return readStream(this.connection, this.settings, stream, { from, limit: Number.MAX_SAFE_INTEGER });
  }

  #isPerhapsErased(id: string): boolean {
    const bit = bitOf(id);
    return ((this.#perhapsErased[bit >> 3] ?? 0) & (1 << (bit & 7))) !== 0;
  }
}

/** Ids of keys are random from their first digit on. */
function bitOf(id: string): number {
  return Number.parseInt(id.slice(0, 8), 16) >>> (32 - bitsOfId);
}
