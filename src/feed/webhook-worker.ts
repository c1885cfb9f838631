import { Conflict } from '#libs/event-store';
import type { Sequenced } from '#libs/projections';
import type { RecordRead } from '../platform/record/reading.js';
import type { FeedReader } from './feed-reader.js';
import { deliver, readerFor } from './webhook-delivery.js';
import type { Delivering, Told } from './webhook-delivery.js';
import { failedAgain, leftMs } from './webhook-patience.js';
import type { Failing } from './webhook-patience.js';
import { isTaken, saidOf } from './webhook-request.js';
import type { Attempted } from './webhook-request.js';
import type { Delivery, Progress, Subscription } from './webhook-subscription.js';

/** Of each its place is held, and no more, however long it takes to get through. */
const bounds = { items: 20 };
/** How long a quiet record is waited for at once, and how often a time that has to come is looked for. */
const quietMs = 30_000;
const lookMs = 250;
const gone = 410;
/** How many deliveries are remembered. */
const recentMax = 20;
/** What is saved is an event of the store each time: how many deliveries, how long, and how much of the record may pass before. */
const unsavedMax = 20;
const unsavedMs = 5_000;
const passedMax = 1_000;

/**
 * Brings one subscriber what it subscribed to, in the order of the record, one event after the other. What is saved is
 * saved after the delivery, so after a fall some are sent again, under the same id.
 */
export class WebhookWorker {
  #after = -1;
  #failing: Failing | undefined;
  #recent: readonly Delivery[] = [];
  #revision: bigint | undefined;
  #unsaved = 0;
  #savedAfter = -1;
  #savedAt = 0;

  constructor(
    private readonly subscription: Subscription,
    private readonly parts: Delivering,
  ) {}

