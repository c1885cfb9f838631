import { Conflict } from '#libs/event-store';
import { readModelsDamage } from '#libs/projections';
import { formatCheckpoint, formatNote, formatVerifierKey, signText } from '#libs/ledger';
import { spanned } from '#libs/tracing';
import type { Tracing } from '#libs/tracing';
import type { Clock } from '../platform/record/clock.js';
import type { Guard, Head } from './guard.js';
import { goOn, Judge } from './judge.js';
import type { LogKeys } from './log-keys.js';
import { keyIdsIn } from './release-check.js';
import type { Release } from './release-check.js';
import type { Logs } from './logs.js';
import type { Say } from './saying.js';
import type { Releases } from './releases.js';
import type { Witnessing } from './witnesses.service.js';

interface Signing {
  readonly logs: Logs;
  readonly releases: Releases;
  readonly keys: LogKeys;
  readonly guard: Guard;
  readonly isLossAccepted: boolean;
  readonly witnesses: Witnessing;
  readonly clock: Clock;
  /** Has the log say something of itself. */
  readonly say: Say;
  readonly tracing?: Tracing | undefined;
}

/** Signs what has grown: the one place where a checkpoint is made. */
export class Signer {
  readonly judge: Judge;

  constructor(private readonly parts: Signing) {
    this.judge = new Judge(parts);
  }

  /** Whether anything may be promised of the log: judged at once where this process did not yet. */
  vouchesFor(log: string): boolean | Promise<boolean> {
    this.judge.lookOnce();
    if (this.judge.vouchesFor(log) || this.judge.refused.has(log)) return this.judge.vouchesFor(log);
    return this.follow(log).then(() => this.judge.vouchesFor(log));
  }

  /**
   * Judges a log that another server signs, and keeps in the guard file what that has signed. False while the leaves of it
   * are on their way, while there is nothing to keep, and while somebody's word may still come.
   */
  follow(log: string): Promise<boolean> {
    return this.#unlessDamaged(log, () => this.#follow(log));
  }

  async #follow(log: string): Promise<boolean> {
    const { logs, releases, guard } = this.parts;
    const { release: last } = await releases.last(log);
    if (last !== undefined && last.size > logs.size(log)) return false;
    await this.#sayLoss(log, last);
    const isRefused = this.#isRefused(log, last);
    if (this.judge.awaitsWord(log)) return false;
    return isRefused || guard.headOf(logs.originOf(log)) !== undefined;
  }

  /**
   * A checkpoint of all leaves that are there, unless the last one says so already. Kept in the guard file, then in the
   * store at the revision that was read, and only then to be seen. False where somebody else was first, and while a witness
   * is asked of the last one.
   */
  release(log: string): Promise<boolean> {
    return this.#unlessDamaged(log, () => this.#release(log));
  }

  async #release(log: string): Promise<boolean> {
    const { logs, releases, guard, witnesses, tracing } = this.parts;
    if (witnesses.isMeeting(log)) return false;
    const before = await releases.last(log);
    const { release: last, found } = before;
    if (!witnesses.meets(log, last)) return false;
    await this.#sayLoss(log, last);
    if (this.#isRefused(log, last) || this.#isObjectedTo(log)) return true;
    await this.#sayKeys(log, last);
    const size = logs.size(log);
    const origin = logs.originOf(log);
    // Where the key was changed, the last checkpoint is signed anew: nobody could verify it any more.
    if (size === 0 || (last?.size === size && found === 'signed')) return true;
    const root = logs.rootAfter(log, last, size);
    const head = { size, root: Buffer.from(root).toString('base64') };
    await guard.keepAsync([{ origin, ...head }]);
    try {
      const attributes = { 'entente.leaves': size - (last?.size ?? 0) };
      const release = await spanned(tracing, 'checkpoint', { kind: 'internal', attributes }, async () => {
        const made = { ...head, note: this.#note(origin, size, root) };
        await releases.add(log, made, before);
        return made;
      });
      witnesses.released(log, release);
      return true;
    } catch (error) {
      if (error instanceof Conflict) return false;
      throw error;
    }
  }

  /** Of a log of which the leaves or the tree can't be read nothing is signed, and all others are as they were. */
  async #unlessDamaged(log: string, work: () => Promise<boolean>): Promise<boolean> {
    try {
      return await work();
    } catch (error) {
      const damage = readModelsDamage(error);
      if (damage === undefined) throw error;
      this.judge.refuse(log, damage.message);
      return true;
    }
  }

  /** That nothing but the store knows what was signed of the log, before the guard file knows it again. */
  async #sayLoss(log: string, last: Release | undefined): Promise<void> {
    if (last === undefined || !this.judge.acceptsLossOf(log, last)) return;
    await this.parts.say(log, { type: 'AcceptGuardLoss', size: last.size, root: last.root });
  }

  /** That other keys sign from here on than have signed last, before they do. */
  async #sayKeys(log: string, last: Release | undefined): Promise<void> {
    if (last === undefined) return;
    const { keys, logs } = this.parts;
    const origin = logs.originOf(log);
    const [named, before] = [keys.named(origin), keyIdsIn(last.note, origin)];
    const isSame = named.length === before.length && named.every(({ note }) => before.includes(note.id));
    if (isSame) return;
    const present = named.map(({ note }) => formatVerifierKey(note));
    await this.parts.say(log, { type: 'RotateLogKey', keys: present, before });
  }

  #isRefused(log: string, last: Head | undefined): boolean {
    const fault = this.parts.releases.faults.get(log);
    if (fault !== undefined) this.judge.refuse(log, `${fault} ${goOn}`);
    return fault !== undefined || this.judge.judge(log, last) !== undefined;
  }

  #isObjectedTo(log: string): boolean {
    const because = this.parts.witnesses.objectionTo(log);
    if (because !== undefined) this.judge.refuse(log, `${because} ${goOn}`);
    return because !== undefined;
  }

  #note(origin: string, size: number, root: Uint8Array): string {
    const text = formatCheckpoint({ origin, size, root });
    const time = Math.floor(this.parts.clock.now() / 1_000);
    const signatures = this.parts.keys
      .named(origin)
      .flatMap(({ note, cosignature, sign }) => [
        signText(text, note, sign),
        signText(text, cosignature, sign, time),
      ]);
    return Buffer.from(formatNote({ text, signatures })).toString('utf8');
  }
}
