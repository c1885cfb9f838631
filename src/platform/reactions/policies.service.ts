import { Conflict, Damaged, Unavailable } from '#libs/event-store';
import type { Position } from '#libs/event-store';
import type { PolicyHandler, RecordReader, Sequenced } from '#libs/projections';
import type { Stored } from '../record/envelope.js';
import { latestPosition, once } from './drawing.js';
import type { Consequence } from './drawing.js';
import { Consequences } from './drawn-consequences.js';
import { drawnBy, unfallenSince } from './consequences.js';
import { standingsIn } from '../record/dropping.js';
import { takesOut } from '../record/taking.js';
import { asItCounts } from './found.js';
import { fold, idOf, streamOf } from '../record/fold.js';
import { freedBy } from './freeing.js';
import { goneBy, liftedWith, reachedFrom } from './lifting.js';
import type { Gone } from './lifting.js';
import { placeOf } from '../record/place.js';
import type { Taken } from '../record/place.js';
import { PassedStreams } from './passed.js';
import { askedAgain } from './redrawing.js';
import { isEndorsedSince, isVoid } from './voiding.js';
import type { Ids } from '../record/ids.js';
import type { Lease } from './lease.js';
import type { Slice } from '../record/slice.js';
import type { World } from '../record/world.js';

/** How often a consequence is decided anew because somebody else wrote to its target in between. */
const conflictsMax = 50;
/** How soon a server that does not hold the lease looks whether the holder has done the work. */
const lookAgainMs = 25;

/** The one runner of all policies, in the order of the record; by the ids of consequences, repeating it changes nothing. */
export class Policies implements PolicyHandler {
  readonly name = 'policies';
  readonly #consequences: Consequences;
  readonly #passed: PassedStreams;

  constructor(
    private readonly world: World,
    private readonly ids: Ids,
    private readonly lease: Lease,
    private readonly registry = world.registry,
  ) {
    this.#consequences = new Consequences(world, ids, registry);
    this.#passed = new PassedStreams(registry);
  }