  /** Until it is ended, paused, or another server delivers; throws what the store throws. */
  async run(ended: AbortSignal): Promise<void> {
    const { subscription, parts } = this;
    if (!(await this.#begin(parts.read(), ended))) return;
    const first = parts.principalOf(subscription.principalId);
    if (first === undefined) return;
    const reader = readerFor(parts, subscription, first);
    try {
      while (!ended.aborted) {
        const principal = parts.principalOf(subscription.principalId);
        if (principal === undefined) return;
        reader.as(principal);
        const page = await reader.page(this.#after, bounds);
        for (const place of page.events.map(({ ordinal }) => ordinal))
          if (!(await this.#through(reader, place, ended))) return;
        this.#after = page.reached;
        const dueMs = this.#dueMs();
        if (dueMs <= 0) await this.#save();
        if (!page.more)
          await reader.changed(this.#after, dueMs <= 0 ? quietMs : Math.min(dueMs, quietMs), ended);
      }
    } finally {
      if (this.#unsaved > 0) await this.#save().catch(() => undefined);
    }
  }

  /** Where it had come to; this server may have to read as far first. */
  async #begin({ projections }: RecordRead, ended: AbortSignal): Promise<boolean> {
    const { after, failing, recent, revision } = await this.parts.subscriptions.progress(this.subscription);
    this.#revision = revision;
    this.#recent = recent;
    const isOfNow = failing !== undefined && failing.since > Date.parse(this.subscription.activeSince);
    this.#failing = isOfNow ? failing : undefined;
    const ordinalOf = () => (after === null ? -1 : projections.record.byId(after)?.ordinal);
    while (!ended.aborted) {
      const ordinal = ordinalOf();
      if (ordinal !== undefined) {
        this.#after = ordinal;
        this.#savedAfter = ordinal;
        return true;
      }
      await this.parts.timer.wait(lookMs, ended).catch(() => undefined);
    }
    return false;
  }

  /**
   * Tries it until it is taken, or may not be told any more; false where it can't go on. Since it was read, and since each
   * attempt, the webhook may have ended or its secret changed, the dialogue been withdrawn, and words been erased.
   */
  async #through(reader: FeedReader, place: number, ended: AbortSignal): Promise<boolean> {
    const { parts } = this;
    const eventId = parts.read().projections.record.byOrdinal(place)?.event.id;
    if (eventId === undefined) return false;
    while (await this.#mayTry(eventId, ended)) {
      const told = this.#toldNow(reader, place);
      if (told === 'to nobody') return false;
      if (told === 'not told') return this.#passed(place);
      const toldThen = () => {
        const then = this.#toldNow(reader, place);
        return typeof then === 'string' ? undefined : then;
      };
      const attempted = await deliver(parts, told, toldThen, ended);
      // Why it was not told by then is asked once more.
      if (attempted === undefined) continue;
      if (isTaken(attempted)) {
        await this.#taken(told.event, attempted);
        return true;
      }
      if (!(await this.#failed(eventId, attempted))) return false;
    }
    return false;
  }

  /** At this moment: what stands there, to whom; or why not. */
  #toldNow(reader: FeedReader, place: number): Told | 'not told' | 'to nobody' {
    const { parts } = this;
    const subscription = parts.subscriptions.present(this.subscription.id);
    const principal = parts.principalOf(this.subscription.principalId);
    const event = parts.read().projections.record.byOrdinal(place);
    if (subscription?.state !== 'active' || principal === undefined || event === undefined)
      return 'to nobody';
    reader.as(principal);
    return reader.mayTell(event) ? { subscription, event } : 'not told';
  }

  /** It is not told, so nothing waits for it any more. */
  #passed(place: number): true {
    this.#failing = undefined;
    this.#after = place;
    this.#unsaved += 1;
    return true;
  }

  async #mayTry(eventId: string, ended: AbortSignal): Promise<boolean> {
    const { clock, timer } = this.parts;
    const failing = this.#failing?.eventId === eventId ? this.#failing : undefined;
    const left = () => (failing === undefined ? 0 : leftMs(failing, clock.now()));
    for (let ms = left(); ms > 0 && !ended.aborted; ms = left())
      await timer.wait(Math.min(ms, lookMs), ended).catch(() => undefined);
    return !ended.aborted;
  }

  async #taken(event: Sequenced, attempted: Attempted): Promise<void> {
    this.#remember(event.event.id, (this.#failing?.attempts ?? 0) + 1, saidOf(attempted));
    this.#failing = undefined;
    this.#after = event.ordinal;
    this.#unsaved += 1;
    if (this.#unsaved >= unsavedMax) await this.#save();
  }

  /** False where the patience is over, or the receiver says that it is gone (Standard Webhooks 1.0 on 410). */
  async #failed(eventId: string, attempted: Attempted): Promise<boolean> {
    const { clock, subscriptions } = this.parts;
    const why = saidOf(attempted);
    const failing = failedAgain(this.#failing, { eventId, now: clock.now(), why });
    this.#remember(eventId, failing?.attempts ?? (this.#failing?.attempts ?? 0) + 1, why);
    this.#failing = failing ?? this.#failing;
    await this.#save();
    const isGone = 'status' in attempted && attempted.status === gone;
    if (failing !== undefined && !isGone) return true;
    const { id, principalId } = this.subscription;
    const because = isGone ? `The receiver ${why}: it is gone.` : `For three days the receiver ${why}.`;
    await subscriptions.pause(id, principalId, because);
    return false;
  }

  #remember(eventId: string, attempts: number, outcome: string): void {
    const one = { eventId, at: this.parts.clock.iso(), attempts, outcome };
    const others = this.#recent.filter((other) => other.eventId !== eventId);
    this.#recent = [...others, one].slice(-recentMax);
  }

  /** In how many milliseconds it has to be saved; at once where that is not above 0. */
  #dueMs(): number {
    if (this.#after - this.#savedAfter >= passedMax) return 0;
    if (this.#unsaved === 0) return quietMs;
    return this.#savedAt + unsavedMs - this.parts.timer.now();
  }

  async #save(): Promise<void> {
    this.#revision = await this.parts.subscriptions.save(this.subscription.id, this.progress, this.#revision);
    this.#unsaved = 0;
    this.#savedAfter = this.#after;
    this.#savedAt = this.parts.timer.now();
  }

  /** Whether anything was saved since it began. */
  get hasSaved(): boolean {
    return this.#savedAt > 0;
  }

  /** As it is now, saved or not. */
  get progress(): Progress {
    return {
      after: this.parts.read().projections.record.byOrdinal(this.#after)?.event.id ?? null,
      recent: this.#recent,
      ...(this.#failing === undefined ? {} : { failing: this.#failing }),
    };
  }
}

/** Another server has taken over, and says how far it has come. */
export function isTakenOver(error: unknown): boolean {
  return error instanceof Conflict;
}
