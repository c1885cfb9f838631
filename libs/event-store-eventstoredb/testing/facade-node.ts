import { status, type Metadata } from '@grpc/grpc-js';

import { failure } from './facade-messages.js';

/** A node as gossip tells of it. */
export interface Member {
  readonly port: number;
  /** 127.0.0.1 unless it is said to be elsewhere. */
  readonly address?: string;
  readonly leads: boolean;
}

/** Whether one node of the façade leads, freezes, or lives in the past, and whom it knows. */
export class FacadeNode {
  #frozen: Promise<void> | undefined;
  /** Connections from which nothing comes any more. */
  #lost: ReadonlySet<string> = new Set();
  /** How many calls have come to it, whether it answered or not. */
  asked = 0;
  /** How much of the log it knows, where it slept while others went on; it does not know that it leads no more. */
  sleptAt: number | undefined;
  /** Whom it takes for what; one that slept is wrong. */
  members: () => readonly Member[];
  leads: () => boolean;
  /** The port that an append should go to instead; undefined where there is no leader. */
  leaderPort: () => number | undefined;

  /** Alone, it leads. */
  constructor(port: () => number) {
    this.members = () => [{ port: port(), leads: true }];
    this.leads = () => true;
    this.leaderPort = port;
  }

  /** From here on it accepts and never answers, until the returned function is called. */
  freeze(): () => void {
    const { promise, resolve } = Promise.withResolvers<void>();
    this.#frozen = promise;
    return () => {
      this.#frozen = undefined;
      resolve();
    };
  }

  /** What comes on these connections from here on does not reach it. */
  lose(peers: readonly string[]): void {
    this.#lost = new Set(peers);
  }

  hears(peer: string): boolean {
    return !this.#lost.has(peer);
  }

  get isFrozen(): boolean {
    return this.#frozen !== undefined;
  }

  async awake(): Promise<void> {
    this.asked += 1;
    await this.#frozen;
  }

  /** Why a call is not for this node, as the real server says it. */
  refusal(metadata: Metadata): ReturnType<typeof failure> | undefined {
    if (metadata.get('requires-leader')[0] !== 'true' || this.leads()) return undefined;
    const port = this.leaderPort();
    if (port === undefined) return failure(status.UNAVAILABLE, 'Server Is Not Ready');
    return failure(status.NOT_FOUND, 'not-leader', {
      'leader-endpoint-host': '127.0.0.1',
      'leader-endpoint-port': String(port),
    });
  }
}
