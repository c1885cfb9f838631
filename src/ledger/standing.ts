import { formatVerifierKey, LedgerFault, nodeCrypto, parseNote, verifyNote } from '#libs/ledger';
import type { VerifierKey } from '#libs/ledger';
import type {
  CheckpointBy,
  StandingSource,
  LogStanding,
  LogTrust,
  AskedWitness,
  SaidOfLog,
} from '../platform/record/log-standings.js';
import { within } from '../platform/record/timer.js';
import type { Timer } from '../platform/record/timer.js';
import type { Cosignatures } from './cosignatures.js';
import type { CosignedCheckpoint } from './cosigned.js';
import { instantOf } from './instant-of.js';
import type { CheckpointsBy } from './checkpoint-by.js';
import type { LedgerService } from './ledger.service.js';
import type { LogKeys } from './log-keys.js';
import type { Logs } from './logs.js';
import type { PartyWitness } from './party-witnesses.js';
import { partyOf } from './party-witnesses.js';
import type { Releases } from './releases.js';
import type { ScrubbingService } from './scrubbing.service.js';
import type { WitnessesService } from './witnesses.service.js';

/** A history is not kept waiting for a store that says nothing: it is told without its proofs. */
const waitMs = 1_000;

interface Parts {
  readonly logs: Logs;
  readonly releases: Releases;
  readonly cosignatures: Cosignatures;
  readonly witnesses: WitnessesService;
  readonly ledger: LedgerService;
  readonly scrubbing: ScrubbingService;
  readonly timer: Timer;
  readonly checkpointsBy: CheckpointsBy;
  /** Null where nothing is signed. */
  readonly keys: LogKeys | null;
  /** The keys that the parties of a dialogue have registered as those of their own witnesses. */
  readonly partyWitnesses: (dialogueId: string) => Promise<readonly PartyWitness[]>;
  /** What the log of a dialogue says of itself. */
  readonly news: (dialogueId: string) => Promise<readonly SaidOfLog[]>;
}

/** Tells how far a log is signed and by whom, from what is kept: two reads, however long the log is. */
export class Standing implements StandingSource {
  constructor(private readonly parts: Parts) {}

  originOf(dialogueId: string): string {
    return this.parts.logs.originOf(dialogueId);
  }

  async standingOf(dialogueId: string): Promise<LogStanding | undefined> {
    if (this.parts.keys === null) return undefined;
    const found = this.#standingOf(dialogueId).catch(() => undefined);
    return within(this.parts.timer, waitMs, found);
  }

  async #standingOf(dialogueId: string): Promise<LogStanding> {
    const { releases, cosignatures, witnesses, partyWitnesses } = this.parts;
    const [release, cosigned] = await Promise.all([releases.shown(dialogueId), cosignatures.of(dialogueId)]);
    const ofParties = cosigned.length === 0 ? [] : await partyWitnesses(dialogueId);
    const countersigned = witnesses.askers.flatMap(({ place: { key } }) => {
      const newest = newestOf(cosigned, key);
      return newest === undefined
        ? []
        : [{ name: key.name, ...partyOf(key, ofParties), size: newest.size, at: newest.at }];
    });
    return { size: release?.size ?? 0, countersigned };
  }

  async checkpointBy(dialogueId: string, grade: string, ms: number): Promise<CheckpointBy> {
    return this.parts.checkpointsBy.of(dialogueId, grade, ms);
  }

  async witnessesOf(dialogueId: string): Promise<readonly string[]> {
    const { witnesses, partyWitnesses } = this.parts;
    if (witnesses.askers.length === 0) return [];
    const ofParties = await partyWitnesses(dialogueId);
    return witnesses.askers.map(({ place: { key } }) => partyOf(key, ofParties).party ?? key.name);
  }

  get isSigned(): boolean {
    return this.parts.keys !== null;
  }

  async trustIn(dialogueId: string): Promise<LogTrust> {
    const { logs, releases, cosignatures, ledger, scrubbing, keys, partyWitnesses, news } = this.parts;
    const origin = logs.originOf(dialogueId);
    const named = keys?.named(origin) ?? [];
    const [release, cosigned, ofParties, saidOfLog] = await Promise.all([
      releases.shown(dialogueId),
      cosignatures.of(dialogueId),
      partyWitnesses(dialogueId),
      news(dialogueId),
    ]);
    const leaves = logs.size(dialogueId);
    const ownKeys = named.map(({ cosignature }) => cosignature);
    return {
      dialogueId,
      origin,
      leaves,
      ...(ledger.unsigned === undefined ? {} : { unsigned: ledger.unsigned }),
      keys: named.flatMap(({ note, cosignature }) => [note, cosignature].map(formatVerifierKey)),
      ...(release === undefined
        ? {}
        : {
            checkpoint: {
              size: release.size,
              root: release.root,
              ...timeIn(release.note, ownKeys),
              note: await cosignatures.noted(dialogueId, release.note),
            },
          }),
      witnesses: this.#asked(dialogueId, leaves, cosigned).map((one) => ({
        ...one.told,
        ...partyOf(one.key, ofParties),
      })),
      news: saidOfLog,
      alarms: this.#alarmsOf(dialogueId),
      checked: scrubbing.does,
    };
  }

  #asked(dialogueId: string, leaves: number, cosigned: readonly CosignedCheckpoint[]) {
    return this.parts.witnesses.askers.map(({ place: { key }, silent, refusals }) => {
      const newest = newestOf(cosigned, key);
      const why = silent ?? refusals.get(dialogueId)?.why;
      const told: AskedWitness = {
        name: key.name,
        key: formatVerifierKey(key),
        ...(newest === undefined ? {} : { newest }),
        behind: Math.max(0, leaves - (newest?.size ?? 0)),
        ...(why === undefined ? {} : { why }),
      };
      return { key, told };
    });
  }

  #alarmsOf(dialogueId: string): readonly string[] {
    const { logs, ledger, scrubbing, witnesses } = this.parts;
    const objection = witnesses.objectionTo(dialogueId);
    const refused = ledger.refused.get(dialogueId);
    return [
      ...(ledger.elsewhere === undefined ? [] : [ledger.elsewhere]),
      ...scrubbing.alarms
        .filter((one) => one.dialogueId === dialogueId)
        .map(({ seq, because }) => `Entry ${seq}: ${because}.`),
      ...logs
        .stopped()
        .filter(({ log }) => log === dialogueId)
        .map(({ seq, because }) => `Entry ${seq}: no leaf can be derived: ${because}.`),
      ...(refused === undefined ? [] : [refused]),
      ...(objection === undefined || refused !== undefined ? [] : [objection]),
    ];
  }
}

function newestOf(cosigned: readonly CosignedCheckpoint[], key: VerifierKey) {
  for (const { size, note, cosigned: signatures } of cosigned) {
    const own = signatures.find((one) => one.key.id === key.id);
    if (own !== undefined) return { size, at: instantOf(own.time), note };
  }
  return undefined;
}

/** The log countersigns its own checkpoints, which gives them a time. */
function timeIn(note: string, keys: readonly VerifierKey[]): { readonly at?: string } {
  try {
    const [first] = verifyNote(nodeCrypto, parseNote(Buffer.from(note)), keys);
    return first?.time === undefined ? {} : { at: instantOf(first.time) };
  } catch (error) {
    if (error instanceof LedgerFault) return {};
    throw error;
  }
}
