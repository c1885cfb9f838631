import type { Check } from '../platform/http/health.js';
import type { LedgerService } from './ledger.service.js';
import type { Logs } from './logs.js';
import type { ScrubbingService } from './scrubbing.service.js';

const namedMax = 3;

/** Each dialogue whose history is not what was logged or signed, with what is wrong. */
export function wrongLogs(logs: Logs, ledger: LedgerService, scrubbing: ScrubbingService): readonly string[] {
  const stopped = logs.isReady ? logs.stopped() : [];
  return [
    ...scrubbing.alarms.map(
      ({ dialogueId, seq, because }) => `dialogue ${dialogueId}, leaf ${seq}: ${because}`,
    ),
    ...stopped.map(
      ({ log, seq, because }) => `dialogue ${log}, leaf ${seq}: no leaf can be derived: ${because}`,
    ),
    ...[...ledger.refused].map(([log, because]) => `dialogue ${log}: ${because}`),
  ];
}

/**
 * How the ledger is. An alarm leaves the server ready: whoever takes the servers away on it would take them from all
 * dialogues, and the person who has to look finds the words here, in the log and among the numbers.
 */
export function ledgerCheck(logs: Logs, ledger: LedgerService, scrubbing: ScrubbingService): Check {
  const wrong = wrongLogs(logs, ledger, scrubbing);
  const more = wrong.length > namedMax ? [`and ${wrong.length - namedMax} more`] : [];
  const alarm = wrong.length === 0 ? [] : [`ALARM: ${[...wrong.slice(0, namedMax), ...more].join('; ')}`];
  const signs = ledger.unsigned === undefined ? 'signing' : `unsigned: ${ledger.unsigned}`;
  return {
    name: 'ledger',
    ok: !scrubbing.isChecking,
    detail: [...alarm, scrubbing.does, signs].join('; ').replace(/\.$/, ''),
  };
}