  async handle({ ordinal, event }: Sequenced, record: RecordReader): Promise<Position | undefined> {
    const taken = { ordinal, record };
    const slice = this.registry.ofStream(event.stream);
    const fact = this.registry.read(event);
    const prefix = once(() =>
      record.ofStream(event.stream, { uptoOrdinal: ordinal }).map((one) => this.registry.read(one.event)),
    );
    const read = async (stream: string) => (await this.world.stream(stream)).events;
    const isLate = await isVoid(fact, { prefix, taken, read, passed: this.#passed });
    const voided = isLate ? await this.#appendVoid(fact) : undefined;
    if (voided !== undefined) return voided;
    const fallen = takesOut(fact) ? await this.#followFall(slice, prefix(), taken) : undefined;
    const concerned = this.registry.slices.flatMap((target) =>
      target.policies
        .filter((policy) => policy.of.includes(slice.name) && policy.concerns(fact))
        .map((policy) => ({ target, policy })),
    );
    if (concerned.length === 0) return fallen;
    const folded = fold(slice, await asItCounts(this.world, slice, prefix()));
    const cause = prefix().at(-1);
    // Nothing follows from what can't be read, and from what comes after it.
    if (folded === undefined || folded.unreadableSince !== undefined || cause === undefined) return fallen;
    const origin = placeOf(this.registry, prefix(), taken);
    const positions = [fallen];
    for (const { target, policy } of concerned) {
      for (const asked of policy.react(cause, folded.state as never, origin)) {
        const wanted = { slice: target, policy, cause, asked, taken };
        positions.push(await this.#bringAbout(() => this.#consequences.of(wanted)));
      }
    }
    return latestPosition(positions);
  }

  /** None where its party has endorsed it before: then it stays, as that party's own. */
  #appendVoid(fact: Stored): Promise<Position | undefined> {
    const decided = { type: 'AttributionVoid', data: { target: fact.id }, content: {} };
    const decide = (events: readonly Stored[]) => (isEndorsedSince(fact, events) ? undefined : decided);
    return this.#bringAbout(() => this.#consequences.own('voiding', fact.stream, fact, decide));
  }

  /** What follows from the fall of something in a stream, in others and in the stream itself. */
  async #followFall(slice: Slice, prefix: readonly Stored[], taken: Taken): Promise<Position | undefined> {
    const gone = goneBy(slice, prefix);
    const cause = prefix.at(-1);
    if (cause === undefined || gone.ids.size === 0) return undefined;
    return latestPosition([
      await this.#letFall(gone, cause, reachedFrom(prefix, this.registry, taken)),
      await this.#drawAnew(slice, prefix, gone, cause, taken),
      await this.#drawFreed(slice, prefix, gone, cause, taken),
      ...((await this.#followWithin(slice, cause).catch(noneOfDamaged)) ?? []),
    ]);
  }

  /** What fell may have kept the acts that stand from what follows from them within their own stream. */
  async #followWithin(slice: Slice, cause: Stored): Promise<readonly (Position | undefined)[]> {
    const { events } = await this.world.stream(cause.stream);
    // Another server may have drawn it before: whoever waits here has to know where it is as well.
    const positions: (Position | undefined)[] = events
      .filter(({ act, causationId }) => act.capacity === 'derived' && causationId === cause.id)
      .map((one) => one.position);
    const due = async () => {
      const { folded } = await this.world.stream(cause.stream);
      return folded === undefined || folded.unreadableSince !== undefined
        ? []
        : (slice.follows?.(folded.state) ?? []);
    };
    const drawn = new Set<string>();
    for (let [next] = await due(); next !== undefined && !drawn.has(next.type); [next] = await due()) {
      const { type } = next;
      drawn.add(type);
      const decide = (_: readonly Stored[], state: unknown) => {
        const found = slice.follows?.(state).find((one) => one.type === type);
        // Should the fall be found void, it is no more due than before.
        return found && { ...found, restsOn: [...(found.restsOn ?? []), cause.id] };
      };
      positions.push(
        await this.#bringAbout(() =>
          this.#consequences.own(`following ${type}`, cause.stream, cause, decide),
        ),
      );
    }
    return positions;
  }

  /** What rested in other streams on something that dropped out of this one falls with it. */
  async #letFall(gone: Gone, cause: Stored, streams: readonly string[]): Promise<Position | undefined> {
    const positions: (Position | undefined)[] = [];
    for (const stream of streams) {
      const decide = (events: readonly Stored[]) => liftedWith(gone, cause, events);
      positions.push(await this.#bringAbout(() => this.#consequences.own('lifting', stream, cause, decide)));
    }
    return latestPosition(positions);
  }

  /**
   * What policies asked of the stream is asked again where its cause still counts: what was refused may now come about,
   * and what came about may now be refused, as it would have been without what fell.
   */
  async #drawAnew(
    slice: Slice,
    events: readonly Stored[],
    { ids }: Gone,
    { id: anew, stream }: Stored,
    taken: Taken,
  ): Promise<Position | undefined> {
    const positions: (Position | undefined)[] = [];
    const consequences = events.filter((one) => one.act.capacity === 'derived' && ids.has(one.id));
    const fallen = { slice, id: idOf(stream), events, standings: standingsIn(events), consequences };
    for (const again of askedAgain(this.registry, this.ids, fallen, taken)) {
      positions.push(await this.#bringAbout(() => this.#consequences.of({ ...again, slice, taken, anew })));
    }
    return latestPosition(positions);
  }

  /**
   * What others are asked only now is drawn there, unless the same stood until this fall: what has fallen by this one is
   * asked again where it fell, and what had fallen before is drawn as often as it is freed.
   */
  async #drawFreed(
    slice: Slice,
    events: readonly Stored[],
    { ids }: Gone,
    { id: anew }: Stored,
    taken: Taken,
  ): Promise<Position | undefined> {
    const positions: (Position | undefined)[] = [];
    const read = (stream: string) => this.world.stream(stream).catch(noneOfDamaged);
    for (const { target, falls, ...freed } of await freedBy(this.registry, slice, events, ids, taken, read)) {
      const { policy, cause, asked } = freed;
      const wanted = { ...freed, slice: target, taken, anew };
      const before = falls.filter((one) => one !== anew);
      const find = async () => {
        const { events: there } = await this.world.stream(streamOf(target, asked.id));
        // It stood until this fall, or is back by it.
        const standings = [unfallenSince(there, taken), there].map(standingsIn);
        const drawn = drawnBy(this.ids, { id: asked.id, events: there }, policy, cause.id, before);
        const isThere = drawn.some((one) => standings.some(({ dropped }) => !dropped.has(one.id)));
        return isThere ? undefined : this.#consequences.of(wanted);
      };
      positions.push(await this.#bringAbout(find));
    }
    return latestPosition(positions);
  }

  /**
   * Every server goes through all events, so that each knows how far the consequences have come; only the holder of
   * the lease appends them. The others wait until the consequence is there, or until they hold the lease themselves.
   */
  async #bringAbout(find: () => Promise<Consequence | undefined>): Promise<Position | undefined> {
    for (let conflicts = 0; ;) {
      const consequence = await find().catch(noneOfDamaged);
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
}

/** Nothing follows in a stream that somebody deleted or cut off, as nothing follows from what can't be read. */
function noneOfDamaged(error: unknown): undefined {
  if (!(error instanceof Damaged)) throw error;
}
