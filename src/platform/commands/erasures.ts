import { comparePositions, Conflict, Damaged, PositionForeign, Unavailable } from '#libs/event-store';
import type { Position } from '#libs/event-store';
import { ProjectionNotReady, ReadModelsForeign } from '#libs/projections';
import type { Projections } from '#libs/projections';
import { changesName, changesOf, erasings } from '../lists/changes.projection.js';
import { erasedIn } from '../record/amendments.js';
import { appendSurely } from '../record/appending.js';
import type { Stored } from '../record/envelope.js';
import { derivedEvent } from '../record/derived.js';
import { standingsIn } from '../record/dropping.js';
import { everyEvent } from '../record/every-event.js';
import { dialogueOfStream } from '../record/references.js';
import { targetOf } from '../record/redating.js';
import { fold, idOf } from '../record/fold.js';
import type { Ids } from '../record/ids.js';
import type { Removals } from '../record/removals.js';
import type { StoredStreams } from '../record/stored-streams.js';
import { isUnsigned } from '../record/unsigned.js';

function targetsOf(events: readonly Stored[]): readonly Stored[] {
  const erased = erasedIn(events);
  return events.filter((one) => erased.has(one.id));
}

function isJoining({ type }: Stored): boolean {
  return type === 'PartyJoined';
}

/** The requests before the erasing on which it can rest, whatever it says itself: it may be in the store by hand. */
function requestsFor(erasing: Stored, events: readonly Stored[]): readonly Stored[] {
  const { dropped } = standingsIn(events);
  const { target, basis } = erasing.data;
  return events.filter(
    ({ id, type, data, revision }) =>
      type === 'ErasureRequested' &&
      data['target'] === target &&
      data['basis'] === basis &&
      revision < erasing.revision &&
      !dropped.has(id),
  );
}

/** Whether not two people had asked for the erasing, or none of a party that had joined before it. */
function lacksConsent(erasing: Stored, asked: readonly Stored[], joinings: readonly Stored[]): boolean {
  if (new Set(asked.map(({ act }) => act.recordedBy)).size < 2) return true;
  return joinings
    .filter(({ position }) => comparePositions(position, erasing.position) < 0)
    .some(({ act }) => !asked.some((one) => one.act.recorderParty === act.party));
}

/**
 * Takes words out of the store and of the read models after the record has said that they are erased. Every view obeys
 * that event at once; what a crash leaves undone is done at the next start.
 */
export class Erasures {
  /** Of these the store has only just not taken the words off the disk; no read gives them any more, so nothing else tells. */
  readonly #left = new Set<string>();

  constructor(
    private readonly streams: StoredStreams,
    private readonly projections: Pick<Projections, 'forget' | 'record' | 'view'>,
    private readonly ids: Ids,
  ) {}

