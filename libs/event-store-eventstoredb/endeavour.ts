import { Client } from './client.js';
import { credentialsFor, CertificateUnusable } from './certificates.js';
import { readConnectionString, type ConnectionFacts } from './connection-string.js';
import { askAround, type Round } from './gossip.js';
import type { Settings } from './options.js';
import { backOffMs, pause } from './timers.js';

/** Why there is no node to work with: in words that name no address, and in detail for whoever can mend it. */
export interface Trouble {
  readonly kind: 'connecting' | 'looking' | 'refused';
  readonly words: string;
  readonly detail: string;
}

export const refusedWords =
  'The event store answers and refuses the user of EVENTSTORE_URL: its password is wrong, or it lacks the right.';

/** Longer would let a new leader wait for its first caller. */
const longestPauseMs = 500;

/** Looks for the node that leads: the one that the string names, or the one that most of a cluster's nodes name. */
export class Endeavour {
  readonly #settings: Settings;
  readonly #facts: ConnectionFacts;
  readonly #over = new AbortController();
  /** Nodes that others told of, besides those that the string names. */
  #named: readonly string[] = [];
  #hinted: string | undefined;

  /** Throws `ConnectionStringInvalid`. */
  constructor(settings: Settings) {
    this.#settings = settings;
    this.#facts = readConnectionString(settings.connectionString);
  }

  /** Whether there may be another node than the one in use. */
  get hasChoice(): boolean {
    return this.#facts.discovers || this.#facts.hosts.length > 1;
  }

  /** A node said that this one leads; it is tried before anybody else is asked. */
  hint(leader: string): void {
    this.#hinted = leader;
  }

  /** Names the node that something failed at, and who named it to us. */
  blame(node: string, why: string): string {
    const isOurs = this.#facts.hosts.includes(node);
    return isOurs ? `${node}: ${why}` : `${node}, an address that the cluster's gossip gave: ${why}`;
  }

  stop(): void {
    this.#over.abort();
  }

  /** The client of the leader; undefined where as many rounds as the string allows found none, or after `stop`. */
  async find(tell: (trouble: Trouble) => void): Promise<Client | undefined> {
    const { timers, random } = this.#settings;
    for (let rounds = 0; !this.#over.signal.aborted && rounds < this.#facts.mostRounds; rounds += 1) {
      const found = await this.#once(tell);
      if (found !== undefined) return found;
      const pauseMs = this.#facts.roundsEveryMs ?? Math.min(backOffMs(rounds, random), longestPauseMs);
      await pause(timers, pauseMs, this.#over.signal);
    }
    return undefined;
  }

  /** Undefined where nobody knows. */
  async leaderNow(): Promise<string | undefined> {
    try {
      return (await this.#round()).leader;
    } catch {
      return undefined;
    }
  }

  async #once(tell: (trouble: Trouble) => void): Promise<Client | undefined> {
    try {
      const credentials = await credentialsFor(this.#facts);
      const node = this.#takeHint() ?? (await this.#leader(tell));
      return node === undefined ? undefined : new Client(this.#settings.connectionString, node, credentials);
    } catch (error) {
      if (!(error instanceof CertificateUnusable)) throw error;
      tell({ kind: 'refused', words: error.message, detail: error.message });
      return undefined;
    }
  }

  async #leader(tell: (trouble: Trouble) => void): Promise<string | undefined> {
    const [only] = this.#facts.hosts;
    if (!this.hasChoice) return only;
    const round = await this.#round();
    if (round.leader === undefined) tell(troubleOf(round));
    return round.leader;
  }

  async #round(): Promise<Round> {
    const { timers, gossipTimeoutMs } = this.#settings;
    const deadlineMs = this.#facts.gossipTimeoutMs ?? gossipTimeoutMs;
    const credentials = await credentialsFor(this.#facts);
    const nodes = [...new Set([...this.#facts.hosts, ...this.#named])];
    const round = await askAround(nodes, credentials, { deadlineMs, timers });
    if (round.answered > 0) this.#named = round.named;
    return round;
  }

  #takeHint(): string | undefined {
    const hinted = this.#hinted;
    this.#hinted = undefined;
    return hinted;
  }
}

function troubleOf({ answered, failures }: Round): Trouble {
  const detail = failures
    .map(({ node, reason }) => `${node}: ${reason}`)
    .sort()
    .join('; ');
  if (answered === 0) {
    return {
      kind: 'connecting',
      words: "The event store can't be reached now: none of its nodes answers.",
      detail,
    };
  }
  const words =
    'The nodes of the event store answer, but none of them leads: an election is under way, or most nodes are away.';
  return { kind: 'looking', words, detail };
}
