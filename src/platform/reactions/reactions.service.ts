import { looksAt } from '#libs/decider';
import { Conflict, Damaged, Unavailable } from '#libs/event-store';
import type { Position } from '#libs/event-store';
import type { PolicyHandler, Sequenced } from '#libs/projections';
import type { Stored } from '../record/envelope.js';
import { latestInTurn, latestPosition, once } from './drawing.js';
import type { Consequence, DrawnInto } from './drawing.js';
import { Consequences } from './drawn-consequences.js';
import { drawnBy, unfallenSince } from './consequences.js';
import { standingsIn } from '../record/dropping.js';
import { takesOut } from '../record/taking.js';
import { asItCounts } from './found.js';
import { fold, idOf, streamOf } from '../record/fold.js';
import { freedBy } from './freeing.js';
import { goneBy, liftedWith, reachedFrom } from './lifting.js';
import type { Gone } from './lifting.js';
import { lookUpAt, placeOf } from '../record/place.js';
import type { PassedRecord, Taken } from '../record/place.js';
import { PassedStreams } from './passed.js';
import { askedAgain } from './redrawing.js';
import { isEndorsedSince, isVoid } from './voiding.js';
import { unheardIn } from '../record/voices.js';
import type { Ids } from '../record/ids.js';
import type { Lease } from './lease.js';
import type { Slice } from '../record/slice.js';

/** How often a consequence is decided anew because somebody else wrote to its target in between. */
const conflictsMax = 50;
/** How soon a server that does not hold the lease looks whether the holder has done the work. */
const lookAgainMs = 25;

/** The one runner of all reactions, in the order of the record; by the ids of consequences, repeating it changes nothing. */
export class Reactions implements PolicyHandler {
  readonly name = 'policies';
  readonly #consequences: Consequences;
  readonly #passed: PassedStreams;

  constructor(
    private readonly streams: DrawnInto,
    private readonly ids: Ids,
    private readonly lease: Lease,
    private readonly registry = streams.registry,
  ) {
    this.#consequences = new Consequences(streams, ids, registry);
    this.#passed = new PassedStreams(registry);
  }

  async handle({ ordinal, log, event }: Sequenced, record: PassedRecord): Promise<Position | undefined> {
    const taken = { ordinal, record };
    const slice = this.registry.ofStream(event.stream);
    const fact = this.registry.read(event);
    const prefix = once(() => this.registry.streamAt(record, event.stream, { uptoOrdinal: ordinal }));
    const read = async (stream: string) => (await this.streams.stream(stream)).events;
    const isLate = await isVoid(fact, { prefix, log, taken, read, passed: this.#passed });
    const voided = isLate ? await this.#appendVoid(fact) : undefined;
    if (voided !== undefined) return voided;
    const fallen = takesOut(fact) ? await this.#followFall(slice, prefix(), taken) : undefined;
    const concerned = this.registry.slices.flatMap((target) =>
      target.reactions
        .filter((reaction) => looksAt(reaction, slice.name) && reaction.concerns(fact))
        .map((reaction) => ({ target, reaction })),
    );
    if (concerned.length === 0) return fallen;
    // Of what is no word of whoever it says nothing comes about, as nothing comes of it in its own stream.
    if (unheardIn(prefix()).has(fact.id)) return fallen;
    const folded = fold(slice, await asItCounts(this.streams, slice, prefix()));
    const cause = prefix().at(-1);
    // Nothing follows from what can't be read, and from what comes after it.
    if (folded === undefined || folded.unreadableSince !== undefined || cause === undefined) return fallen;
    const lookUp = lookUpAt(this.registry, taken, () => true);
    const drawn = await latestInTurn(concerned, ({ target, reaction }) => {
      const origin = placeOf(this.registry, prefix(), target, lookUp);
      return latestInTurn(reaction.react(cause, folded.state as never, origin), (asked) =>
        this.#bringAbout(() => this.#consequences.of({ slice: target, reaction, cause, asked, taken })),
      );
    });
    return latestPosition([fallen, drawn]);
  }

  /** None where its party has endorsed it before: then it stays, as that party's own. */
  #appendVoid(fact: Stored): Promise<Position | undefined> {
    const decided = { type: 'AttributionVoid', data: { target: fact.id }, content: {} };
    const decide = (events: readonly Stored[]) => (isEndorsedSince(fact, events) ? undefined : decided);
    return this.#bringAbout(() => this.#consequences.own('voiding', fact.stream, fact, decide));
  }

  /** What follows from the fall of something in a stream, in others and in the stream itself. */
  async #followFall(slice: Slice, prefix: readonly Stored[], taken: Taken): Promise<Position | undefined> {
    const gone = goneBy(this.registry, slice, prefix);
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
    const { events } = await this.streams.stream(cause.stream);
    // Another server may have drawn it before: whoever waits here has to know where it is as well.
    const positions: (Position | undefined)[] = events
      .filter(({ act, causationId }) => act.capacity === 'derived' && causationId === cause.id)
      .map((one) => one.position);
    const due = async () => {
      const { folded } = await this.streams.stream(cause.stream);
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
  async #letFall(gone: Gone, cause: Stored, reached: readonly string[]): Promise<Position | undefined> {
    const decide = (events: readonly Stored[]) => liftedWith(gone, cause, events);
    return latestInTurn(reached, (stream) =>
      this.#bringAbout(() => this.#consequences.own('lifting', stream, cause, decide)),
    );
  }

  /**
   * What reactions asked of the stream is asked again where its cause still counts: what was refused may now come about,
   * and what came about may now be refused, as it would have been without what fell.
   */
  async #drawAnew(
    slice: Slice,
    events: readonly Stored[],
    { ids }: Gone,
    { id: anew, stream }: Stored,
    taken: Taken,
  ): Promise<Position | undefined> {
    const consequences = events.filter((one) => one.act.capacity === 'derived' && ids.has(one.id));
    const fallen = { slice, id: idOf(stream), events, standings: standingsIn(events), consequences };
    return latestInTurn(askedAgain(this.registry, this.ids, fallen, taken), (again) =>
      this.#bringAbout(() => this.#consequences.of({ ...again, slice, taken, anew })),
    );
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
    const read = (stream: string) => this.streams.stream(stream).catch(noneOfDamaged);
    const freed = await freedBy(this.registry, slice, events, ids, taken, read);
    return latestInTurn(freed, ({ target, falls, ...one }) => {
      const { reaction, cause, asked } = one;
      const wanted = { ...one, slice: target, taken, anew };
      const before = falls.filter((fall) => fall !== anew);
      const find = async () => {
        const { events: there } = await this.streams.stream(streamOf(target, asked.id));
        // It stood until this fall, or is back by it.
        const standings = [unfallenSince(there, taken), there].map(standingsIn);
        const drawn = drawnBy(this.ids, { id: asked.id, events: there }, reaction, cause.id, before);
        const isThere = drawn.some(({ id }) => standings.some(({ dropped }) => !dropped.has(id)));
        return isThere ? undefined : this.#consequences.of(wanted);
      };
      return this.#bringAbout(find);
    });
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
        return (await this.streams.store.append(stream, [event], { expected })).position;
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
