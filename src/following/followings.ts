import { Inject, Injectable } from '@nestjs/common';
import type { EventStore, JsonObject } from '#libs/event-store';
import { Problem } from '#libs/problem-details';
import { hashOf, sameHash } from '../platform/access/credential.js';
import { platformProblems } from '../platform/problems/platform.problems.js';
import { appendTo, retrying } from '../platform/record/appending.js';
import { eventBeside, followingPrefix, heldIn, lookedPrefix } from '../platform/record/beside.js';
import { Clock } from '../platform/record/clock.js';
import { Ids } from '../platform/record/ids.js';
import type { RecordRead } from '../platform/record/reading.js';
import { refuseBeyond } from '../platform/record/pace-beside.js';
import type { Pace } from '../platform/record/pace-beside.js';
import { storeToken } from '../platform/record/tokens.js';
import { nothing, sameAs, watchesMax } from './follower.js';
import type { FeedKind, Following, Watch, Watched } from './follower.js';

const tokenForm = /^([0-9a-f]{32})_([A-Za-z0-9_-]{43})$/;

/** Each change writes all watches anew, so there are as many as somebody needs who begins them all by a program. */
const followingPace: Pace = { perDay: 300, what: 'What one principal follows' };
/** As often as a program looks that does so each minute. */
const lookingPace: Pace = { perDay: 1_500, what: 'How far one principal has looked' };

interface Last {
  readonly data: JsonObject;
  readonly revision: bigint;
}

/**
 * What principals follow, and how far each has looked: no act, and nothing of the record. The last event of a stream
 * holds all of it, so reading it costs the same however often it was changed.
 */
@Injectable()
export class Followings {
  constructor(
    @Inject(storeToken) private readonly store: EventStore,
    private readonly ids: Ids,
    private readonly clock: Clock,
  ) {}

  /** While the store is away, as the read models have it. */
  async of(principalId: string, record: RecordRead): Promise<Following> {
    return this.#followingIn(await this.#lastOrKept(`${followingPrefix}${principalId}`, record));
  }

  /** What is watched already stays as it is. Throws 409 where there are too many, 429 where that was changed too often. */
  async begin(principalId: string, watched: Watched, after: string | null): Promise<Watch> {
    const begun: Watch = { ...watched, id: this.ids.next(), begunAt: this.clock.iso(), after };
    const change = (before: Following) => {
      if (sameAs(before, watched) !== undefined) return undefined;
      if (before.watches.length < watchesMax) return { ...before, watches: [...before.watches, begun] };
      const detail = `There are ${before.watches.length} watches of this principal: end one that is not needed.`;
      throw new Problem(platformProblems.TOO_MANY_WATCHES, { detail });
    };
    const { watches } = await this.#change(principalId, 'WatchBegun', change, followingPace);
    return sameAs({ ...nothing, watches }, watched) ?? begun;
  }

