import { setTimeout as after } from 'node:timers/promises';
import { LedgerFault } from '#libs/ledger';
import type { Note } from '#libs/ledger';
import type { ActAlarm, PartyStanding } from './act-alarms.js';
import { CannotCheck } from './cannot-check.js';
import type { Follower } from './follower.js';
import { BegunAnew, SplitView } from './mirroring.js';
import { wrong } from './verifying.js';

/** Milliseconds. */
export interface Paces {
  /** A log that nobody asks about is looked at so often all the same. */
  readonly poll: number;
  /** The least rest between two looks. */
  readonly rest: number;
  /** What was cosigned and could not be checked for so long is an alarm: whoever hides a log would have it so. */
  readonly patience: number;
}

export const usualPaces: Paces = { poll: 60_000, rest: 1_000, patience: 600_000 };

/** A look at a log takes a tenth of a processor at the most. */
const restsForWork = 9;

export interface LogAlarm {
  readonly log: string;
  readonly why: string;
  readonly seq?: number;
  readonly stream?: string;
  readonly party?: string;
  /** The entry by which the log itself says that the act is void. */
  readonly voidBy?: number;
}

export interface FollowedLog {
  readonly log: string;
  readonly cosigned: number;
  /** Entries of which each was gone through. */
  readonly checked: number;
  readonly parties: readonly PartyStanding[];
  /** Why what is new can't be checked, and since when (ISO 8601). */
  readonly unchecked?: { readonly why: string; readonly since: string };
}

export interface Alarms {
  /** The first thousand of each log. */
  readonly alarms: readonly LogAlarm[];
  /** How many there are beyond those. */
  readonly more: number;
  readonly logs: readonly FollowedLog[];
}

interface Parts {
  /** Milliseconds since 1970. */
  readonly now: () => number;
  readonly paces: Paces;
  /** Each alarm, once. */
  readonly onAlarm: (alarm: LogAlarm) => void;
  /** That a log can't be checked for now, and that it can again. */
  readonly onNote: (log: string, words: string) => void;
}

interface Trouble {
  readonly why: string;
  readonly since: number;
  readonly isAlarm: boolean;
}

/** Looks at one log again and again, and remembers what keeps it from looking. */
export class Following {
  #trouble: Trouble | undefined;
  #isAsked = false;
  #wake: (() => void) | undefined;

  constructor(
    private readonly follower: Follower,
    private readonly parts: Parts,
  ) {}

  get log(): string {
    return this.follower.log.origin;
  }

  /** A new checkpoint was cosigned. */
  ask(note: Note): void {
    this.follower.cosigns(note);
    this.#isAsked = true;
    this.#wake?.();
  }

  async run(ended: AbortSignal): Promise<void> {
    const { now, paces } = this.parts;
    while (!ended.aborted) {
      this.#isAsked = false;
      const begun = now();
      await this.look();
      const rest = Math.max(paces.rest, restsForWork * (now() - begun));
      await after(rest, undefined, { signal: ended, ref: false }).catch(() => undefined);
      if (!this.#isAsked && !ended.aborted) await this.#askedOr(paces.poll, ended);
    }
  }

  async #askedOr(poll: number, ended: AbortSignal): Promise<void> {
    const waiting = new AbortController();
    this.#wake = () => waiting.abort();
    const signal = AbortSignal.any([ended, waiting.signal]);
    await after(poll, undefined, { signal, ref: false }).catch(() => undefined);
    this.#wake = undefined;
  }

  async look(): Promise<void> {
    try {
      await this.follower.look();
      if (this.#trouble !== undefined) this.parts.onNote(this.log, 'is checked again.');
      this.#trouble = undefined;
    } catch (error) {
      this.#met(error);
    }
  }

  #met(error: unknown): void {
    const { now, paces, onAlarm, onNote } = this.parts;
    const before = this.#trouble;
    const since = before?.since ?? now();
    const isWrong = error instanceof LedgerFault || error instanceof SplitView || error instanceof BegunAnew;
    const why = isWrong && error instanceof LedgerFault ? wrong(error) : (error as Error).message;
    const isAlarm = isWrong || now() - since >= paces.patience;
    this.#trouble = { why, since, isAlarm };
    // What lasts is told once; what is found wrong, whenever it is something else.
    const isTold = before?.isAlarm === true && (!isWrong || before.why === why);
    if (isAlarm && !isTold) onAlarm({ log: this.log, why: this.#sentence() });
    else if (before?.why !== why)
      onNote(this.log, error instanceof CannotCheck ? why : `could not be checked: ${why}`);
  }

  /** What is no alarm as yet is told under `unchecked`. */
  #sentence(): string {
    const { why = '', since = 0 } = this.#trouble ?? {};
    return `What is new since ${new Date(since).toISOString()} is not checked: ${why}`;
  }

  get alarms(): readonly LogAlarm[] {
    const { log } = this;
    const ofActs = this.follower.alarms.all.map((one: ActAlarm): LogAlarm => ({ log, ...one }));
    return this.#trouble?.isAlarm === true ? [{ log, why: this.#sentence() }, ...ofActs] : ofActs;
  }

  get more(): number {
    return this.follower.alarms.more;
  }

  get state(): FollowedLog {
    const { checked, cosigned, alarms, log } = this.follower;
    const trouble = this.#trouble;
    return {
      log: log.origin,
      cosigned,
      checked,
      parties: alarms.parties,
      ...(trouble === undefined
        ? {}
        : { unchecked: { why: trouble.why, since: new Date(trouble.since).toISOString() } }),
    };
  }
}

/** The logs of a witness that it follows. */
export class FollowedLogs {
  readonly #ended = new AbortController();

  constructor(private readonly all: readonly Following[]) {}

  start(): void {
    for (const one of this.all) void one.run(this.#ended.signal);
  }

  asked(log: string, cosigned: Note): void {
    this.all.find((one) => one.log === log)?.ask(cosigned);
  }

  get said(): Alarms {
    return {
      alarms: this.all.flatMap(({ alarms }) => alarms),
      more: this.all.reduce((sum, { more }) => sum + more, 0),
      logs: this.all.map(({ state }) => state),
    };
  }

  stop(): void {
    this.#ended.abort();
  }
}
