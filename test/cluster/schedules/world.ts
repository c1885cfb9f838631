import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { FacadeCluster } from '#libs/event-store-eventstoredb/testing';
import { atLength } from '../../support/at-length.js';
import { OurServer } from './our-server.js';
import type { Options } from './our-server.js';
import { LostTime, answerMs, storeWaits } from './pace.js';

export type Who = 'RU' | 'US' | 'reader';

/** A cluster of three and two servers of ours on it: for as many schedules as come through it. */
export class World {
  readonly name = randomUUID();
  readonly folder = mkdtempSync(join(tmpdir(), 'entente-schedules-'));
  readonly authorityFile = join(this.folder, 'authority.pem');
  readonly cluster = new FacadeCluster(this.authorityFile);
  readonly lost = new LostTime();
  readonly keys = new Map<Who, string>();
  readonly servers: readonly [OurServer, OurServer];
  schedules = 0;

  private constructor(options: Options) {
    this.cluster.database(this.name).log.writesSystemEvents = true;
    const server = (folder: string) =>
      new OurServer(join(this.folder, folder), () => this.cluster.connectionString(this.name), options);
    this.servers = [server('one'), server('two')];
  }

  /** With waits of a tenth, unless told otherwise. */
  static async open(options: Options = {}): Promise<World> {
    const world = new World({ storeWaits, answerMs, ...options });
    try {
      await world.#begin();
    } catch (error) {
      await world.close();
      throw error;
    }
    return world;
  }

  async #begin(): Promise<void> {
    await this.cluster.start();
    const [one, other] = this.servers;
    const [{ record }] = await Promise.all([one.start(), other.start()]);
    for (const who of ['RU', 'US', 'reader'] as const) {
      const isReader = who === 'reader';
      const wanted = { name: who, party: isReader ? null : who, days: 400 };
      const roles = isReader ? (['reader'] as const) : (['negotiator'] as const);
      const issue = () => record.credentials.issue({ ...wanted, roles }, { as: 'demonstration' });
      this.keys.set(who, (await atLength(issue)).key);
    }
  }

  async close(): Promise<void> {
    await Promise.all(this.servers.map((server) => server.stop()));
    await this.cluster.stop();
    this.lost.stop();
    rmSync(this.folder, { recursive: true, force: true });
  }
}
