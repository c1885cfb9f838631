import type { FacadeCluster } from '#libs/event-store-eventstoredb/testing';
import { electionTakesMs } from './pace.js';

/** Lifts what was done, once. */
export type Lift = () => void | Promise<void>;

/**
 * The nodes of a cluster on a bad day, and the elections that follow from it: nobody leads without a majority that is
 * well, and where the leader is not, another one is elected a moment later.
 */
export class ClusterDay {
  readonly #unwell = new Set<number>();
  readonly #lifts = new Set<Lift>();
  #election: NodeJS.Timeout | undefined;

  constructor(
    readonly cluster: FacadeCluster,
    readonly name: string,
  ) {}

  get database() {
    return this.cluster.database(this.name);
  }

  node(at: number) {
    const node = this.cluster.nodes[at % this.cluster.nodes.length];
    if (node === undefined) throw new Error('There is no such node.');
    return node;
  }

  get leaderAt(): number | undefined {
    const at = this.cluster.nodes.findIndex((one) => one === this.cluster.leader);
    return at === -1 ? undefined : at;
  }

  isWell(at: number): boolean {
    return !this.#unwell.has(at);
  }

  /** Something happens to one node that keeps it from its work; nothing where something else does already. */
  async strike(at: number, begin: () => Lift | Promise<Lift>): Promise<Lift> {
    if (!this.isWell(at)) return () => undefined;
    this.#unwell.add(at);
    const end = await begin();
    this.#settle();
    return this.lifting(async () => {
      await end();
      this.#unwell.delete(at);
      this.#settle();
    });
  }

  /** To be lifted at the latest when the day ends. */
  lifting(lift: Lift): Lift {
    let lifted: void | Promise<void>;
    let isLifted = false;
    const once: Lift = () => {
      if (!isLifted) {
        isLifted = true;
        this.#lifts.delete(once);
        lifted = lift();
      }
      return lifted;
    };
    this.#lifts.add(once);
    return once;
  }

  /** All that was done is lifted, and somebody leads. */
  async end(): Promise<void> {
    // At once, since a server of ours that starts waits for what is lifted beside it.
    await Promise.all([...this.#lifts].map(async (lift) => lift()));
    clearTimeout(this.#election);
    if (this.leaderAt === undefined) this.cluster.elect(0);
  }

  /** An election for which nobody has to be unwell. */
  elect(at: number): void {
    if (this.isWell(at) && this.#mostAreWell) this.cluster.elect(at);
  }

  get #mostAreWell(): boolean {
    return this.#unwell.size * 2 < this.cluster.nodes.length;
  }

  #settle(): void {
    const { leaderAt } = this;
    if (leaderAt !== undefined && this.isWell(leaderAt) && this.#mostAreWell) return;
    this.cluster.loseLeader();
    clearTimeout(this.#election);
    this.#election = setTimeout(() => {
      if (this.leaderAt !== undefined || !this.#mostAreWell) return;
      this.cluster.elect(this.cluster.nodes.findIndex((_, at) => this.isWell(at)));
    }, electionTakesMs);
  }
}
