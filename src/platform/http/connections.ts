import type { Server, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';

export interface ConnectionLimits {
  /** How long a connection may idle between two requests. */
  readonly keepAliveMs: number;
  /** How long a write to a reader may make no progress at all. */
  readonly stalledMs: number;
  /** How many connections there may be at once; the system turns away what comes beyond. */
  readonly connectionsMax: number;
}

/**
 * Proxies keep connections for sixty seconds (nginx, HAProxy, the balancers of the clouds), and whoever closes first
 * must be the proxy: a request that it sends into a connection that we just closed is lost. Two thousand connections are
 * more than the proxies before one server open, and fewer than the files that systems let a process have; each may hold
 * an answer that its reader has yet to take, so without a bound strangers could fill our memory.
 */
export const connectionLimits: ConnectionLimits = {
  keepAliveMs: 72_000,
  stalledMs: 30_000,
  connectionsMax: 2_000,
};

/** How often connections that have become idle are looked for while the server ends. */
const sweepMs = 50;

/** The connections of a server: bounded in number, let go when nobody reads, and closed without cutting an answer. */
export class Connections {
  readonly #sockets = new Set<Socket>();

  constructor(
    private readonly server: Server,
    private readonly limits: ConnectionLimits,
  ) {
    server.maxConnections = limits.connectionsMax;
    server.on('connection', (socket) => {
      this.#sockets.add(socket);
      socket.once('close', () => this.#sockets.delete(socket));
    });
  }

  /**
   * A reader that takes nothing for so long is dropped; one that is slow is not, for what the system takes of a write
   * counts as progress however little it is. An answer that has nothing to say yet waits on.
   */
  watch(answer: ServerResponse): void {
    const { stalledMs } = this.limits;
    answer.setTimeout(stalledMs, () => {
      const { socket } = answer;
      if (socket === null) return;
      if (socket.writableLength > 0) socket.destroy();
      else socket.setTimeout(stalledMs);
    });
  }

  /**
   * Closes what idles, also what idles a moment later: a connection whose last answer just went out counts as busy for
   * a moment, and would keep the server for as long as connections may idle. Ends with the returned function.
   */
  closeIdle(): () => void {
    const sweep = () => {
      this.server.closeIdleConnections();
      // What was opened and never spoke is no request under way, though the server takes it for one.
      for (const socket of this.#sockets) if (socket.bytesRead === 0) socket.destroy();
    };
    sweep();
    const timer = setInterval(sweep, sweepMs);
    return () => clearInterval(timer);
  }
}
