import type { EventStore } from '#libs/event-store';
import type { EventRegistry } from '../platform/record/event-registry.js';
import type { Ids } from '../platform/record/ids.js';
import type { StandingSource } from '../platform/record/log-standings.js';
import type { StoredStreams } from '../platform/record/stored-streams.js';
import { CheckpointsBy } from './checkpoint-by.js';
import { Cosignatures } from './cosignatures.js';
import { heldLogs } from './held-logs.js';
import { hostOf } from './host.js';
import { registeredBy } from './registered-by.js';
import { foundOf } from './release-check.js';
import { Releases } from './releases.js';
import { signingFrom } from './signing.js';
import type { LedgerSettings } from './signing.js';
import { witnessesFrom } from './witness-settings.js';

interface Parts {
  readonly store: EventStore;
  readonly ids: Ids;
  readonly registry: EventRegistry;
  readonly streams: StoredStreams;
}

interface Settings extends LedgerSettings {
  readonly ledgerHost: string | undefined;
  readonly ledgerWitnesses: string | undefined;
}

/**
 * Tells what was signed by an instant where no server runs: roots are derived from the store, which is read once for each
 * question, and nothing is signed or changed.
 */
export function checkpointsAlone(
  { store, ids, registry, streams }: Parts,
  settings: Settings,
): Pick<StandingSource, 'checkpointBy'> {
  const signing = signingFrom({ ...settings, acceptLedgerLoss: false });
  const keys = 'keys' in signing ? signing.keys : null;
  const witnesses = witnessesFrom(settings.ledgerWitnesses).map(({ key }) => key);
  const { name } = registry.part('dialogue');
  return {
    checkpointBy: async (dialogueId, grade, ms) => {
      const host = await hostOf(store, ids, settings.ledgerHost, true);
      const log = (await heldLogs({ store, registry, host }, [dialogueId])).logs.get(dialogueId);
      if (log === undefined) throw new Error('A log was not derived that was asked for.');
      const originOf = () => log.origin;
      const releases = new Releases(
        store,
        ids,
        (origin, release) => foundOf(origin, keys, release),
        originOf,
      );
      return new CheckpointsBy({
        logs: {
          isReady: true,
          rootAt: (_, size) => (size > log.size ? undefined : Buffer.from(log.root(size), 'base64')),
        },
        releases,
        cosignatures: new Cosignatures(store, ids, witnesses, originOf),
        keys: witnesses,
        unsigned: () => ('unsigned' in signing ? signing.unsigned : undefined),
        registeredBy: (id, until) => registeredBy(registry.get(name), streams, id, until),
      }).of(dialogueId, grade, ms);
    },
  };
}
