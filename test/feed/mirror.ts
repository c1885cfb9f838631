import { once } from 'node:events';
import { request } from 'node:http';
import type { IncomingMessage } from 'node:http';
import type { Stored } from '../../src/platform/record/envelope.js';

/** An event as the feed gives it. */
export interface Followed {
  readonly id: string;
  readonly source: string;
  readonly dialogue: string;
  readonly data: { readonly envelope: Stored; readonly data: object; readonly content: object | null };
}

/** What somebody keeps who follows the feed by a stream, with nothing but what the stream told: no other read is made. */
export class Mirror {
  readonly events: Followed[] = [];
  readonly #known = new Set<string>();
  /** What came a second time. */
  readonly twice: string[] = [];
  cursor: string | undefined;
  #answer: IncomingMessage | undefined;
  #rest = '';

  /** Connects where it had come to; throws where that is refused. */
  async connect(url: string, key: string): Promise<void> {
    const asked = request(`${url}/v1/feed`, {
      agent: false,
      headers: {
        Authorization: `Bearer ${key}`,
        Accept: 'text/event-stream',
        ...(this.cursor === undefined ? {} : { 'Last-Event-ID': this.cursor }),
      },
    });
    asked.on('error', () => undefined).end();
    const [answer] = (await once(asked, 'response')) as [IncomingMessage];
    if (answer.statusCode !== 200) {
      let refusal = '';
      for await (const chunk of answer.setEncoding('utf8')) refusal += String(chunk);
      throw new Error(refusal);
    }
    // What was begun on another connection is never ended on this one.
    this.#rest = '';
    this.#answer = answer;
    answer.setEncoding('utf8').on('data', (chunk: string) => {
      if (answer === this.#answer) this.#take(chunk);
    });
    answer.on('error', () => undefined);
  }

  /** Takes nothing more until it reads on. */
  stall(): void {
    this.#answer?.pause();
  }

  /** Reads what is still on its way on a connection that the server has cut, or ended. */
  async readOut(): Promise<void> {
    const answer = this.#answer!;
    answer.resume();
    // Whoever is cut off meets an error first.
    if (!answer.closed) await new Promise((resolve) => answer.once('close', resolve));
  }

  /** In the middle of whatever is on its way. */
  cut(): void {
    const answer = this.#answer;
    // What it would still take of this connection, the next one brings as well.
    this.#answer = undefined;
    answer?.destroy();
  }

  #take(chunk: string): void {
    const blocks = (this.#rest + chunk).split('\n\n');
    this.#rest = blocks.pop() ?? '';
    for (const block of blocks) this.#told(block);
  }

  #told(block: string): void {
    const field = (name: string) => new RegExp(`^${name}: (.*)$`, 'm').exec(block)?.[1];
    const data = field('data');
    if (field('event') !== undefined) return;
    this.cursor = field('id') ?? this.cursor;
    if (data === undefined) return;
    const event = JSON.parse(data) as Followed;
    const name = `${event.source} ${event.id}`;
    if (this.#known.has(name)) this.twice.push(name);
    this.#known.add(name);
    this.events.push(event);
  }

  /** Each stream, as it would be read from the store. */
  streams(): ReadonlyMap<string, readonly Stored[]> {
    const streams = new Map<string, Stored[]>();
    for (const { data } of this.events) {
      const { envelope, content } = data;
      const event = {
        ...envelope,
        data: data.data,
        content: content ?? {},
        erased: content === null,
      } as Stored;
      streams.set(event.stream, [...(streams.get(event.stream) ?? []), event]);
    }
    return streams;
  }
}
