/** Of a server's times: a tenth, so that a bad day takes a second. */
const scale = 0.1;

/** What a server waits with: each of them is the default, scaled. */
export const storeWaits = {
  electionMs: 15_000 * scale,
  gossipTimeoutMs: 1_000 * scale,
  longestPauseMs: 4_000 * scale,
  seekMs: 500 * scale,
  requestTimeoutMs: 5_000 * scale,
  suspectMs: 500 * scale,
  watchdogMs: 10_000 * scale,
  patienceMs: 250 * scale,
  lease: { renewMs: 2_000 * scale, silentMs: 6_000 * scale },
  longestDelayMs: 1_000 * scale,
};
export const answerMs = 10_000 * scale;

/** What the work of two servers, a cluster and their clients on one processor takes is no tenth. */
const workMs = 1_000;

/** The longest that anybody waits for an answer, and for all to be level once the cause is gone. */
export const longestMs = 12_000 * scale;
export const levelMs = 10_000 * scale + workMs;
/** Whoever looks after a server gives up soon; that is the same for all times. */
export const probeMs = 1_000;
/** How long a client waits that is told to come again in a second. */
export const comeAgainMs = 1_000 * scale;
/** How long nodes take to find out that the leader is gone, and to elect another one. */
export const electionTakesMs = 1_200 * scale;

const sampleMs = 10;
/** A timer of the system is never exact. */
const exactMs = 5;

/**
 * How much time this process did not get, or spent at work of its own: servers, cluster and clients share it. No promise
 * in tenths of seconds is about that, so it is taken off whatever is measured.
 */
export class LostTime {
  #lostMs = 0;
  #seenAt = performance.now();
  readonly #timer = setInterval(() => this.#look(), sampleMs);

  get ms(): number {
    this.#look();
    return this.#lostMs;
  }

  stop(): void {
    clearInterval(this.#timer);
  }

  #look(): void {
    const now = performance.now();
    this.#lostMs += Math.max(0, now - this.#seenAt - sampleMs - exactMs);
    this.#seenAt = now;
  }
}

/**
 * How long something took of the time that this process had. What waits goes on by the clock while work stands still, so
 * the less of the time it had, the more was given up and begun again: by that share it counts for less.
 */
export function stopwatch(lost: LostTime): () => number {
  const [beganAt, lostBefore] = [performance.now(), lost.ms];
  return () => {
    const tookMs = performance.now() - beganAt;
    const hadMs = Math.max(0, tookMs - (lost.ms - lostBefore));
    return tookMs === 0 ? 0 : (hadMs * hadMs) / tookMs;
  };
}
