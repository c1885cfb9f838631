import { Unavailable } from '#libs/event-store';
import { parseCheckpoint } from '#libs/ledger';
import type { VerifierKey } from '#libs/ledger';
import { Problem } from '#libs/problem-details';
import { platformProblems } from '../platform/problems/platform.problems.js';
import type { CheckpointBy, RestsOn } from '../platform/record/log-standings.js';
import { unlessAway } from '../platform/record/unless-away.js';
import type { Cosignatures } from './cosignatures.js';
import { instantOf } from './instant-of.js';
import { cosignedAt } from './cosigned-at.js';
import type { Logs } from './logs.js';
import { leavesLag } from './named-log.js';
import { isKeyOf } from './party-witnesses.js';
import type { PartyWitness } from './party-witnesses.js';
import type { Releases } from './releases.js';

/** The parties of a dialogue, and which key each had registered by then as that of its own witness. */
export interface Registered {
  readonly parties: readonly string[];
  readonly witnesses: readonly PartyWitness[];
}

interface Parts {
  readonly logs: Pick<Logs, 'isReady' | 'rootAt'>;
  readonly releases: Releases;
  readonly cosignatures: Cosignatures;
  /** Of the witnesses that are asked. */
  readonly keys: readonly VerifierKey[];
  /** Why nothing is signed; undefined where it is. */
  readonly unsigned: () => string | undefined;
  /** By the instant, in epoch ms. */
  readonly registeredBy: (dialogueId: string, ms: number) => Promise<Registered>;
}

const witnessed = 'witnessed:';

function notYet(detail: string): Problem {
  return new Problem(platformProblems.NOT_YET, { detail });
}

function unsigned(detail: string): Problem {
  return new Problem(platformProblems.LEDGER_UNSIGNED, { detail });
}

/** When it came to be, where that is known. */
function laterIn(next: number | undefined): string {
  return next === undefined || next < 0 ? '' : `: the first after that is of ${instantOf(next)}`;
}

/** Finds the checkpoint of a log that was signed, or countersigned, by an instant. */
export class CheckpointsBy {
  constructor(private readonly parts: Parts) {}

  /**
   * For `logged`, or `witnessed:` and the name of a witness or of a party. Throws the problems of a read: `not-yet`,
   * `witness-unknown`, `ledger-unsigned`; and `Unavailable` where the store is away.
   */
  async of(dialogueId: string, grade: string, ms: number): Promise<CheckpointBy> {
    const finding = grade.startsWith(witnessed)
      ? this.#witnessed(dialogueId, grade.slice(witnessed.length), ms)
      : this.#logged(dialogueId, ms);
    const found = await unlessAway(finding);
    if (found === 'away')
      throw new Unavailable('The store is away, and what was signed by then stands in it.');
    this.#refuseOtherRoot(dialogueId, found.checkpoint);
    return found;
  }

  async #logged(dialogueId: string, ms: number): Promise<CheckpointBy> {
    const { release, found, next } = await this.parts.releases.by(dialogueId, Math.floor(ms / 1_000));
    if (typeof found === 'object') throw unsigned(found.fault);
    if (release === undefined) {
      const why = next === undefined ? this.parts.unsigned() : undefined;
      if (why !== undefined) throw unsigned(why);
      throw notYet(`The log had signed no checkpoint of this dialogue by then${laterIn(next)}.`);
    }
    const { size, root, note } = release;
    const checkpoint = { size, root, at: instantOf(cosignedAt(note)), note };
    return { checkpoint, isFinal: next !== undefined };
  }

  /** Of a party with several witnesses, the one that had come furthest. */
  async #witnessed(dialogueId: string, name: string, ms: number): Promise<CheckpointBy> {
    const { cosignatures } = this.parts;
    const keys = await this.#keysOf(dialogueId, name, ms);
    const seconds = Math.floor(ms / 1_000);
    const reached = await Promise.all(
      keys.map(async (key) => ({ key, ...(await cosignatures.by(dialogueId, key, seconds)) })),
    );
    const isFinal = reached.every(({ next }) => next !== undefined);
    const [best] = reached
      .flatMap(({ key, checkpoint }) => (checkpoint === undefined ? [] : [{ key, checkpoint }]))
      .toSorted((one, other) => other.checkpoint.size - one.checkpoint.size);
    if (best === undefined) {
      const next = reached.flatMap((one) => one.next ?? []).toSorted((one, other) => one - other)[0];
      throw notYet(`The witness ${name} had countersigned nothing of this dialogue by then${laterIn(next)}.`);
    }
    const { size, text, note, cosigned } = best.checkpoint;
    const root = Buffer.from(parseCheckpoint(text).root).toString('base64');
    const time = cosigned.find(({ key }) => key.id === best.key.id)?.time;
    return { checkpoint: { size, root, at: instantOf(time), note }, isFinal };
  }

  /** A party is known by the keys that it had registered by then, anybody else by the name of the key. */
  async #keysOf(dialogueId: string, name: string, ms: number): Promise<readonly VerifierKey[]> {
    const { parties, witnesses } = await this.parts.registeredBy(dialogueId, ms);
    const isParty = parties.includes(name);
    const own = witnesses.filter(({ party }) => party === name);
    const keys = isParty
      ? this.parts.keys.filter((key) => own.some((one) => isKeyOf(key, one)))
      : this.parts.keys.filter((key) => key.name === name);
    if (keys.length > 0) return keys;
    const why = isParty
      ? `${name} had registered no witness of its own by then that is asked here`
      : `No witness called ${name} is asked here`;
    const names = [
      ...new Set(witnesses.filter((one) => this.#isAsked(one)).map(({ party }) => party)),
      ...this.parts.keys.map((key) => key.name),
    ];
    const others = names.length === 0 ? 'There is none.' : `There are: ${names.join(', ')}.`;
    throw new Problem(platformProblems.WITNESS_UNKNOWN, { detail: `${why}. ${others}` });
  }

  #isAsked(witness: PartyWitness): boolean {
    return this.parts.keys.some((key) => isKeyOf(key, witness));
  }

  /** What was changed in the store or in the record by hand shows by the root. */
  #refuseOtherRoot(dialogueId: string, { size, root }: RestsOn): void {
    const own = this.parts.logs.isReady ? this.parts.logs.rootAt(dialogueId, size) : undefined;
    if (own === undefined) throw leavesLag();
    if (Buffer.from(own).toString('base64') !== root)
      throw unsigned(
        `The checkpoint of ${size} leaves that was signed by then has another root than the record gives.`,
      );
  }
}
