import { refuse } from '#libs/decider';
import type { Asked, Decided, Fact, Policy } from '#libs/decider';
import { Conflict, Unavailable } from '#libs/event-store';
import type { NewEvent, Position } from '#libs/event-store';
import { problemSlug } from '#libs/problem-details';
import type { PolicyHandler, RecordReader, Sequenced } from '#libs/projections';
import type { Stored } from './envelope.js';
import { consequenceId, isPast } from './consequences.js';
import type { Taken } from './consequences.js';
import { toNewEvent } from './envelope.js';
import type { EventRegistry } from './event-registry.js';
import { fold, idOf, streamOf } from './fold.js';
import { derivedAct, latestOf, optionalOccurred } from './recording.js';
import type { Ids } from './ids.js';
import type { Lease } from './lease.js';
import type { Slice } from './slice.js';
import type { World } from './world.js';

/** How often a consequence is decided anew because somebody else wrote to its target in between. */
const conflictsMax = 50;
/** How soon a server that does not hold the lease looks whether the holder has done the work. */
const lookAgainMs = 25;

/** What has to be appended, or where it is: somebody, perhaps this server before, has appended it already. */
type Consequence =
  | { readonly stream: string; readonly event: NewEvent; readonly expected: bigint }
  | { readonly at: Position };

/** What a policy asks of one target on account of one event, which is taken at its place in the record. */
interface Wanted {
  readonly slice: Slice;
  readonly policy: Policy;
  readonly cause: Stored;
  readonly asked: Asked;
  readonly taken: Taken;
}

/** The irritants that the events name in their data. */
export function namedIrritants(events: readonly Fact<string, Record<string, unknown>>[]): readonly string[] {
  const named = events.flatMap(({ data }) => [
    ...(typeof data['irritantId'] === 'string' ? [data['irritantId']] : []),
    ...(Array.isArray(data['irritantIds']) ? (data['irritantIds'] as string[]) : []),
  ]);
  return [...new Set(named)];
}

/**
 * The one runner of all policies, in seq order. A consequence gets the id UUIDv5(policy, cause, target), so that
 * repeating the whole record changes nothing.
 */
export class Policies implements PolicyHandler {
  readonly name = 'policies';

  constructor(
    private readonly world: World,
    private readonly ids: Ids,
    private readonly lease: Lease,
  ) {}

  private get registry(): EventRegistry {
    return this.world.registry;
  }

  async handle({ seq, event }: Sequenced, record: RecordReader): Promise<Position | undefined> {
    const taken = { seq, record };
    const slice = this.registry.ofStream(event.stream);
    const fact = this.registry.read(event);
    const concerned = this.registry.slices.flatMap((target) =>
      target.policies
        .filter((policy) => policy.of.includes(slice.name) && policy.concerns(fact))
        .map((policy) => ({ target, policy })),
    );
    if (concerned.length === 0) return undefined;
    const prefix = record
      .ofStream(event.stream, { uptoSeq: seq })
      .map((one) => this.registry.read(one.event));
    const folded = fold(slice, prefix);
    const cause = prefix.at(-1);
    // Nothing follows from what can't be read, and from what comes after it.
    if (folded?.unreadableSince !== undefined) return undefined;
    if (folded === undefined || cause === undefined) return undefined;
    const origin = { slice: slice.name, id: idOf(event.stream), named: namedIrritants(prefix) };
    let newest: Position | undefined;
    for (const { target, policy } of concerned) {
      for (const asked of policy.react(cause, folded.state as never, origin)) {
        const at = await this.#bringAbout({ slice: target, policy, cause, asked, taken });
        if (at !== undefined && (newest === undefined || at > newest)) newest = at;
      }
    }
    return newest;
  }

  /**
   * Every server goes through all events, so that each knows how far the consequences have come; only the holder of
   * the lease appends them. The others wait until the consequence is there, or until they hold the lease themselves.
   */
  async #bringAbout(what: Wanted): Promise<Position | undefined> {
    for (let conflicts = 0; ;) {
      const consequence = await this.#consequenceOf(what);
      if (consequence === undefined) return undefined;
      if ('at' in consequence) return consequence.at;
      if (this.lease.ended) throw new Unavailable('This server is stopping; another one takes over.');
      if (!this.lease.held) {
        await this.lease.waitHeld(lookAgainMs);
        continue;
      }
      try {
        const { stream, event, expected } = consequence;
        this.registry.refuseUnreadable(stream, [event]);
        return (await this.world.store.append(stream, [event], { expected })).position;
      } catch (error) {
        conflicts += 1;
        if (!(error instanceof Conflict) || conflicts >= conflictsMax) throw error;
      }
    }
  }

  /** Undefined where nothing follows. */
  async #consequenceOf({ slice, policy, cause, asked, taken }: Wanted): Promise<Consequence | undefined> {
    const stream = streamOf(slice, asked.id);
    const { events, folded } = await this.world.stream(stream);
    const last = events.at(-1);
    const id = consequenceId(this.ids, policy, cause.id, asked.id);
    const there = events.find((one) => one.id === id);
    if (there !== undefined) return { at: there.position };
    if (last === undefined || isPast(this.ids, { slice, id: asked.id, events }, taken)) return undefined;
    const command = { ...asked.command, act: derivedAct, cause: cause.id };
    const decision =
      folded?.unreadableSince === undefined
        ? slice.decide(command as never, folded?.state ?? null)
        : refuse('UNREADABLE', 'The stream cannot be read to its end.');
    const decided =
      'refused' in decision
        ? {
            type: 'ConsequenceRefused',
            data: { policy: policy.name, cause: cause.id, code: problemSlug(decision.refused) },
            content: {},
            derivedFrom: asked.command.rests,
          }
        : onlyOne(decision.events);
    if (decided === undefined) return undefined;
    const event = toNewEvent(
      { id, type: decided.type, data: decided.data, content: decided.content, salt: this.ids.salt() },
      {
        schemaVersion: slice.schemas[decided.type]?.version ?? 1,
        ...optionalOccurred(latestOf(asked.command.rests, cause.recordedAt)),
        act: derivedAct,
        sources: [],
        audience: cause.audience,
        causationId: cause.id,
        correlationId: cause.correlationId,
      },
    );
    return { stream, event, expected: BigInt(last.revision) };
  }
}

/** A consequence has one id, drawn from its cause, so it is one event. */
function onlyOne(decided: readonly Decided[]): Decided | undefined {
  if (decided.length > 1)
    throw new Error(`A consequence is one event, not ${decided.map((one) => one.type).join(' and ')}.`);
  return decided[0];
}