  /** Throws 404 where the principal has no such watch. */
  async end(principalId: string, id: string): Promise<Watch> {
    let ended: Watch | undefined;
    await this.#change(principalId, 'WatchEnded', (before) => {
      ended = before.watches.find((one) => one.id === id);
      if (ended === undefined)
        throw new Problem(platformProblems.NOT_FOUND, { detail: `There is no watch ${id.slice(0, 64)}.` });
      return { ...before, watches: before.watches.filter((one) => one.id !== id) };
    });
    return ended as unknown as Watch;
  }

  /** The token of a new address, which is shown once; the one before opens nothing from here on. Throws as `begin` does. */
  async renew(principalId: string, kind: FeedKind): Promise<string> {
    const secret = this.ids.secret();
    const { epoch } = await this.store.identity();
    const address = { epoch, secretHash: hashOf(secret), madeAt: this.clock.iso() };
    const change = (before: Following) => ({
      ...before,
      addresses: { ...before.addresses, [kind]: address },
    });
    await this.#change(principalId, 'FollowingAddressMade', change, followingPace);
    return `${principalId.replaceAll('-', '')}_${secret}`;
  }

  /** What is withdrawn already stays so. */
  withdraw(principalId: string, kind: FeedKind): Promise<Following> {
    return this.#change(principalId, 'FollowingAddressWithdrawn', (before) => {
      const { [kind]: withdrawn, ...addresses } = before.addresses;
      return withdrawn === undefined ? undefined : { ...before, addresses };
    });
  }

  /** Whose address it is, and what that principal follows; undefined for one that opens nothing. */
  async opened(
    token: string,
    kind: FeedKind,
  ): Promise<{ readonly principalId: string; readonly following: Following } | undefined> {
    const [, hex = '', secret = ''] = tokenForm.exec(token) ?? [];
    if (secret === '') return undefined;
    const principalId = hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
    // Of the store alone: what was withdrawn at another server opens nothing here.
    const following = await this.#followingIn(await this.#last(`${followingPrefix}${principalId}`));
    const address = following.addresses[kind];
    if (address === undefined || !sameHash(address.secretHash, hashOf(secret))) return undefined;
    return { principalId, following };
  }

  /** How far the principal has looked: the place in the record, -1 before the first look. */
  async lookedTo(principalId: string, record: RecordRead): Promise<number> {
    const last = await this.#lastOrKept(`${lookedPrefix}${principalId}`, record);
    return placeOf(record.projections, last?.data['eventId']);
  }

  /** From here on nothing up to that place is new; a place before the last look changes nothing. Throws 429. */
  async look(principalId: string, ordinal: number, { projections }: RecordRead): Promise<void> {
    const eventId = projections.record.byOrdinal(ordinal)?.event.id;
    if (eventId === undefined) return;
    const stream = `${lookedPrefix}${principalId}`;
    await retrying(async () => {
      const last = await this.#last(stream);
      if (placeOf(projections, last?.data['eventId']) >= ordinal) return;
      await this.#refuseBeyond(lookingPace, stream, last);
      await this.#append(stream, 'Looked', { eventId }, last);
    });
  }

  /** With a pace where it makes something: whatever ends something is taken at any time. */
  async #change(
    principalId: string,
    type: string,
    change: (before: Following) => Following | undefined,
    pace?: Pace,
  ): Promise<Following> {
    const stream = `${followingPrefix}${principalId}`;
    return retrying(async () => {
      const last = await this.#last(stream);
      const before = await this.#followingIn(last);
      const after = change(before);
      if (after === undefined) return before;
      if (pace !== undefined) await this.#refuseBeyond(pace, stream, last);
      await this.#append(stream, type, JSON.parse(JSON.stringify(after)) as JsonObject, last);
      return after;
    });
  }

  /** Without the addresses that were made before an older copy of the store was put in its place. */
  async #followingIn(last: Pick<Last, 'data'> | undefined): Promise<Following> {
    if (last === undefined) return nothing;
    const { watches, addresses } = last.data as unknown as Following;
    const made = Object.entries(addresses);
    if (made.length === 0) return { watches, addresses };
    const { epoch } = await this.store.identity();
    return { watches, addresses: Object.fromEntries(made.filter(([, one]) => one.epoch === epoch)) };
  }

  async #append(stream: string, type: string, data: JsonObject, last: Last | undefined): Promise<void> {
    const event = eventBeside(this.ids, type, data);
    await appendTo(this.store, stream, [event], last?.revision ?? 'no_stream');
  }

  /** Reads one event more, and only where the stream is that long. */
  async #refuseBeyond(pace: Pace, stream: string, last: Last | undefined): Promise<void> {
    const from = (last?.revision ?? -1n) - BigInt(pace.perDay - 1);
    if (from < 0n) return;
    for await (const { recordedAt } of heldIn(this.store, stream, { from, limit: 1 }))
      refuseBeyond(pace, recordedAt, this.clock.now());
  }

  #lastOrKept(stream: string, { present, projections }: RecordRead): Promise<Pick<Last, 'data'> | undefined> {
    return present.orKept<Pick<Last, 'data'> | undefined>(
      () => this.#last(stream),
      () => projections.beside.under(stream).at(-1),
    );
  }

  async #last(stream: string): Promise<Last | undefined> {
    for await (const { data, revision } of heldIn(this.store, stream, { backwards: true, limit: 1 }))
      return { data, revision };
    return undefined;
  }
}

/** The place of an event by its id; before all where the record does not have it, as one that was restored may not. */
export function placeOf({ record }: RecordRead['projections'], eventId: unknown): number {
  if (typeof eventId !== 'string') return -1;
  return record.byId(eventId)?.ordinal ?? -1;
}
