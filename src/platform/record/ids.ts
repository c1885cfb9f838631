import { randomBytes, randomFillSync } from 'node:crypto';
import { v4, v5, v7 } from 'uuid';

import { realNow } from './clock.js';

/** The namespace of all ids that are drawn from something else (RFC 9562 §5.5). */
const namespace = '6f0f2c7e-4a5b-5d1e-9a53-2b7c1d9e8f40';

/** Drawn many at a time: each act and each request has some, and asking for them costs more than they do. */
const drawnAtOnce = 4_096;

const idBytes = 16;
/** Of all ids of this process, so that each is greater than the one before it, whoever asked for that. */
let place = { msecs: Number.NEGATIVE_INFINITY, seq: 0 };

/** The time and the counter of the next id (RFC 9562 §6.2, method 1): a millisecond begins at random and is counted on. */
function nextPlace(random: Buffer): typeof place {
  const now = realNow();
  if (now > place.msecs) place = { msecs: now, seq: random.readUInt32BE(6) & 0x7fff_ffff };
  else {
    const seq = (place.seq + 1) | 0;
    // The counter has 32 bits, and where they are used up the time runs ahead.
    place = { msecs: seq === 0 ? place.msecs + 1 : place.msecs, seq };
  }
  return place;
}

/** The only randomness. Ids of events are UUIDv7; what must come out the same again is UUIDv5. */
export class Ids {
  readonly #drawn = Buffer.alloc(drawnAtOnce);
  #used = drawnAtOnce;

  next(): string {
    const from = this.#take(idBytes);
    const random = this.#drawn.subarray(from, from + idBytes);
    const { msecs, seq } = nextPlace(random);
    const id = v7({ random, msecs, seq });
    random.fill(0);
    return id;
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
    return this.#draw(32, 'base64');
  }

  nonce(): string {
    return this.#draw(16, 'base64');
  }

  secret(): string {
    return this.#draw(32, 'base64url');
  }

  /** From 0 up to 1, so that those who wait do not all come back at once. */
  fraction(): number {
    return randomBytes(4).readUInt32BE() / 2 ** 32;
  }

  trace(): string {
    return this.#draw(16, 'hex');
  }

  /** What was handed out is wiped, so that no secret lies about here. */
  #draw(bytes: number, as: 'base64' | 'base64url' | 'hex'): string {
    const from = this.#take(bytes);
    const said = this.#drawn.toString(as, from, this.#used);
    this.#drawn.fill(0, from, this.#used);
    return said;
  }

  /** From where on so many bytes are the caller's, up to `#used`; the caller wipes them. */
  #take(bytes: number): number {
    if (this.#used + bytes > drawnAtOnce) {
      randomFillSync(this.#drawn);
      this.#used = 0;
    }
    this.#used += bytes;
    return this.#used - bytes;
  }
}
