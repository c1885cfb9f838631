import { Inject, Injectable } from '@nestjs/common';
import type { BeforeApplicationShutdown, OnApplicationBootstrap } from '@nestjs/common';
import { Damaged, OutcomeUnknown, parsePosition, Unavailable } from '#libs/event-store';
import { ProjectionNotReady, Projections } from '#libs/projections';
import type { Tracing } from '#libs/tracing';
import { sees } from '../platform/access/sight.js';
import { KeyPrincipals } from '../platform/access/key-principals.js';
import { Clock } from '../platform/record/clock.js';
import type { Principal } from '../platform/record/principal.js';
import { RecordReads } from '../platform/record/reading.js';
import { RealTimer } from '../platform/record/timer.js';
import { leaseToken } from '../platform/record/tokens.js';
import { Rendering } from './rendering.js';
import { WebhookNetworks } from './webhook-networks.js';
import type { Attempted } from './webhook-request.js';
import type { Progress, Subscription } from './webhook-subscription.js';
import { WebhookSubscriptions } from './webhook-subscriptions.js';
import { deliver, readerFor } from './webhook-delivery.js';
import type { Delivering } from './webhook-delivery.js';
import { isTakenOver, WebhookWorker } from './webhook-worker.js';

/** How often is looked which subscriptions there are. */
const lookEveryMs = 250;
/** For how long, at the most, one waits that could not go on: what it can't save it would send again at each beginning. */
const apartMaxMs = 10_000;
const noKey = 'No API key of its principal opens anything any more.';
const anotherLife =
  'The record was put back to an older copy, or moved to another store: what was sent before may not be in it. Look at your copy as after `epoch-changed`, and resume this, or end it.';

export const reportToken = Symbol('what befalls the webhooks');
export const tracingToken = Symbol('where the spans of deliveries go');
export type Report = (words: string, error: unknown) => void;

interface Working {
  readonly revision: number;
  readonly worker: WebhookWorker;
  readonly end: AbortController;
  readonly ended: Promise<void>;
}

/** Has each subscriber told, on the one server that holds the lease. */
@Injectable()
export class WebhookDeliverer implements OnApplicationBootstrap, BeforeApplicationShutdown {
  readonly #parts: Delivering;
  readonly #working = new Map<string, Working>();
  /** Those that could not be ended or paused, because something of them can't be read. */
  readonly #damaged = new Set<string>();
  /** How often in a row a webhook could not go on. */
  readonly #failures = new Map<string, number>();
  readonly #ending = new AbortController();
  readonly #timer = new RealTimer();
  #running: Promise<void> = Promise.resolve();

