import { existsSync, renameSync } from 'node:fs';
import type { ClusterDay, Lift } from './cluster-day.js';
import type { OurServer } from './our-server.js';
import { pause } from './waiting.js';

/** What a fault is done to. */
export interface Struck {
  readonly day: ClusterDay;
  readonly servers: readonly OurServer[];
  /** The certificate of the authority that all nodes are of. */
  readonly authorityFile: string;
}

/** One fault of a schedule: which node or server it meets, and how long it lasts unless it is over at once. */
export interface Fault {
  readonly kind: FaultKind;
  readonly at: number;
  readonly forMs: number;
}

type Strike = (struck: Struck, fault: Fault) => Lift | Promise<Lift>;

const nothing: Lift = () => undefined;

/** Faults of the whole database, on until they are lifted. */
const flag =
  (name: 'refusesCredentials' | 'deliversTwice' | 'zeroCheckpoints', cuts: boolean): Strike =>
  ({ day }) => {
    const { faults } = day.database;
    faults[name] = true;
    if (cuts) faults.cut();
    return day.lifting(() => {
      faults[name] = false;
    });
  };

const atOnce =
  (strike: (struck: Struck, fault: Fault) => void): Strike =>
  (struck, fault) => {
    strike(struck, fault);
    return nothing;
  };

export const faults = {
  'a node is killed': ({ day }, { at }) =>
    day.strike(at, async () => {
      await day.node(at).kill();
      return () => day.node(at).revive();
    }),
  'a node freezes': ({ day }, { at }) =>
    day.strike(at, () => {
      if (day.leaderAt !== at) return day.node(at).node.freeze();
      const { wake } = day.cluster.freezeLeader(day.name);
      // It notices at once that it leads no more.
      return () => wake()();
    }),
  'a node is behind a hole in the network': ({ day }, { at }) => day.strike(at, () => day.node(at).swallow()),
  'both followers freeze': async ({ day }) => {
    const leader = day.leaderAt ?? 0;
    const lifts = [1, 2].map((step) => {
      const at = (leader + step) % 3;
      return day.strike(at, () => day.node(at).node.freeze());
    });
    const all = await Promise.all(lifts);
    return async () => {
      for (const lift of all) await lift();
    };
  },
  'every connection is cut': atOnce(({ day }) => day.database.faults.cut()),
  'every connection dies without a word': atOnce(({ day }) => day.database.faults.killConnections()),
  'another node is elected': atOnce(({ day }, { at }) => day.elect(at)),
  'the leader that slept answers once the new one is gone': olderLeader,
  'the end of the log is behind for a while': ({ day }, { at }) =>
    day.lifting(day.database.log.shorten(1 + at)),
  'reads are behind': ({ day }, { at }) => {
    const { log } = day.database;
    log.delays = (reveal) => void setTimeout(reveal, 15 * (at + 1));
    return day.lifting(() => {
      log.delays = undefined;
    });
  },
  'an append is stored and its reply lost': atOnce(({ day }) => {
    day.database.faults.losesReply = true;
  }),
  'an append is stored, its reply lost, and nothing read': ({ day }) => {
    const { faults: database } = day.database;
    Object.assign(database, { losesReply: true, awayAfterLostReply: true });
    return day.lifting(() => {
      Object.assign(database, { awayAfterLostReply: false, away: false });
    });
  },
  'an append is cut in the middle': atOnce(({ day }) => {
    day.database.faults.cutsAppendAfter = 1;
  }),
  'replies come late': ({ day }) => day.lifting(day.database.faults.holdReplies()),
  'the password is another one': flag('refusesCredentials', false),
  'the password is another one, and connections are made anew': flag('refusesCredentials', true),
  'the certificate of the authority is away': ({ day, authorityFile }) => {
    const aside = `${authorityFile}.aside`;
    if (existsSync(aside)) return nothing;
    renameSync(authorityFile, aside);
    day.database.faults.cut();
    return day.lifting(() => renameSync(aside, authorityFile));
  },
  'discoveries fail': atOnce(({ day }) => {
    for (const node of day.cluster.nodes) node.failedDiscoveries = 2;
    day.database.faults.cut();
  }),
  'subscriptions go mute': atOnce(({ day }) => day.database.faults.muteSubscriptions()),
  'subscriptions end cleanly': atOnce(({ day }) => day.database.faults.endSubscriptionsCleanly()),
  'events come twice': flag('deliversTwice', true),
  'checkpoints are {X, 0}': flag('zeroCheckpoints', true),
  'a server of ours is stopped hard': async ({ day, servers }, { at }) => {
    const server = servers[at % servers.length];
    if (server?.running === undefined) return nothing;
    const stopped = server.stopHard();
    return day.lifting(async () => {
      await stopped;
      await server.start();
    });
  },
} as const satisfies Record<string, Strike>;

export type FaultKind = keyof typeof faults;
export const faultKinds = Object.keys(faults) as FaultKind[];

/** The leader freezes, another one takes over, writes and dies, and the old one wakes with the log of before. */
async function olderLeader({ day }: Struck, { forMs }: Fault): Promise<Lift> {
  const old = day.leaderAt;
  if (old === undefined || !day.cluster.nodes.every((_, at) => day.isWell(at))) return nothing;
  const next = (old + 1) % 3;
  let wake: () => () => void = () => nothing;
  const forgets: (() => void)[] = [];
  const awake = await day.strike(old, () => {
    ({ wake } = day.cluster.freezeLeader(day.name));
    return () => {
      for (const forget of forgets) forget();
      forgets.length = 0;
    };
  });
  day.elect(next);
  await pause(forMs / 2);
  const revived = await day.strike(next, async () => {
    await day.node(next).kill();
    return () => day.node(next).revive();
  });
  forgets.push(wake());
  day.database.faults.cut();
  return async () => {
    await awake();
    await revived();
  };
}
