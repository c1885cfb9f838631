import { OutcomeUnknown, Unavailable } from '#libs/event-store';
import { LedgerFault } from '#libs/ledger';
import type { Release } from './release-check.js';
import { WitnessPatience } from './witness-patience.js';
import type { Refusal } from './witness-patience.js';
import type { Asking, Known } from './witness-asking.js';
import { checkpointFor, hasRoot, lowered } from './witness-proof.js';
import { askWitness } from './witness-request.js';
import type { WitnessSaid } from './witness-request.js';
import type { WitnessPlace } from './witness-settings.js';

/** How often is looked whether there is something to ask. */
const lookEveryMs = 100;

/**
 * Asks one witness to countersign the newest checkpoint of each log, one request at a time. A witness that says nothing is
 * left alone for a while, and one that refuses a log is asked of the others.
 */
export class WitnessAsker {
  readonly #wanted = new Map<string, Release>();
  readonly #met = new Set<string>();
  /** What was released before this server began to sign: nothing more is signed before the witness was asked of it. */
  readonly #meeting = new Set<string>();
  /** Of which the witness has not said anything since. */
  readonly #unmet = new Set<string>();
  readonly #known = new Map<string, Known>();
  readonly #objections = new Map<string, string>();
  readonly #patience: WitnessPatience;

  constructor(
    readonly place: WitnessPlace,
    private readonly parts: Asking,
  ) {
    this.#patience = new WitnessPatience(parts.timer, parts.fraction);
  }

  get name(): string {
    return this.place.key.name;
  }

  /** Why the witness says nothing; undefined where it does. */
  get silent(): string | undefined {
    return this.#patience.silent;
  }

  /** Why it refuses, by the dialogue. */
  get refusals(): ReadonlyMap<string, Refusal> {
    return this.#patience.refusals;
  }

  /** What it says by which nothing more of a log may be signed, by the dialogue. */
  get objections(): ReadonlyMap<string, string> {
    return this.#objections;
  }

  isMeeting(log: string): boolean {
    return this.#meeting.has(log);
  }

  /** Has it asked of what was released last, before anything more is signed; true where that was done before. */
  meet(log: string, last: Release | undefined): boolean {
    if (this.#met.has(log)) return true;
    this.#met.add(log);
    if (last === undefined) return true;
    this.#meeting.add(log);
    this.#unmet.add(log);
    this.#wanted.set(log, last);
    return false;
  }

  vouches(log: string, size: number): boolean {
    const known = this.#known.get(log);
    return known?.size === size && known.isVouched;
  }

  /** Only the newest checkpoint is asked for. */
  want(log: string, release: Release): void {
    this.#wanted.set(log, release);
  }

  async run(ended: AbortSignal): Promise<void> {
    const { timer, lease, report } = this.parts;
    while (!ended.aborted) {
      if (!lease.held) this.#forget();
      const next = this.#next();
      if (next === undefined) {
        await timer.wait(lookEveryMs, ended).catch(() => undefined);
        continue;
      }
      const [log, release] = next;
      // To the end of the row: a log of which nothing comes holds up none of the others.
      this.#wanted.delete(log);
      this.#wanted.set(log, release);
      try {
        await this.#ask(log, release, ended);
      } catch (error) {
        if (ended.aborted) return;
        this.#patience.rest(log);
        // What passes is tried again.
        const passes = error instanceof Unavailable || error instanceof OutcomeUnknown;
        if (!passes) report(`witness ${this.name} could not be asked`, error);
      }
    }
  }

  /** Another server signs now, and may have come further. */
  #forget(): void {
    for (const one of [this.#wanted, this.#met, this.#meeting, this.#unmet, this.#known, this.#objections])
      one.clear();
    this.#patience.forget();
  }

  #next(): readonly [string, Release] | undefined {
    if (this.#patience.isResting) {
      // Whom nobody hears holds nobody up.
      this.#meeting.clear();
      return undefined;
    }
    for (const one of this.#wanted) if (!this.#patience.isPaused(one[0])) return one;
    return undefined;
  }

  async #ask(log: string, release: Release, ended: AbortSignal): Promise<void> {
    if (this.parts.logs.size(log) < release.size) {
      // Less is there than was signed: that says whoever signs, and no proof can be made.
      this.#wanted.delete(log);
      this.#meeting.delete(log);
      return;
    }
    const known =
      this.#known.get(log)?.size ?? (await this.parts.cosignatures.newestBy(log, this.place.key))?.size ?? 0;
    let old = Math.min(known, release.size);
    let said = await this.#request(log, release, old, ended);
    if (said.kind === 'knows' && said.size !== old && said.size <= release.size) {
      old = said.size;
      said = await this.#request(log, release, old, ended);
    }
    await this.#take(log, release, old, said);
    this.#meeting.delete(log);
    if (said.kind !== 'silent') this.#unmet.delete(log);
  }

  #request(log: string, release: Release, old: number, ended: AbortSignal): Promise<WitnessSaid> {
    return askWitness(this.place.url, checkpointFor(this.parts.logs, log, release, old), ended);
  }