  constructor(
    private readonly subscriptions: WebhookSubscriptions,
    private readonly projections: Projections,
    private readonly principals: KeyPrincipals,
    clock: Clock,
    networks: WebhookNetworks,
    rendering: Rendering,
    reads: RecordReads,
    @Inject(leaseToken) private readonly lease: { readonly held: boolean },
    @Inject(reportToken) private readonly report: Report,
    @Inject(tracingToken) tracing: Tracing | null,
  ) {
    this.#parts = {
      subscriptions,
      networks,
      clock,
      timer: this.#timer,
      read: () => reads.now(),
      render: (record) => rendering.over(record),
      principalOf: (id) => principals.of(id),
      tracing: tracing ?? undefined,
    };
  }

  onApplicationBootstrap(): void {
    this.#running = this.#run();
  }

  async beforeApplicationShutdown(): Promise<void> {
    this.#ending.abort();
    await this.#running;
  }

  /** How many are paused, for whoever looks after the server. */
  get paused(): number {
    return this.subscriptions.all().filter(({ state }) => state === 'paused').length;
  }

  /** As it is now, where this server delivers; else as it was saved last. */
  async progressOf(subscription: Subscription): Promise<Progress> {
    const { revision: _, ...saved } = await this.subscriptions.progress(subscription);
    return this.#working.get(subscription.id)?.worker.progress ?? saved;
  }

  /** Sends one event once more, whatever else is under way; undefined where the subscription has no such event by then. */
  async again(
    subscription: Subscription,
    eventId: string,
    principal: Principal,
  ): Promise<Attempted | undefined> {
    const event = this.projections.record.byId(eventId);
    const record = this.#parts.read();
    const isWanted =
      event !== undefined &&
      (await sees(record.present, principal, event.log)) &&
      (subscription.dialogue ?? event.log) === event.log &&
      subscription.types?.includes(event.event.type) !== false;
    if (!isWanted) return undefined;
    const told = { subscription, event };
    const reader = readerFor(this.#parts, subscription, principal);
    const toldNow = () => {
      const present = this.principals.of(principal.id);
      if (present === undefined) return undefined;
      reader.as(present);
      return reader.mayTell(event) ? told : undefined;
    };
    return deliver(this.#parts, told, toldNow, this.#ending.signal);
  }

  async #run(): Promise<void> {
    const { signal } = this.#ending;
    while (!signal.aborted) {
      try {
        await this.#look();
      } catch (error) {
        this.#tell('the webhooks could not be looked at', error);
      }
      await this.#timer.wait(lookEveryMs, signal).catch(() => undefined);
    }
    await this.#leave([...this.#working.keys()]);
  }

  /** A subscription that was changed is begun anew, under what it says now; one of another life of the store is not. */
  async #look(): Promise<void> {
    // Which keys there are is known once all is read that was there: before, a newer key may be missing.
    const isLevel = this.projections.status()[0]?.state === 'live';
    if (!isLevel && this.lease.held) return;
    const active = this.lease.held ? this.subscriptions.all().filter(({ state }) => state === 'active') : [];
    const epoch = active.length === 0 ? undefined : this.#epoch();
    const {
      wanted = [],
      keyless = [],
      strange = [],
    } = Object.groupBy(active, (one) => {
      if (this.principals.of(one.principalId) === undefined) return 'keyless';
      return one.epoch === undefined || epoch === undefined || one.epoch === epoch ? 'wanted' : 'strange';
    });
    const isGone = ([id, { revision }]: [string, Working]) =>
      !wanted.some((one) => one.id === id && one.revision === revision);
    await this.#leave([...this.#working].filter(isGone).map(([id]) => id));
    for (const one of wanted) if (!this.#working.has(one.id)) this.#begin(one);
    for (const { id, principalId } of keyless)
      await this.#unlessDamaged(id, this.subscriptions.end(id, principalId, noKey));
    // One that was ended since is back with an older copy, and the receiver of another holds what is gone.
    for (const { id, principalId } of strange)
      await this.#unlessDamaged(id, this.subscriptions.pause(id, principalId, anotherLife));
  }

  /** One of which the store can't be read stays as it is, which is told once, and keeps no others from their end. */
  async #unlessDamaged(id: string, changed: Promise<unknown>): Promise<void> {
    try {
      await changed;
    } catch (error) {
      if (!(error instanceof Damaged)) throw error;
      if (!this.#damaged.has(id)) this.#tell(`webhook ${id} could not be ended or paused`, error);
      this.#damaged.add(id);
    }
  }

  /** The life of the store; undefined where nothing is recorded. */
  #epoch(): string | undefined {
    const { record } = this.projections;
    const end = record.positionAt(record.headOrdinal);
    return end === undefined ? undefined : parsePosition(end).epoch;
  }

  #begin(subscription: Subscription): void {
    const end = new AbortController();
    const worker = new WebhookWorker(subscription, this.#parts);
    const ended = this.#runOne(subscription.id, worker, end.signal);
    this.#working.set(subscription.id, { revision: subscription.revision, worker, end, ended });
  }

  async #runOne(id: string, worker: WebhookWorker, signal: AbortSignal): Promise<void> {
    let failures = 0;
    try {
      await worker.run(signal);
    } catch (error) {
      // Ended in the midst of a delivery: it was changed, or another server delivers.
      if (!isTakenOver(error) && error !== signal.reason) {
        this.#tell(`webhook ${id} could not go on`, error);
        failures = worker.hasSaved ? 1 : (this.#failures.get(id) ?? 0) + 1;
      }
    }
    if (failures === 0) this.#failures.delete(id);
    else this.#failures.set(id, failures);
    // What passes is tried again a look later at the earliest.
    const apartMs = Math.min(lookEveryMs * 2 ** failures, apartMaxMs);
    await this.#timer.wait(apartMs, signal).catch(() => undefined);
    this.#working.delete(id);
  }

  async #leave(ids: readonly string[]): Promise<void> {
    const left = ids.flatMap((id) => this.#working.get(id) ?? []);
    for (const { end } of left) end.abort();
    await Promise.all(left.map(({ ended }) => ended));
  }

  #tell(words: string, error: unknown): void {
    const passes =
      error instanceof Unavailable || error instanceof OutcomeUnknown || error instanceof ProjectionNotReady;
    if (!passes && !this.#ending.signal.aborted) this.report(words, error);
  }
}
