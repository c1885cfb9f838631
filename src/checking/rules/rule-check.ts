import type { Recorded } from '#libs/event-store';
import { Reactions } from '../../platform/reactions/reactions.service.js';
import { soleHolder } from '../../platform/reactions/lease.js';
import type { Sequenced } from '#libs/projections';
import { EventRegistry } from '../../platform/record/event-registry.js';
import { Ids } from '../../platform/record/ids.js';
import type { Stored } from '../../platform/record/envelope.js';
import type { Slice } from '../../platform/record/slice.js';
import { actFault } from './act-faults.js';
import { Append } from './append.js';
import { looksMax } from './looks.js';
import { Drawn, PlayedLog } from './played-log.js';
import { RuleFindings } from './rule-findings.js';
import type { RuleFinding } from './rule-findings.js';
import { differingParts } from './same.js';

/** How long after its cause a consequence may still be under way: a server that takes over from another one waits. */
export const underWayMs = 60_000;

/**
 * Plays a log from its first event on, through the folds and the reactions that the server runs. A server draws in the
 * order of the log, each consequence at some moment after its cause; here a cause is passed as soon as nothing follows from
 * it, and else kept until what follows is there, or until a later cause has had its consequence.
 */
export class RuleCheck {
  readonly #found: RuleFindings;
  readonly #log: PlayedLog;
  readonly #reactions: Reactions;
  /** The first event of which something may still have to be drawn. */
  #open = 0;
  #stopped = false;
  /** The last act of each stream, with what was stored beside it. */
  readonly #appends = new Map<string, Append>();

  /** `looks`: at how many earlier moments an act may have looked at other streams; none where all was done one by one. */
  constructor(
    slices: readonly Slice[],
    private readonly looks = looksMax,
  ) {
    this.#log = new PlayedLog(new EventRegistry(slices));
    this.#found = new RuleFindings(this.#log);
    this.#reactions = new Reactions(this.#log, new Ids(), soleHolder);
  }

  /** In the order of the log. */
  get findings(): readonly RuleFinding[] {
    return this.#found.all;
  }

