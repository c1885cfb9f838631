import type { FactoryProvider } from '@nestjs/common';
import type { EventStore } from '#libs/event-store';
import { Projections } from '#libs/projections';
import { dialogueOfStream } from '../platform/record/references.js';
import { StoredStreams } from '../platform/record/stored-streams.js';
import { RealTimer } from '../platform/record/timer.js';
import { storeToken } from '../platform/record/tokens.js';
import { LeavesAhead } from './leaves-ahead.js';
import type { LedgerProjection } from './ledger.projection.js';
import { LedgerService } from './ledger.service.js';
import type { LogKeys } from './log-keys.js';
import { Logs } from './logs.js';
import { Receipts } from './receipts.js';

/** `keys`: null where nothing is signed. */
export function receiptProviders(
  projection: LedgerProjection,
  keys: LogKeys | null,
): readonly FactoryProvider[] {
  return [aheadProvider(projection, keys), receiptsProvider(keys)];
}

/** Leaves are derived as events are stored: without that they come with the read models. */
function aheadProvider(projection: LedgerProjection, keys: LogKeys | null): FactoryProvider {
  return {
    provide: LeavesAhead,
    useFactory: (store: EventStore, projections: Projections, { registry }: StoredStreams) => {
      const ahead = new LeavesAhead({
        projections,
        projection,
        isOfRecord: (stream) => registry.streamPrefixes.some((prefix) => stream.startsWith(prefix)),
        logOf: (first) => dialogueOfStream(registry, first.stream, first) ?? '',
      });
      projection.ahead = (...event) => ahead.take(...event);
      // Nobody waits for leaves where nothing is signed.
      if (keys !== null) ahead.follow(store);
      return ahead;
    },
    inject: [storeToken, Projections, StoredStreams],
  };
}

function receiptsProvider(keys: LogKeys | null): FactoryProvider {
  return {
    provide: Receipts,
    useFactory: (ahead: LeavesAhead, logs: Logs, projections: Projections, ledger: LedgerService) =>
      new Receipts({
        ahead,
        logs,
        projections,
        keys,
        timer: new RealTimer(),
        vouchesFor: (dialogueId) => ledger.vouchesFor(dialogueId),
      }),
    inject: [LeavesAhead, Logs, Projections, LedgerService],
  };
}
