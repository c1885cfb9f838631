import type { Expected, SerialisedEvent } from '#libs/event-store';

/** What the main thread and the writer's thread say to each other; each message to the writer gets one reply. */

export interface AppendRequest {
  readonly stream: string;
  readonly expected: Expected;
  readonly events: readonly SerialisedEvent[];
}

export type AppendResult =
  | {
      readonly kind: 'appended';
      readonly revision: bigint;
      readonly position: bigint;
      /** Absent of a repeat. */
      readonly recordedAt?: string;
    }
  | { readonly kind: 'conflict'; readonly actual: bigint | undefined };

/** `still in the log`: erased from every read, but another reader keeps the log from being emptied. */
export type EraseResult = 'erased' | 'still in the log' | 'no stream' | 'no revision';

/** Faults that tests put into the writer, where a real disk would have them. */
export type Fault =
  | { readonly kind: 'maxPages'; readonly pages: number }
  | { readonly kind: 'failNextSync' }
  | { readonly kind: 'exitAfterNextCommit' };

export type ToWriter =
  /** `now` is what the clock says when the batch is sent; the thread has no clock of its own, for tests set ours. */
  | { readonly kind: 'append'; readonly now: string; readonly appends: readonly AppendRequest[] }
  | { readonly kind: 'erase'; readonly stream: string; readonly revision: bigint }
  /** The log that an erasure could not empty; without waiting for who keeps it from that. */
  | { readonly kind: 'empty' }
  | { readonly kind: 'inject'; readonly fault: Fault }
  | { readonly kind: 'close' };

export type FromWriter =
  | { readonly kind: 'ready' }
  | { readonly kind: 'appended'; readonly results: readonly AppendResult[] }
  | { readonly kind: 'erasure'; readonly result: EraseResult }
  | { readonly kind: 'injected' }
  /** Nothing of the message was done, and it may be sent again later. */
  | { readonly kind: 'unavailable'; readonly reason: string }
  /** The writer does nothing any more. */
  | { readonly kind: 'fatal'; readonly reason: string };
