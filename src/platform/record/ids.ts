import { randomBytes, randomFillSync } from 'node:crypto';
import { v4, v5, v7 } from 'uuid';

/** The namespace of all ids that are drawn from something else (RFC 9562 §5.5). */
const namespace = '6f0f2c7e-4a5b-5d1e-9a53-2b7c1d9e8f40';

const traceBytes = 16;
/** Random bytes for the names of requests, many at a time: each request has one, and asking for them costs more than they do. */
const drawnAtOnce = 256 * traceBytes;

/** The only randomness. Ids of events are UUIDv7; what must come out the same again is UUIDv5. */
export class Ids {
  readonly #drawn = Buffer.alloc(drawnAtOnce);
  #used = drawnAtOnce;

  next(): string {
    return v7();
  }

  /** Tells nothing, not even when it was made. */
  random(): string {
    return v4();
  }

  /** The same parts give the same id; parts can't run into each other. */
  drawnFrom(...parts: readonly string[]): string {
    return v5(JSON.stringify(parts), namespace);
  }

  salt(): string {
    return randomBytes(32).toString('base64');
  }

  nonce(): string {
    return randomBytes(16).toString('base64');
  }

  secret(): string {
    return randomBytes(32).toString('base64url');
  }

  /** From 0 up to 1, so that those who wait do not all come back at once. */
  fraction(): number {
    return randomBytes(4).readUInt32BE() / 2 ** 32;
  }

  trace(): string {
    if (this.#used === drawnAtOnce) {
      randomFillSync(this.#drawn);
      this.#used = 0;
    }
    const from = this.#used;
    this.#used += traceBytes;
    return this.#drawn.toString('hex', from, this.#used);
  }
}
