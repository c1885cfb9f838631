import { refuse } from '#libs/decider';
import type { Decided } from '#libs/decider';
import { problemSlug } from '#libs/problem-details';
import { consequenceId, isPast } from './consequences.js';
import { onlyOne } from './drawing.js';
import type { Consequence, Wanted } from './drawing.js';
import { derivedEvent } from '../record/derived.js';
import type { Stored } from '../record/envelope.js';
import type { EventRegistry } from '../record/event-registry.js';
import { idOf, restsOnDropped, streamOf } from '../record/fold.js';
import type { Ids } from '../record/ids.js';
import { standingsIn } from '../record/dropping.js';
import { asFound } from './found.js';
import type { Found } from './found.js';
import { derivedAct } from '../record/recording.js';
import { readingTo } from './redrawing.js';
import type { Streams } from '../record/streams.js';

/** Finds what has to be appended to a stream as it is now, or where it is there already. */
export class Consequences {
  constructor(
    private readonly streams: Streams,
    private readonly ids: Ids,
    private readonly registry: EventRegistry,
  ) {}

  /** A consequence that the platform itself draws, in whatever slice its target is. */
  async own(
    name: string,
    stream: string,
    cause: Stored,
    decide: (events: readonly Stored[], state: unknown) => Decided | undefined,
  ): Promise<Consequence | undefined> {
    const { events, folded } = await this.streams.stream(stream);
    const last = events.at(-1);
    const id = this.ids.drawnFrom('policy', name, cause.id, idOf(stream));
    const there = events.find((one) => one.id === id);
    if (there !== undefined) return { at: there.position };
    const decided = last === undefined ? undefined : decide(events, folded?.state);
    if (last === undefined || decided === undefined) return undefined;
    return {
      stream,
      event: derivedEvent(this.ids, this.registry.ofStream(stream), {
        ...{ id, decided, cause },
        ...(decided.derivedFrom === undefined ? {} : { rests: decided.derivedFrom }),
      }),
      expected: BigInt(last.revision),
    };
  }

  /** Undefined where nothing follows. */
  async of(wanted: Wanted): Promise<Consequence | undefined> {
    const { slice, reaction, cause, asked, taken, anew } = wanted;
    const stream = streamOf(slice, asked.id);
    const { events, folded } = await this.streams.stream(stream);
    const last = events.at(-1);
    const id = consequenceId(this.ids, reaction, cause.id, asked.id, anew);
    const there = events.find((one) => one.id === id);
    if (there !== undefined) return { at: there.position };
    if (last === undefined) return undefined;
    if (isPast(this.ids, { slice, id: asked.id, events }, taken)) return undefined;
    const command = { ...asked.command, act: derivedAct, cause: cause.id };
    const { restsOn: behind = [] } = asked.command.data as { readonly restsOn?: readonly string[] };
    const found: Found =
      reaction.asOfCause === true
        ? asFound(slice, { events, folded }, cause, taken)
        : { state: folded?.state ?? null };
    const decision =
      folded?.unreadableSince === undefined
        ? slice.decide(command as never, found.state)
        : refuse('UNREADABLE', 'The stream cannot be read to its end.');
    const decided =
      'refused' in decision
        ? {
            type: 'ConsequenceRefused',
            data: { policy: reaction.name, cause: cause.id, code: problemSlug(decision.refused) },
            content: {},
            derivedFrom: asked.command.rests,
            // Whatever stood in its way then is relied upon: taken back, it would have come about.
            restsOn: [...(decision.restsOn ?? []), ...behind],
          }
        : inPlaceOf(found, onlyOne(decision.events));
    if (decided === undefined) return undefined;
    const event = derivedEvent(this.ids, slice, {
      ...{ id, cause, rests: asked.command.rests },
      decided: { ...decided, restsOn: [...(decided.restsOn ?? []), ...this.#groundsOf(decided, wanted)] },
    });
    // What it needs has fallen before it was drawn: what follows from the fall is drawn from that.
    const needed = [...asked.command.rests.map((one) => one.id), ...(decided.restsOn ?? [])];
    if (folded !== undefined && restsOnDropped(folded, needed)) return undefined;
    return { stream, event, expected: BigInt(last.revision) };
  }

  /**
   * What it needs beside the words themselves: the fall after which it was drawn anew, and the endorsements by which those
   * words are direct. Found void, these take it along, and it is drawn again as it is without them.
   */
  #groundsOf({ data, restsOn = [] }: Decided, { asked, taken, anew }: Wanted): readonly string[] {
    const isDirect = (data as { readonly basis?: unknown }).basis === 'direct';
    const words = isDirect ? [...restsOn, ...asked.command.rests.map((one) => one.id)] : [];
    const readTo = readingTo(this.registry, taken);
    const endorsements = words.flatMap((id) => {
      const stream = taken.record.byId(id)?.event.stream;
      return stream === undefined ? [] : (standingsIn(readTo(stream)).endorsed.get(id)?.id ?? []);
    });
    return [...endorsements, ...(anew === undefined ? [] : [anew])];
  }
}

/** It says where it counts, where that is not where it lands. */
function inPlaceOf({ after }: Found, decided: Decided | undefined): Decided | undefined {
  return decided === undefined || after === undefined
    ? decided
    : { ...decided, data: { ...decided.data, countsAfter: after } };
}
