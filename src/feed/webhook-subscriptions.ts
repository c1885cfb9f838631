import { Inject, Injectable } from '@nestjs/common';
import type { EventStore, JsonObject } from '#libs/event-store';
import { Problem } from '#libs/problem-details';
import { Projections } from '#libs/projections';
import { platformProblems } from '../platform/problems/platform.problems.js';
import { appendTo, retrying } from '../platform/record/appending.js';
import { eventBeside, heldIn, webhookPrefix } from '../platform/record/beside.js';
import { Clock } from '../platform/record/clock.js';
import { Ids } from '../platform/record/ids.js';
import { Moments } from '../platform/record/moments.js';
import { refuseBeyond } from '../platform/record/pace-beside.js';
import type { Pace } from '../platform/record/pace-beside.js';
import { storeToken } from '../platform/record/tokens.js';
import { Turns } from '../platform/record/turns.js';
import { newSecret } from './webhook-signature.js';
import { progressPrefix, subscriptionOf } from './webhook-subscription.js';
import type { Progress, Subscribed, Subscription } from './webhook-subscription.js';

/** How many a principal may have that have not ended, and how many there may be in all. */
const perPrincipalMax = 20;
const inAllMax = 500;
/** Each is kept for ever, though it has ended. */
const makingPace: Pace = { perDay: 50, what: 'The webhooks of one principal' };
const changingPace: Pace = { perDay: 20, what: 'One webhook' };
/** How many that have ended are listed. */
const endedShown = 50;
/** How long is waited until the read models show what was written. */
const shownMs = 2_000;

type Wanted = Omit<Subscribed, 'sealedSecret' | 'epoch'>;

interface Change {
  readonly type: string;
  readonly data: JsonObject;
  /** The state in which nothing is left to do. */
  readonly isSo: Subscription['state'];
  /** Where it may be asked for again and again. */
  readonly pace?: Pace;
}

/** The subscriptions, in streams of their own outside the record: every server on the store knows them. */
@Injectable()
export class WebhookSubscriptions {
  readonly #turns = new Turns();
  #all: { readonly mark: string; readonly found: readonly Subscription[] } | undefined;

  constructor(
    @Inject(storeToken) private readonly store: EventStore,
    private readonly ids: Ids,
    private readonly moments: Moments,
    private readonly projections: Projections,
    private readonly clock: Clock,
  ) {}

  /** As the read models have them: all, in the order in which they were made. Asked several times a second. */
  all(): readonly Subscription[] {
    const { beside } = this.projections;
    const mark = beside.mark(webhookPrefix);
    if (this.#all?.mark !== mark) {
      const byStream = Map.groupBy(beside.under(webhookPrefix), ({ stream }) => stream);
      const found = [...byStream].flatMap(([stream, events]) => subscriptionOf(stream, events) ?? []);
      this.#all = { mark, found };
    }
    return this.#all.found;
  }

  /** As the read models have it: what stands before an event in the store is there by the time that event is. */
  present(id: string): Subscription | undefined {
    const stream = `${webhookPrefix}${id}`;
    return subscriptionOf(stream, this.projections.beside.under(stream));
  }

  /** Of one principal, in the order in which they were made: those that have not ended, and the latest of those that have. */
  of(principalId: string): readonly Subscription[] {
    const own = this.all().filter((one) => one.principalId === principalId);
    const ended = own.filter(({ state }) => state === 'ended').slice(0, -endedShown);
    return own.filter((one) => !ended.includes(one));
  }

  /** From the store. Throws 404 where there is none of this principal. */
  async find(id: string, principalId: string): Promise<Subscription> {
    const stream = `${webhookPrefix}${id}`;
    const found = subscriptionOf(stream, await Array.fromAsync(heldIn(this.store, stream)));
    if (found?.principalId === principalId) return found;
    throw new Problem(platformProblems.NOT_FOUND, { detail: `There is no webhook ${id.slice(0, 64)}.` });
  }

  /**
   * The secret is in the answer and nowhere else; it can't be shown again. Throws 409 where there are too many, 429 where
   * too many were made. One after the other, or all that are asked for at once would find room.
   */
  create(wanted: Wanted) {
    return this.#turns.take(wanted.principalId, () => this.#created(wanted));
  }