  /**
   * A party may have joined between the last request and the erasing: then it has to ask as well. Or it may have asked that
   * its acts be taken only signed before its request, which another server had judged by then: so it has not asked. The
   * order in the store decides, so it is looked at once the erasing stands there, and before any word is gone; however far
   * the policies have come, which would find the same.
   */
  async #refuseUnagreed(stream: string): Promise<void> {
    const events = await this.streams.events(stream);
    const { dropped } = standingsIn(events);
    const begun = events.filter((one) => one.type === 'ContentErased' && !dropped.has(one.id));
    const { registry } = this.streams;
    const dialogueId = dialogueOfStream(registry, stream, events[0]);
    if (begun.length === 0 || dialogueId === undefined) return;
    const own = registry.dialogueStream(dialogueId);
    const talks = await this.streams.events(own);
    for (const erasing of begun) {
      if (events.some((one) => one.id === targetOf(erasing) && one.erased)) continue;
      const requests = requestsFor(erasing, events);
      const unsigned = own === stream ? [] : this.#unsignedAmong(requests, talks);
      for (const request of unsigned) await this.#void(stream, request);
      // It falls with what it rests on.
      if (unsigned.some(({ id }) => erasing.restsOn?.includes(id) === true)) continue;
      const asked = requests.filter((one) => !unsigned.includes(one));
      if (lacksConsent(erasing, asked, talks.filter(isJoining))) await this.#void(stream, erasing);
    }
  }

  /** Those that their party has not signed, though it had asked for that by then. */
  #unsignedAmong(requests: readonly Stored[], talks: readonly Stored[]): readonly Stored[] {
    const dialogues = this.streams.registry.part('dialogue');
    return requests.filter((request) => {
      const before = talks.filter(({ position }) => comparePositions(position, request.position) < 0);
      return isUnsigned(request, fold(dialogues, before)?.state ?? {});
    });
  }

  /** The void has the id that the policies draw for it. */
  async #void(stream: string, cause: Stored): Promise<void> {
    const { registry } = this.streams;
    const id = this.ids.drawnFrom('policy', 'voiding', cause.id, idOf(stream));
    const decided = { type: 'AttributionVoid', data: { target: cause.id }, content: {} };
    const event = derivedEvent(this.ids, registry.ofStream(stream), { id, decided, cause });
    for (;;) {
      const events = await this.streams.events(stream);
      if (events.some((one) => one.id === id)) return;
      try {
        await appendSurely(this.streams, stream, [event], BigInt(events.length - 1));
        return;
      } catch (error) {
        if (!(error instanceof Conflict)) throw error;
      }
    }
  }

  /** Repeating it changes nothing. Throws what passes, of store or read models, while words are still on the disk. */
  async finish(stream: string, isUnnoted: (target: Stored) => boolean = () => false): Promise<void> {
    const { store, registry } = this.streams;
    await this.#refuseUnagreed(stream);
    const gone: string[] = [];
    try {
      for (const one of targetsOf(await this.streams.events(stream))) {
        gone.push(one.id);
        if (!one.erased || this.#left.has(one.id) || isUnnoted(one)) {
          // The words go last: as long as they are there, whoever finishes knows that something is left.
          await registry.ofStream(stream).erase?.({ store, ids: this.ids }, one);
          this.#left.add(one.id);
          await store.eraseContent(stream, BigInt(one.revision));
          this.#left.delete(one.id);
        }
      }
    } finally {
      if (gone.length > 0) this.projections.forget(...gone);
      this.streams.forget(stream);
    }
  }

  /**
   * What was begun before this process started, and what the journal does not know. A stream with an event that can't be
   * read keeps its words, and so does one that another program or a full disk keeps them in, which is told; it keeps neither
   * the others from losing theirs nor the server from starting.
   */
  async finishAll(
    removals: Removals | undefined,
    left: (error: Damaged | Unavailable, stream: string) => void,
  ): Promise<void> {
    for (const stream of await this.begun()) {
      try {
        await this.finishLeft(stream, removals);
      } catch (error) {
        if (!(error instanceof Damaged || error instanceof Unavailable)) throw error;
        left(error, stream);
      }
    }
  }

  /** What is left to be done of a stream's erasures, if anything is. */
  async finishLeft(stream: string, removals?: Removals): Promise<void> {
    const isUnnoted = ({ id }: Stored) => removals?.hasErased(id) === false;
    const targets = targetsOf(await this.streams.events(stream));
    const isLeft = ({ id, erased }: Stored) => !erased || this.#left.has(id) || this.#isKept(id);
    if (targets.some((one) => isLeft(one) || isUnnoted(one))) await this.finish(stream, isUnnoted);
  }

  /** Whether the read models still have the words: the store loses them first, and a crash may come in between. */
  #isKept(eventId: string): boolean {
    const content = this.projections.record.byId(eventId)?.event.content;
    return content !== null && content !== undefined;
  }

  /**
   * The streams of which something was erased. Of the read models, and of the store what they do not have yet: all of it
   * where they are being built, or of another one.
   */
  async begun(): Promise<ReadonlySet<string>> {
    const known = this.#known();
    if (known === undefined) return new Set((await this.begunAfter()).streams);
    try {
      return new Set([...known.streams, ...(await this.begunAfter(known.position)).streams]);
    } catch (error) {
      if (!(error instanceof PositionForeign)) throw error;
      return new Set((await this.begunAfter()).streams);
    }
  }

  /** Of the store alone, after a position, and how far it was read; with those of which an event that may say so can't be read. */
  async begunAfter(
    after?: Position,
  ): Promise<{ readonly streams: readonly string[]; readonly read: Position | undefined }> {
    let read = after;
    const { store, registry } = this.streams;
    const streams: string[] = [];
    const add = ({ stream }: { readonly stream: string }) => streams.push(stream);
    const passed = (position: Position) => (read = position);
    for await (const one of everyEvent(store, { types: ['ContentErased'] }, after, { passed, damaged: add }))
      add(one);
    // The name of a stream may be what is damaged.
    const isRecord = (stream: string) => registry.streamPrefixes.some((prefix) => stream.startsWith(prefix));
    return { streams: streams.filter(isRecord), read };
  }

  #known() {
    const { record } = this.projections;
    try {
      const { tables, ordinal } = this.projections.view(changesName);
      const position = record.positionAt(ordinal);
      if (position === undefined) return undefined;
      const erased = changesOf(tables, erasings, { after: -1, before: ordinal + 1, limit: -1 });
      const streams = erased.flatMap((one) => record.byOrdinal(one)?.event.stream ?? []);
      return { streams, position };
    } catch (error) {
      if (error instanceof ProjectionNotReady || error instanceof ReadModelsForeign) return undefined;
      throw error;
    }
  }
}