  async #take(log: string, release: Release, old: number, said: WitnessSaid): Promise<void> {
    if (said.kind === 'silent') return this.#heardNothing(said.why);
    this.#patience.heard();
    if (said.kind === 'signed') return this.#signed(log, release, old, said);
    if (said.kind === 'refuses') return this.#patience.refused(log, said.why);
    if (said.kind === 'unknown-log')
      return this.#patience.refused(log, 'answers 404: it does not know the log', true);
    // With 409 it also says that it knows another root of the very size that it was sent (c2sp.org/tlog-witness).
    const isFork = said.kind === 'fork' || (said.size === old && old === release.size);
    if (isFork) return this.#saysForked(log, old);
    if (said.size > release.size) return this.#isAhead(log, release, said.size);
    this.#known.set(log, { size: said.size, isVouched: false });
    this.#patience.refused(log, `answers 409 and names ${said.size} leaves, and so again`);
  }

  async #signed(
    log: string,
    { note, size }: Release,
    old: number,
    said: WitnessSaid & { kind: 'signed' },
  ): Promise<void> {
    const { cosignatures } = this.parts;
    try {
      const own = cosignatures.verified(this.place.key, note, said.signatures);
      await cosignatures.keep(log, note, own);
    } catch (error) {
      if (!(error instanceof LedgerFault)) throw error;
      return this.#patience.refused(log, `answers 200, and ${lowered(error.message)}`);
    }
    this.#known.set(log, { size, isVouched: old > 0 });
    this.#patience.took(log);
    this.#objections.delete(log);
    if ((this.#wanted.get(log)?.size ?? 0) <= size) this.#wanted.delete(log);
  }

  /**
   * A fork, as it says. It is believed unless its own countersignature, of the leaves from which the proof began, says the
   * contrary: then it has signed two histories, or its word is wrong, and the log need not stand still for it.
   */
  async #saysForked(log: string, old: number): Promise<void> {
    const own = await this.parts.cosignatures.newestBy(log, this.place.key);
    const isRefuted = old === 0 || (own?.size === old && hasRoot(this.parts.logs, log, own));
    const said = `takes the log for forked after ${old} leaves`;
    if (isRefuted) return this.#patience.refused(log, `${said}, which its own countersignature refutes`);
    this.#object(log, `The witness ${this.name} has countersigned another history of ${old} leaves.`);
    this.#patience.refused(log, said);
  }

  /** Told at the first word since this server signs, it is believed; later it can't be, for here all was signed since. */
  #isAhead(log: string, { size }: Release, says: number): void {
    if (this.#unmet.has(log))
      this.#object(
        log,
        `The witness ${this.name} has countersigned ${says} leaves, and the newest checkpoint here is of ${size}: the log is behind.`,
      );
    this.#patience.refused(log, `says that it has countersigned ${says} leaves, and there are ${size}`);
  }

  #object(log: string, because: string): void {
    const { report } = this.parts;
    const words = `${because} If it is the witness that is wrong, take it out of ENTENTE_LEDGER_WITNESSES.`;
    if (this.#objections.get(log) !== words) report(`ALARM: dialogue ${log}: ${words}`, undefined);
    this.#objections.set(log, words);
  }

  #heardNothing(why: string): void {
    if (this.#patience.heardNothing(why))
      this.parts.report(
        `witness ${this.name}: ${why}; the logs go on by what the store and the guard file say`,
        undefined,
      );
    this.#meeting.clear();
  }
}