  async #created(wanted: Wanted) {
    const isOwn = ({ principalId }: Subscription) => principalId === wanted.principalId;
    const all = this.all();
    const live = all.filter(({ state }) => state !== 'ended');
    const own = live.filter(isOwn);
    if (own.length >= perPrincipalMax || live.length >= inAllMax) {
      const detail = `There are ${own.length} webhooks of this principal, and ${live.length} in all: end one that is not needed.`;
      throw new Problem(platformProblems.TOO_MANY_WEBHOOKS, { detail });
    }
    refuseBeyond(makingPace, all.filter(isOwn).at(-makingPace.perDay)?.createdAt, this.clock.now());
    const id = this.ids.next();
    const secret = newSecret(this.ids);
    const { epoch } = await this.store.identity();
    const data = { ...wanted, epoch, sealedSecret: this.#hidden(id, secret) };
    await this.#append(id, 'WebhookSubscribed', data, undefined);
    return { secret, subscription: await this.find(id, wanted.principalId) };
  }

  /** The one before goes on to sign for a day. Throws 404 where it has ended. */
  async rotate(id: string, principalId: string) {
    const secret = newSecret(this.ids);
    const data = { sealedSecret: this.#hidden(id, secret) };
    const subscription = await this.#change(id, principalId, {
      type: 'WebhookSecretRotated',
      data,
      isSo: 'ended',
      pace: changingPace,
    });
    if (subscription.state !== 'ended') return { secret, subscription };
    // A secret that signs nothing is none.
    const detail = `The webhook ${id.slice(0, 64)} has ended: make another one.`;
    throw new Problem(platformProblems.NOT_FOUND, { detail });
  }

  async resume(id: string, principalId: string): Promise<Subscription> {
    const { epoch } = await this.store.identity();
    return this.#change(id, principalId, {
      type: 'WebhookResumed',
      data: { epoch },
      isSo: 'active',
      pace: changingPace,
    });
  }

  end(id: string, principalId: string, because: string): Promise<Subscription> {
    return this.#change(id, principalId, { type: 'WebhookEnded', data: { because }, isSo: 'ended' });
  }

  pause(id: string, principalId: string, because: string): Promise<Subscription> {
    return this.#change(id, principalId, { type: 'WebhookPaused', data: { because }, isSo: 'paused' });
  }

  /** Those that sign at that moment, the newest first. */
  secretsOf({ id, sealedSecret, earlier }: Subscription, now: number): readonly string[] {
    const before = earlier !== undefined && Date.parse(earlier.until) > now ? [earlier.sealedSecret] : [];
    return [sealedSecret, ...before].map((one) => this.moments.shown(`webhook ${id}`, one));
  }

  /** How far it has come, as it was saved last; at its beginning where it was not saved yet. */
  async progress(subscription: Subscription): Promise<Progress & { readonly revision: bigint | undefined }> {
    const asked = { backwards: true, limit: 1 };
    for await (const { data, revision } of heldIn(this.store, `${progressPrefix}${subscription.id}`, asked))
      return { ...(data as unknown as Progress), revision };
    return { after: subscription.after, recent: [], revision: undefined };
  }

  /** Throws `Conflict` where another server has saved meanwhile: then that one delivers. */
  async save(id: string, progress: Progress, revision: bigint | undefined): Promise<bigint> {
    const event = eventBeside(this.ids, 'WebhookDelivered', progress as unknown as JsonObject);
    const expected = revision ?? 'no_stream';
    return (await appendTo(this.store, `${progressPrefix}${id}`, [event], expected)).revision;
  }

  #hidden(id: string, secret: string): string {
    return this.moments.hidden(`webhook ${id}`, secret);
  }

  /** What is so already stays as it is; what has ended, for ever. */
  #change(id: string, principalId: string, { type, data, isSo, pace }: Change) {
    return retrying(async () => {
      const before = await this.find(id, principalId);
      if (before.state === isSo || before.state === 'ended') return before;
      if (pace !== undefined) refuseBeyond(pace, before.changedAt.at(-pace.perDay), this.clock.now());
      await this.#append(id, type, data, before);
      return this.find(id, principalId);
    });
  }

  async #append(id: string, type: string, data: object, before: Subscription | undefined): Promise<void> {
    const expected = before === undefined ? 'no_stream' : BigInt(before.revision);
    const event = eventBeside(this.ids, type, JSON.parse(JSON.stringify(data)) as JsonObject);
    const stream = `${webhookPrefix}${id}`;
    const { revision } = await appendTo(this.store, stream, [event], expected);
    const isShown = () => this.projections.beside.at(stream, Number(revision)) !== undefined;
    await this.projections.until(isShown, shownMs);
  }
}
