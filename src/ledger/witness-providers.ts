import type { Provider } from '@nestjs/common';
import type { EventStore } from '#libs/event-store';
import { logEvents } from '#libs/ledger';
import type { DialogueFacts } from '../dialogues/dialogue.events.js';
import { EventRegistry } from '../platform/record/event-registry.js';
import type { Stored } from '../platform/record/envelope.js';
import type { SaidOfLog } from '../platform/record/log-standings.js';
import { Ids } from '../platform/record/ids.js';
import { StoredStreams } from '../platform/record/stored-streams.js';
import { RealTimer } from '../platform/record/timer.js';
import { leaseToken, storeToken } from '../platform/record/tokens.js';
import { unlessAway } from '../platform/record/unless-away.js';
import { CheckpointsBy } from './checkpoint-by.js';
import { Cosignatures } from './cosignatures.js';
import { LedgerService } from './ledger.service.js';
import type { LogKeys } from './log-keys.js';
import { Logs } from './logs.js';
import { partyWitnessesIn } from './party-witnesses.js';
import { registeredBy } from './registered-by.js';
import { Releases } from './releases.js';
import { ScrubbingService } from './scrubbing.service.js';
import { Standing } from './standing.js';
import { WitnessAsker } from './witness-asker.js';
import type { WitnessPlace } from './witness-settings.js';
import { WitnessesService } from './witnesses.service.js';

interface Witnessed {
  readonly places: readonly WitnessPlace[];
  /** Null where nothing is signed. */
  readonly keys: LogKeys | null;
  readonly report: (words: string, error: unknown) => void;
}

/** Who asks witnesses, keeps what they countersign, and tells how far that reaches. */
export function witnessProviders({ places, keys, report }: Witnessed): Provider[] {
  return [
    {
      provide: Cosignatures,
      useFactory: (store: EventStore, ids: Ids, logs: Logs) =>
        new Cosignatures(
          store,
          ids,
          places.map(({ key }) => key),
          (log) => logs.originOf(log),
        ),
      inject: [storeToken, Ids, Logs],
    },
    {
      provide: WitnessesService,
      useFactory: (logs: Logs, cosignatures: Cosignatures, ids: Ids, lease: { readonly held: boolean }) => {
        const timer = new RealTimer();
        const asking = { logs, cosignatures, lease, timer, report, fraction: () => ids.fraction() };
        return new WitnessesService(places.map((one) => new WitnessAsker(one, asking)));
      },
      inject: [Logs, Cosignatures, Ids, leaseToken],
    },
    standingProvider(keys),
  ];
}

const ofLogs: ReadonlySet<string> = new Set(Object.values(logEvents));

function newsIn(events: readonly Stored[], registry: EventRegistry): readonly SaidOfLog[] {
  return events
    .filter(({ type }) => ofLogs.has(type))
    .map((one) => ({ eventId: one.id, recordedAt: one.recordedAt, says: registry.summarise(one) }));
}

function standingProvider(keys: LogKeys | null): Provider {
  return {
    provide: Standing,
    useFactory: (
      streams: StoredStreams,
      registry: EventRegistry,
      logs: Logs,
      releases: Releases,
      cosignatures: Cosignatures,
      witnesses: WitnessesService,
      ledger: LedgerService,
      scrubbing: ScrubbingService,
    ) => {
      const { name } = registry.part('dialogue');
      return new Standing({
        logs,
        releases,
        cosignatures,
        witnesses,
        ledger,
        scrubbing,
        keys,
        timer: new RealTimer(),
        news: async (id) => {
          const events = await unlessAway(streams.events(registry.dialogueStream(id)));
          return events === 'away' ? [] : newsIn(events, registry);
        },
        checkpointsBy: new CheckpointsBy({
          logs,
          releases,
          cosignatures,
          keys: witnesses.askers.map(({ place }) => place.key),
          unsigned: () => ledger.unsigned,
          registeredBy: async (id, ms) => registeredBy(registry.get(name), streams, id, ms),
        }),
        partyWitnesses: async (id) => {
          // Where the store is away a witness is called by its own name.
          const folded = await unlessAway(streams.folded(name, id));
          if (folded === undefined || folded === 'away') return [];
          return partyWitnessesIn(folded.state as DialogueFacts);
        },
      });
    },
    inject: [
      StoredStreams,
      EventRegistry,
      Logs,
      Releases,
      Cosignatures,
      WitnessesService,
      LedgerService,
      ScrubbingService,
    ],
  };
}
