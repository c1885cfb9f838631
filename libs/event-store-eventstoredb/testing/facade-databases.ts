import type { Socket } from 'node:net';

import type { FacadeDatabase } from './facade-database.js';
import { FacadeFaults } from './facade-faults.js';
import { FacadeLog } from './facade-log.js';

/** One database for each connection name, so that one façade serves a whole file of tests; nodes of a cluster share them. */
export class FacadeDatabases {
  readonly sockets = new Map<string, Socket>();
  readonly #databases = new Map<string, FacadeDatabase & { readonly peers: Set<string> }>();

  of(name: string): FacadeDatabase & { readonly peers: Set<string> } {
    const existing = this.#databases.get(name);
    if (existing !== undefined) return existing;
    const peers = new Set<string>();
    const faults = new FacadeFaults({
      names: peers,
      cut: () => {
        for (const peer of peers) this.sockets.get(peer)?.destroy();
        peers.clear();
      },
    });
    const database = { log: new FacadeLog(), faults, peers };
    this.#databases.set(name, database);
    return database;
  }
}
