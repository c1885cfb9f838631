import { defaultLimits, systemClock, type Limits, type RecordedAtClock } from '#libs/event-store';

import { systemTimers, type Timers } from './timers.js';

export interface EventStoreDbOptions {
  /** As in `esdb://user:password@host:2113?tls=true`; the user must be allowed to read `$all`. */
  readonly connectionString: string;
  readonly clock?: RecordedAtClock;
  readonly limits?: Limits;
  /** Told once of each trouble with the connection, and of its end: in words, and with the addresses. */
  readonly onConnection?: (words: string, detail: string) => void;
  /** How long an answer may take before it is asked around whether another node leads by now. */
  readonly suspectMs?: number;
  /** How long a node is given to say who leads, unless the connection string says. */
  readonly gossipTimeoutMs?: number;
  /** Longer than an election takes: for so long another store must be seen before it is called one. */
  readonly electionMs?: number;
  /** The longest pause before what failed is tried again: a new leader is used within two seconds. */
  readonly longestPauseMs?: number;
  /** The longest pause between two rounds of asking who leads: longer would let a new leader wait for its first caller. */
  readonly seekMs?: number;
  /** How long one answer of the server is waited for. */
  readonly requestTimeoutMs?: number;
  /** How long a subscription may say nothing before its silence is checked against `$all`. */
  readonly watchdogMs?: number;
  /** The same where something is known to be under way: the past, or an append of this process. */
  readonly patienceMs?: number;
  /** Told of each event whose words are erased, once their key is deleted; a throw makes the erasing fail. */
  readonly onErased?: (event: {
    readonly stream: string;
    readonly revision: bigint;
    readonly id: string;
  }) => void;
  readonly timers?: Timers;
  /** Spreads the retries; from 0 up to 1, like `Math.random`. */
  readonly random?: () => number;
}

export type Settings = Required<EventStoreDbOptions>;

/**
 * A server takes 1 MiB by one append unless it is configured otherwise, and counts the frame of every event too; sealed
 * words take a third more than their JSON. What is too large is better refused here, in words, than by a server that may
 * answer it like any other failure.
 */
export const serverLimits: Limits = { ...defaultLimits, eventBytes: 700_000, appendBytes: 700_000 };

export function settingsOf(options: EventStoreDbOptions): Settings {
  return {
    clock: systemClock,
    limits: serverLimits,
    onConnection: () => undefined,
    onErased: () => undefined,
    suspectMs: 500,
    gossipTimeoutMs: 1_000,
    electionMs: 15_000,
    longestPauseMs: 1_000,
    seekMs: 500,
    requestTimeoutMs: 5_000,
    watchdogMs: 10_000,
    patienceMs: 250,
    timers: systemTimers,
    random: Math.random,
    ...options,
  };
}
