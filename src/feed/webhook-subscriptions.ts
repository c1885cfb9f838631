import { Inject, Injectable } from '@nestjs/common';
import type { EventStore, JsonObject } from '#libs/event-store';
import { Problem } from '#libs/problem-details';
import { Projections } from '#libs/projections';
import { platformProblems } from '../platform/problems/platform.problems.js';
import { appendTo, retrying } from '../platform/record/appending.js';
import { eventBeside, heldIn, webhookPrefix } from '../platform/record/beside.js';
import { Ids } from '../platform/record/ids.js';
import { Moments } from '../platform/record/moments.js';
import { storeToken } from '../platform/record/tokens.js';
import { newSecret } from './webhook-signature.js';
import { progressPrefix, subscriptionOf } from './webhook-subscription.js';
import type { Progress, Subscribed, Subscription } from './webhook-subscription.js';

/** How many a principal may have that have not ended, and how many there may be in all. */
const perPrincipalMax = 20;
const inAllMax = 500;
/** How long is waited until the read models show what was written. */
const shownMs = 2_000;

/** The subscriptions, in streams of their own outside the record: every server on the store knows them. */
@Injectable()
export class WebhookSubscriptions {
  constructor(
    @Inject(storeToken) private readonly store: EventStore,
    private readonly ids: Ids,
    private readonly moments: Moments,
    private readonly projections: Projections,
  ) {}

  /** As the read models have them: all, in the order in which they were made. */
  all(): readonly Subscription[] {
    const byStream = Map.groupBy(this.projections.beside.under(webhookPrefix), ({ stream }) => stream);
    return [...byStream].flatMap(([stream, events]) => subscriptionOf(stream, events) ?? []);
  }

  /** As the read models have it: what stands before an event in the store is there by the time that event is. */
  present(id: string): Subscription | undefined {
    const stream = `${webhookPrefix}${id}`;
    return subscriptionOf(stream, this.projections.beside.under(stream));
  }

  of(principalId: string): readonly Subscription[] {
    return this.all().filter((one) => one.principalId === principalId);
  }

  /** From the store. Throws 404 where there is none of this principal. */
  async find(id: string, principalId: string): Promise<Subscription> {
    const stream = `${webhookPrefix}${id}`;
    const found = subscriptionOf(stream, await Array.fromAsync(heldIn(this.store, stream)));
    if (found?.principalId === principalId) return found;
    throw new Problem(platformProblems.NOT_FOUND, { detail: `There is no webhook ${id.slice(0, 64)}.` });
  }

  /** The secret is in the answer and nowhere else; it can't be shown again. */
  async create(wanted: Omit<Subscribed, 'sealedSecret'>) {
    const live = this.all().filter(({ state }) => state !== 'ended');
    const own = live.filter(({ principalId }) => principalId === wanted.principalId);
    if (own.length >= perPrincipalMax || live.length >= inAllMax) {
      const detail = `There are ${own.length} webhooks of this principal, and ${live.length} in all: end one that is not needed.`;
      throw new Problem(platformProblems.TOO_MANY_WEBHOOKS, { detail });
    }
    const id = this.ids.next();
    const secret = newSecret(this.ids);
    const data = { ...wanted, sealedSecret: this.#hidden(id, secret) };
    await this.#append(id, 'WebhookSubscribed', data, undefined);
    return { secret, subscription: await this.find(id, wanted.principalId) };
  }

  /** The one before goes on to sign for a day. */
  async rotate(id: string, principalId: string) {
    const secret = newSecret(this.ids);
    const data = { sealedSecret: this.#hidden(id, secret) };
    const subscription = await this.#change(id, principalId, 'WebhookSecretRotated', data, 'ended');
    return { secret, subscription };
  }

  resume(id: string, principalId: string): Promise<Subscription> {
    return this.#change(id, principalId, 'WebhookResumed', {}, 'active');
  }

  end(id: string, principalId: string, because: string): Promise<Subscription> {
    return this.#change(id, principalId, 'WebhookEnded', { because }, 'ended');
  }

  pause(id: string, principalId: string, because: string): Promise<Subscription> {
    return this.#change(id, principalId, 'WebhookPaused', { because }, 'paused');
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
  #change(id: string, principalId: string, type: string, data: JsonObject, isSo: Subscription['state']) {
    return retrying(async () => {
      const before = await this.find(id, principalId);
      if (before.state === isSo || before.state === 'ended') return before;
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
