import { Problem } from '#libs/problem-details';
import { platformProblems } from '../problems/platform.problems.js';

/** Somebody other than the operator who has countersigned the first leaves of a log. */
export interface Countersigner {
  /** The name of its key. */
  readonly name: string;
  /** Where a party has registered the key as that of its own witness. */
  readonly party?: string;
  /** How many leaves. */
  readonly size: number;
  /** When, as it says itself. */
  readonly at: string;
}

/** How far the log of a dialogue is signed, and by whom. */
export interface LogStanding {
  /** Of the newest checkpoint; 0 where there is none yet. */
  readonly size: number;
  readonly countersigned: readonly Countersigner[];
}

/** How far one event is proven; what is stored is not proven by that. */
export interface Proven {
  /** Whether a checkpoint of the log covers it. */
  readonly logged: boolean;
  /** Who has countersigned a checkpoint that covers it. */
  readonly countersigned: readonly Countersigner[];
}

/** A witness that is asked, and how far it has come. */
export interface AskedWitness {
  readonly name: string;
  readonly party?: string;
  /** Its verifier key. */
  readonly key: string;
  /** The newest checkpoint that it countersigned, as a note; absent where there is none. */
  readonly newest?: { readonly size: number; readonly at: string; readonly note: string };
  /** How many leaves have come since. */
  readonly behind: number;
  /** Why it does not countersign at the moment; absent where nothing is known of that. */
  readonly why?: string;
}

/** What a log says of itself: that its key was changed, a guard file lost, or that it began anew. */
export interface SaidOfLog {
  readonly eventId: string;
  readonly recordedAt: string;
  /** In a sentence. */
  readonly says: string;
}

/** How far a log is to be trusted, and by whose word. */
export interface LogTrust {
  readonly dialogueId: string;
  readonly origin: string;
  /** How many leaves there are, signed or not. */
  readonly leaves: number;
  /** Why nothing is signed; absent where it is. */
  readonly unsigned?: string;
  /** The verifier keys of the log, the present one first. */
  readonly keys: readonly string[];
  /** The newest checkpoint; absent where there is none yet. */
  readonly checkpoint?: {
    readonly size: number;
    readonly root: string;
    readonly at?: string;
    readonly note: string;
  };
  readonly witnesses: readonly AskedWitness[];
  /** What the log says of itself, the first first. */
  readonly news: readonly SaidOfLog[];
  /** What is wrong with this log, in words; none where nothing is known to be. */
  readonly alarms: readonly string[];
  /** How far the store has been held against the logs. */
  readonly checked: string;
}

/** A checkpoint on which an answer about the past rests. */
export interface RestsOn {
  readonly size: number;
  /** In base64. */
  readonly root: string;
  /** When whoever is asked about signed it, as that says itself. */
  readonly at: string;
  /** What was signed, with its signatures. */
  readonly note: string;
}

export interface CheckpointBy {
  readonly checkpoint: RestsOn;
  /** Whether a later one was signed since, so that none can come in between any more. */
  readonly isFinal: boolean;
}

/** Who knows how far logs are signed. */
export interface StandingSource {
  /** The name of the log: `<public host>/<dialogue id>`. */
  originOf(dialogueId: string): string;
  /** Undefined where nothing is signed, or where it can't be told at the moment. */
  standingOf(dialogueId: string): Promise<LogStanding | undefined>;
  trustIn(dialogueId: string): Promise<LogTrust>;
  /** What was signed by an instant, in epoch ms; throws the problems of a read. */
  checkpointBy(dialogueId: string, grade: string, ms: number): Promise<CheckpointBy>;
  /** By which names the witnesses of a dialogue are known: a party for its own one. */
  witnessesOf(dialogueId: string): Promise<readonly string[]>;
  /** Whether this server signs. */
  readonly isSigned: boolean;
}

/** What the ledger, which stands higher, tells whoever reads the record. */
export class LogStandings {
  #source: StandingSource | undefined;
  #checkpoints: Pick<StandingSource, 'checkpointBy'> | undefined;

  from(source: StandingSource): void {
    this.#source = source;
    this.#checkpoints = source;
  }

  /** Where no server runs, and nothing else is asked. */
  checkpointsFrom(source: Pick<StandingSource, 'checkpointBy'>): void {
    this.#checkpoints = source;
  }

  originOf(dialogueId: string): string {
    return this.#known.originOf(dialogueId);
  }

  async of(dialogueId: string): Promise<LogStanding | undefined> {
    return this.#source?.standingOf(dialogueId);
  }

  checkpointBy(dialogueId: string, grade: string, ms: number): Promise<CheckpointBy> {
    if (this.#checkpoints === undefined)
      throw new Problem(platformProblems.LEDGER_UNSIGNED, {
        detail: 'Nothing here knows what was signed: ask a server that runs.',
      });
    return this.#checkpoints.checkpointBy(dialogueId, grade, ms);
  }

  /** By what the record can be asked for as of a moment, beside what was stored by then. */
  async gradesOf(dialogueId: string): Promise<readonly string[]> {
    if (this.#source?.isSigned !== true) return [];
    const witnesses = await this.#source.witnessesOf(dialogueId);
    return ['logged', ...new Set(witnesses.map((one) => `witnessed:${one}`))];
  }

  trustIn(dialogueId: string): Promise<LogTrust> {
    return this.#known.trustIn(dialogueId);
  }

  get #known(): StandingSource {
    if (this.#source === undefined) throw new Error('Nobody knows the logs of this record.');
    return this.#source;
  }
}

/** By the place of the event in its log alone, however long that is. */
export function provenAt(seq: number, { size, countersigned }: LogStanding): Proven {
  return { logged: seq < size, countersigned: countersigned.filter((one) => seq < one.size) };
}
