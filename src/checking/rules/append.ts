import type { Decided } from '#libs/decider';
import type { NewEvent, Recorded } from '#libs/event-store';
import type { Stored } from '../../platform/record/envelope.js';
import { Ids } from '../../platform/record/ids.js';
import { stamped } from '../../platform/record/recording.js';
import { decidedAnew } from './decided-anew.js';
import { earlierLooks, lookedBeforeMs } from './looks.js';
import { Drawn } from './played-log.js';
import type { PlayedLog } from './played-log.js';
import { differingParts } from './same.js';
import { SeenLog } from './seen-log.js';

/** What is not as the rules say of one append. */
export type Fault =
  | { readonly kind: 'missing'; readonly type: string }
  | { readonly kind: 'strange'; readonly place: number }
  | { readonly kind: 'other'; readonly place: number; readonly parts: readonly string[] };

/** Ids that are known already: that of the act, and those of what it brought along. */
class KnownIds extends Ids {
  readonly #left: string[];

  constructor(ids: readonly string[]) {
    super();
    this.#left = [...ids];
  }

  override next(): string {
    return this.#left.shift() ?? 'absent';
  }
}

/** An act, and the conclusions that were stored with it. */
export class Append {
  readonly followers: { readonly place: number; readonly event: Recorded }[] = [];

  private constructor(
    private readonly log: PlayedLog,
    readonly act: Stored,
    /** Of the act, in the log. */
    readonly place: number,
    private readonly due: readonly (readonly Decided[])[],
    private readonly looks: number,
  ) {}

  /** Of an act that is about to be taken into the log. */
  static async by(log: PlayedLog, act: Stored, looks: number): Promise<Append> {
    return new Append(log, act, log.size, await dueAt(log, act, log.size), looks);
  }

  /** Whether the rules have it that another event of the type comes with the act. */
  expects(type: string): boolean {
    const there = this.followers.filter(({ event }) => event.type === type).length;
    return this.due.some((decided) => decided.filter((one) => one.type === type).length > there);
  }

  /** None where it is as by one of the ways in which it can have come about. */
  async faults(): Promise<readonly Fault[]> {
    const now = (this.due.length === 0 ? [[]] : this.due).map((decided) => this.#faultsBy(decided));
    const [first = []] = now.toSorted((one, other) => one.length - other.length);
    return first.length === 0 || (await this.#isOfEarlierLook()) ? [] : first;
  }

  /** Of those whose rules look at no other stream, every look is the same. */
  async #isOfEarlierLook(): Promise<boolean> {
    const { act, log } = this;
    const slice = log.registry.ofStream(act.stream);
    const looks = Object.entries(slice.commands).some(
      ([name, { event }]) => event === act.type && slice.reads?.[name] !== undefined,
    );
    if (!looks && act.type !== 'ErasureRequested') return false;
    for (const before of earlierLooks(log, act, this.place, this.looks)) {
      const due = await dueAt(log, act, before);
      if (due.some((decided) => this.#faultsBy(decided).length === 0)) return true;
    }
    return false;
  }

  #faultsBy(decided: readonly Decided[]): readonly Fault[] {
    const left = [...decided];
    const pairs = this.followers.map((follower) => {
      const index = left.findIndex(({ type }) => type === follower.event.type);
      return { ...follower, due: index === -1 ? undefined : left.splice(index, 1)[0] };
    });
    const missing = left.map(({ type }): Fault => ({ kind: 'missing', type }));
    const others = pairs.flatMap(({ place, event, due }): readonly Fault[] => {
      if (due === undefined) return [{ kind: 'strange', place }];
      const parts = differingParts(
        this.log.registry,
        event,
        new Drawn(event.stream, this.#stamped(due, event)),
      );
      return parts.length === 0 ? [] : [{ kind: 'other', place, parts }];
    });
    return [...others, ...missing];
  }

  /** As the act, when it was stored, would have had it stored beside itself. */
  #stamped(due: Decided, there: Recorded): NewEvent {
    const { act, log } = this;
    const { act: whose, occurred, audience, correlationId } = act;
    const itself = { type: act.type, data: act.data, content: {} };
    const stamp = { act: whose, occurred, sources: [], audience, correlationId, now: nowOf(act, there) };
    const slice = log.registry.ofStream(act.stream);
    const [, event] = stamped(slice, [itself, due], stamp, new KnownIds([act.id, there.id]));
    if (event === undefined) throw new Error('A conclusion was not stamped.');
    return event;
  }
}

/** The streams as they stood before the place, and the act’s own as it stood before the act. */
function dueAt(log: PlayedLog, act: Stored, before: number): Promise<readonly (readonly Decided[])[]> {
  const slice = log.registry.ofStream(act.stream);
  return decidedAnew({ slice, act, streams: new SeenLog(log, before, act) });
}

/**
 * A conclusion from an act that claims no time happened when the server was about to store it, which is known from there
 * alone; it is believed within the minute before the store's own time.
 */
function nowOf({ recordedAt }: Stored, there: Recorded): string {
  const { occurred } = there.meta as { readonly occurred?: { readonly edtf?: unknown } };
  const said = typeof occurred?.edtf === 'string' ? occurred.edtf : '';
  const ms = Date.parse(recordedAt) - Date.parse(said);
  return ms >= -1_000 && ms <= lookedBeforeMs ? said : recordedAt;
}
