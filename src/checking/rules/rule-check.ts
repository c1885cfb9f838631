import type { Recorded } from '#libs/event-store';
import { Reactions } from '../../platform/reactions/reactions.service.js';
import { soleHolder } from '../../platform/reactions/lease.js';
import { EventRegistry } from '../../platform/record/event-registry.js';
import { fold } from '../../platform/record/fold.js';
import { Ids } from '../../platform/record/ids.js';
import { amendmentEvents } from '../../platform/record/amendments.js';
import type { Stored } from '../../platform/record/envelope.js';
import type { Slice } from '../../platform/record/slice.js';
import { Drawn, PlayedLog } from './played-log.js';
import { differingParts } from './same.js';

/** What is not as the rules say: the place in the log, and a sentence of it. */
export interface RuleFinding {
  readonly at: number;
  readonly says: string;
}

/** How long after its cause a consequence may still be under way: a server that takes over from another one waits. */
export const underWayMs = 60_000;

/**
 * Plays a log from its first event on, through the folds and the reactions that the server runs. A server draws in the
 * order of the log, each consequence at some moment after its cause; here a cause is passed as soon as nothing follows from
 * it, and else kept until what follows is there, or until a later cause has had its consequence.
 */
export class RuleCheck {
  readonly findings: RuleFinding[] = [];
  readonly #log: PlayedLog;
  readonly #reactions: Reactions;
  /** The first event of which something may still have to be drawn. */
  #open = 0;
  #stopped = false;
  /** Kinds of event that were found missing, by stream: of a kind, one in a stream is enough to be said. */
  readonly #missing = new Set<string>();

  constructor(slices: readonly Slice[]) {
    this.#log = new PlayedLog(new EventRegistry(slices));
    this.#reactions = new Reactions(this.#log, new Ids(), soleHolder);
  }

  /** The next event of the log. Once one can't be taken at all, nothing is said of those after it. */
  async add(event: Recorded): Promise<void> {
    if (this.#stopped) return;
    const at = this.#log.size;
    try {
      await this.#take(event, at);
    } catch (error) {
      this.#stopped = true;
      this.#find(at, `${event.type} can't be taken by the rules: ${(error as Error).message}`);
    }
  }

  async #take(event: Recorded, at: number): Promise<void> {
    const { unreadable, act } = this.#log.registry.read(event);
    if (unreadable !== undefined) this.#find(at, `no schema can read ${event.type}: ${unreadable.because}.`);
    else if (act.capacity === 'derived') await this.#judge(event, at);
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
    const isUnderWay = ({ recordedAt }: Recorded) =>
      isBeginning || Date.parse(recordedAt) > knownUpTo - underWayMs;
    await this.#pass(this.#log.size, (cause) => {
      if (isUnderWay(cause)) toCome += 1;
      return isUnderWay(cause);
    });
    await this.#findUndrawn(isUnderWay);
    this.findings.sort((one, other) => one.at - other.at);
    return toCome;
  }

  /** A consequence follows from what stood before it, and as it stands. */
  async #judge(event: Recorded, at: number): Promise<void> {
    const { causationId, restsOn = [] } = event.meta as Pick<Stored, 'causationId' | 'restsOn'>;
    const cause = causationId === undefined ? undefined : this.#log.byId(causationId);
    if (cause === undefined) {
      this.#find(at, `${event.type} does not follow from anything before it.`);
      return;
    }
    // What is drawn anew comes when something falls, and rests on the fall.
    const falls = restsOn.flatMap((id) => this.#log.byId(id)?.ordinal ?? []);
    for (const place of new Set([cause.ordinal, ...falls])) {
      const drawn = await this.#search(event, place);
      if (drawn === undefined) continue;
      const parts = differingParts(this.#log.registry, event, drawn);
      const says = `follows from #${cause.ordinal}, but not as it stands here: by the rules it has another`;
      if (parts.length > 0) this.#find(at, `${event.type} ${says} ${parts.join(', ')}.`);
      return;
    }
    if (!isOfAppend(this.#log, cause.event, event) || !(await this.#isDecided(event, cause.event)))
      this.#find(at, `${event.type} does not follow from anything before it.`);
  }

  /**
   * Whether the act brings the conclusion about, decided once more as its stream was before it. Where that takes more than
   * the stream, or the decision was another one, nobody can tell from here, and it is taken for right.
   */
  async #isDecided({ stream, type }: Recorded, act: Recorded): Promise<boolean> {
    const slice = this.#log.registry.ofStream(stream);
    const { events } = await this.#log.stream(stream);
    const said = events[Number(act.revision)];
    const isContradicting = events.slice(Number(act.revision)).some((one) => one.type === contradicted);
    if (said === undefined || isContradicting || Object.hasOwn(amendmentEvents, type)) return true;
    const state = fold(slice, events.slice(0, said.revision))?.state ?? null;
    const event = { type: said.type, data: said.data, content: said.content };
    const decisions = Object.entries(slice.commands)
      .filter(([, declared]) => declared.event === said.type)
      .map(([name]) =>
        slice.reads?.[name] === undefined
          ? slice.decide(
              { type: name, act: said.act, occurred: said.occurred, event, facts: {} } as never,
              state,
            )
          : undefined,
      );
    return decisions.some(
      (one) => one === undefined || 'refused' in one || one.events.some((decided) => decided.type === type),
    );
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
        for (const one of skipped) this.#findMissing(one.stream, one.event.type, place);
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
      if (!isExcused(cause)) this.#findMissing(drawn.stream, drawn.event.type, this.#open);
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
      for (const type of (await this.#dueIn(stream)) ?? []) this.#findMissing(stream, type, last.ordinal);
    }
  }

  #findMissing(stream: string, type: string, from: number): void {
    const key = `${stream} ${type}`;
    if (this.#missing.has(key)) return;
    this.#missing.add(key);
    const { type: cause = '' } = this.#log.at(from)?.event ?? {};
    this.#find(from, `from this ${cause} follows ${type} in ${stream}, and it is missing.`);
  }

  #find(at: number, says: string): void {
    this.findings.push({ at, says });
  }
}

const contradicted = 'AttributionContradicted';
/** What reactions alone write, and no act brings along. */
const byReactionsAlone = ['AttributionVoid', 'ConsequenceRefused', 'MilestoneLifted'];

/** Whether both were stored at once: what follows within a stream is part of the append of the act, and rests on it. */
function isOfAppend(log: PlayedLog, cause: Recorded, event: Recorded): boolean {
  const { restsOn = [] } = event.meta as Pick<Stored, 'restsOn'>;
  if (byReactionsAlone.includes(event.type) || !restsOn.includes(cause.id)) return false;
  if (cause.stream !== event.stream || cause.recordedAt !== event.recordedAt) return false;
  return log
    .ofStream(event.stream, { fromRevision: cause.revision + 1n })
    .every((one) => one.event.meta['causationId'] === cause.id);
}
