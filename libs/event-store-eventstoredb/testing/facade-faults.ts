interface Strikable {
  end(): void;
  mute(): void;
}

/** The connections on which calls of a database came. */
export interface Peers {
  readonly names: ReadonlySet<string>;
  cut(): void;
}

/** The faults of one database, set by a test and used up by the calls that meet them. */
export class FacadeFaults {
  /** The next append, of anything but a key, is stored, and its connection cut before the reply. */
  losesReply = false;
  /** After a lost reply, nothing can be read until somebody appends again. */
  awayAfterLostReply = false;
  away = false;
  /** The next append is cut off after this many of its events arrived. */
  cutsAppendAfter: number | undefined;
  /** The user of this database may read nothing. */
  deniesReads = false;
  /** The user of this database may append nothing; the right is looked at before the revision. */
  deniesWrites = false;
  /** The user of this database may delete nothing. */
  deniesDeletes = false;
  /** The next deleting is done, and its connection cut before the reply. */
  losesDeleteReply = false;
  /** The user of this database, or its password, is not known; nothing is read and nothing written. */
  refusesCredentials = false;
  /** How many appends another node would have to take. */
  notLeader = 0;
  /** The next appends that are known again come without their position. */
  forgetsPositions = false;
  /** Every event comes twice to subscriptions. */
  deliversTwice = false;
  /** Before every event, subscriptions get a checkpoint `{X, 0}` at it. */
  zeroCheckpoints = false;
  /** Where a subscription has caught up, it gets a checkpoint behind every event. */
  checkpointsAtEnd = false;
  /** Each subscription ends after its first checkpoint, and so before the event that the checkpoint lies before. */
  cutsSubscriptionsAfterCheckpoint = false;
  /** Whether the server says when a subscription caught up; old ones never do. */
  saysCaughtUp = true;

  /** What others do between what the next read saw and its answer. */
  duringNextRead: (() => void) | undefined;

  readonly #peers: Peers;
  readonly #dead = new Set<string>();
  #pending: keyof Strikable | undefined;
  readonly #subscriptions = new Set<Strikable>();
  #held: Promise<void> | undefined;

  constructor(peers: Peers) {
    this.#peers = peers;
  }

  /** Cuts every connection of this database. */
  cut(): void {
    this.#peers.cut();
  }

  /** What is open now dies without a word: it takes calls and answers none. New connections live. */
  killConnections(): void {
    for (const name of this.#peers.names) this.#dead.add(name);
    for (const subscription of this.#subscriptions) subscription.mute();
  }

  isDead(peer: string): boolean {
    return this.#dead.has(peer);
  }

  /** Where there is no subscription yet, the next one meets the fault. */
  endSubscriptionsCleanly(): void {
    this.#strike('end');
  }

  muteSubscriptions(): void {
    this.#strike('mute');
  }

  register(subscription: Strikable): () => void {
    this.#subscriptions.add(subscription);
    if (this.#pending !== undefined) subscription[this.#pending]();
    this.#pending = undefined;
    return () => this.#subscriptions.delete(subscription);
  }

  /** Appends are answered only after the returned function was called. */
  holdReplies(): () => void {
    const { promise, resolve } = Promise.withResolvers<void>();
    this.#held = promise;
    return () => {
      this.#held = undefined;
      resolve();
    };
  }

  async reply(): Promise<void> {
    await this.#held;
  }

  #strike(fault: keyof Strikable): void {
    if (this.#subscriptions.size === 0) this.#pending = fault;
    for (const subscription of this.#subscriptions) subscription[fault]();
  }
}
