import { writeFileSync } from 'node:fs';

import { facadeCertificate } from './facade-certificate.js';
import { FacadeDatabases } from './facade-databases.js';
import type { FacadeDatabase } from './facade-database.js';
import { Facade } from './facade.js';

const size = 3;

/**
 * Three nodes over one log, one of which leads at a time: as much of a cluster as a client can notice. What is
 * replicated is not copied; a node that slept, and a leader that knows less for a while, read less of the one log.
 */
export class FacadeCluster {
  readonly nodes: readonly Facade[];
  readonly #databases = new FacadeDatabases();
  #leader: number | undefined = 0;
  /** Counts the elections. */
  term = 1;

  readonly #authorityFile: string | undefined;

  /** With a file for the certificate of its authority, it speaks TLS. */
  constructor(authorityFile?: string) {
    this.#authorityFile = authorityFile;
    const isPlain = authorityFile === undefined;
    if (!isPlain) writeFileSync(authorityFile, facadeCertificate);
    this.nodes = Array.from({ length: size }, () =>
      isPlain ? new Facade(this.#databases) : Facade.withTls(this.#databases),
    );
    for (const [at, { node }] of this.nodes.entries()) {
      node.members = () =>
        this.nodes.map(({ port }, index) => ({
          port,
          leads: node.sleptAt === undefined ? index === this.#leader : index === at,
        }));
      node.leads = () => at === this.#leader || node.sleptAt !== undefined;
      node.leaderPort = () => (this.#leader === undefined ? undefined : this.nodes[this.#leader]?.port);
    }
  }

  async start(): Promise<void> {
    await Promise.all(this.nodes.map((node) => node.start()));
  }

  async stop(): Promise<void> {
    await Promise.all(this.nodes.map((node) => node.stop()));
  }

  get leader(): Facade | undefined {
    return this.#leader === undefined ? undefined : this.nodes[this.#leader];
  }

  database(name: string): FacadeDatabase {
    return this.#databases.of(name);
  }

  connectionString(name: string): string {
    const hosts = this.nodes.map(({ port }) => `127.0.0.1:${port}`).join(',');
    const file = this.#authorityFile;
    const tls = file === undefined ? 'tls=false' : `tls=true&tlsCAFile=${encodeURIComponent(file)}`;
    return `esdb://${hosts}?${tls}&connectionName=${name}`;
  }

  /** Nobody leads, and every node says so. */
  loseLeader(): void {
    this.#leader = undefined;
  }

  elect(leader: number): void {
    this.#leader = leader;
    this.term += 1;
  }

  /**
   * The leader freezes, another one is elected, and the old one wakes with the log of then and the belief that it
   * still leads, until the function that waking gives is called.
   */
  freezeLeader(name: string): { readonly wake: () => () => void } {
    const old = this.leader;
    if (old === undefined) throw new Error('There is no leader to freeze.');
    const { term } = this;
    const known = this.database(name).log.all.length;
    const thaw = old.node.freeze();
    return {
      wake: () => {
        // Where nobody was elected meanwhile, it leads as before.
        if (this.term !== term) old.node.sleptAt = known;
        thaw();
        return () => {
          old.node.sleptAt = undefined;
        };
      },
    };
  }
}