  /** The next event of the log. Once one can't be taken at all, nothing is said of those after it. */
  async add(event: Recorded): Promise<void> {
    if (this.#stopped) return;
    const at = this.#log.size;
    try {
      await this.#take(event, at);
    } catch (error) {
      this.#stopped = true;
      this.#found.add(at, `${event.type} can't be taken by the rules: ${(error as Error).message}`);
    }
  }

  async #take(event: Recorded, at: number): Promise<void> {
    const read = this.#log.registry.read(event);
    const { unreadable, act } = read;
    if (unreadable !== undefined)
      this.#found.add(at, `no schema can read ${event.type}: ${unreadable.because}.`);
    else if (act.capacity === 'derived') await this.#judge(event, at);
    else {
      const because = await actFault(this.#log, read, this.looks);
      if (because !== undefined) this.#found.add(at, because);
      await this.#close(event.stream);
      this.#appends.set(event.stream, await Append.by(this.#log, read, this.looks));
    }
    this.#log.add(event);
    for (; this.#open < this.#log.size; this.#open += 1)
      if ((await this.#drawnFrom(this.#open)) !== undefined) break;
  }

  /**
   * Names what follows and is not there. The log is known up to an instant, in milliseconds since 1970: what follows from
   * the last minute before it may still be under way, and is counted in the answer. Of a log of which only a beginning is
   * known, all that is open may stand in the rest.
   */
  async finish(knownUpTo: number, isBeginning = false): Promise<number> {
    if (this.#stopped) return 0;
    let toCome = 0;
    const isUnderWay = ({ recordedAt }: Pick<Recorded, 'recordedAt'>) =>
      isBeginning || Date.parse(recordedAt) > knownUpTo - underWayMs;
    for (const stream of [...this.#appends.keys()]) toCome += await this.#close(stream, isUnderWay);
    await this.#pass(this.#log.size, (cause) => {
      if (isUnderWay(cause)) toCome += 1;
      return isUnderWay(cause);
    });
    await this.#findUndrawn(isUnderWay);
    return toCome;
  }

  /** A consequence follows from what stood before it, and as it stands. */
  async #judge(event: Recorded, at: number): Promise<void> {
    const { causationId } = event.meta as Pick<Stored, 'causationId'>;
    const append = this.#appends.get(event.stream);
    const isStoredWith = append?.act.recordedAt === event.recordedAt;
    const isOfAct = isStoredWith && causationId === append.act.id;
    if (isOfAct && append.expects(event.type)) {
      append.followers.push({ place: at, event });
      return;
    }
    const cause = causationId === undefined ? undefined : this.#log.byId(causationId);
    if (cause !== undefined && (await this.#isDrawn(event, at, cause))) return;
    if (isOfAct || (isStoredWith && append.expects(event.type))) append.followers.push({ place: at, event });
    else this.#found.strange(at, event.type);
  }

  /** Whether it is what a reaction draws from its cause, or anew from a fall; as what else it stands there, is told. */
  async #isDrawn(event: Recorded, at: number, cause: Sequenced): Promise<boolean> {
    const { restsOn = [] } = event.meta as Pick<Stored, 'restsOn'>;
    // What is drawn anew comes when something falls, and rests on the fall.
    const falls = restsOn.flatMap((id) => this.#log.byId(id)?.ordinal ?? []);
    for (const place of new Set([cause.ordinal, ...falls])) {
      const drawn = await this.#search(event, place);
      if (drawn === undefined) continue;
      this.#found.other(at, event.type, cause.ordinal, differingParts(this.#log.registry, event, drawn));
      return true;
    }
    return false;
  }

  /** Nothing more comes beside the last act of the stream. Gives how much of what lacks may still be under way. */
  async #close(
    stream: string,
    isExcused: (act: Pick<Recorded, 'recordedAt'>) => boolean = () => false,
  ): Promise<number> {
    const append = this.#appends.get(stream);
    if (append === undefined) return 0;
    this.#appends.delete(stream);
    let toCome = 0;
    for (const fault of await append.faults()) {
      const type = fault.kind === 'missing' ? fault.type : (this.#log.at(fault.place)?.event.type ?? '');
      if (fault.kind === 'other') this.#found.other(fault.place, type, append.place, fault.parts);
      else if (fault.kind === 'strange') this.#found.strange(fault.place, type);
      else if (this.#isTorn(append) && isExcused(append.act)) toCome += 1;
      else this.#found.missing(stream, type, append.place);
    }
    return toCome;
  }

  /** What was stored at once stands together: only at the end of what is known can a part of it lack. */
  #isTorn({ place, followers }: Append): boolean {
    return place + followers.length === this.#log.size - 1;
  }

  /** Undefined where the rules of the stream do not say what is due there. */
  async #dueIn(stream: string): Promise<readonly string[] | undefined> {
    const { follows } = this.#log.registry.ofStream(stream);
    const { folded } = await this.#log.stream(stream);
    if (follows === undefined || folded === undefined || folded.unreadableSince !== undefined)
      return undefined;
    return follows(folded.state).map((one) => one.type);
  }

  /** The consequence of that id, where the event at the place asks for it; then what should have come before is missing. */
  async #search({ id, stream }: Recorded, place: number): Promise<Drawn | undefined> {
    const skipped: Drawn[] = [];
    for (let next = await this.#drawnFrom(place); next !== undefined; next = await this.#drawnFrom(place)) {
      if (next.event.id === id && next.stream === stream) {
        await this.#pass(place);
        for (const one of skipped) this.#found.missing(one.stream, one.event.type, place);
        return next;
      }
      skipped.push(next);
      this.#log.conceded.add(next.event.id);
    }
    for (const { event } of skipped) this.#log.conceded.delete(event.id);
    return undefined;
  }

  /** Gives up waiting for what follows from the events before the place. */
  async #pass(place: number, isExcused: (cause: Recorded) => boolean = () => false) {
    while (this.#open < place) {
      const drawn = await this.#drawnFrom(this.#open);
      const cause = this.#log.at(this.#open)?.event;
      if (drawn === undefined || cause === undefined) {
        this.#open += 1;
        continue;
      }
      this.#log.conceded.add(drawn.event.id);
      if (!isExcused(cause)) this.#found.missing(drawn.stream, drawn.event.type, this.#open);
    }
  }

  /** The first consequence of the event there that is not in the log yet, as it would be drawn now. */
  async #drawnFrom(ordinal: number): Promise<Drawn | undefined> {
    const sequenced = this.#log.at(ordinal);
    if (sequenced === undefined) return undefined;
    try {
      await this.#reactions.handle(sequenced, this.#log);
      return undefined;
    } catch (error) {
      if (error instanceof Drawn) return error;
      throw error;
    }
  }

  /** What a stream has come to has its consequence there. */
  async #findUndrawn(isUnderWay: (last: Recorded) => boolean): Promise<void> {
    for (const stream of this.#log.streams) {
      const last = this.#log.ofStream(stream).at(-1);
      if (last === undefined || isUnderWay(last.event)) continue;
      for (const type of (await this.#dueIn(stream)) ?? []) this.#found.missing(stream, type, last.ordinal);
    }
  }
}
