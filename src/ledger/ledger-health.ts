import type { Check } from '../platform/http/health.js';
import type { LedgerService } from './ledger.service.js';
import type { Logs } from './logs.js';
import type { Releases } from './releases.js';
import { alarmText } from './alarm.js';
import type { ScrubbingService } from './scrubbing.service.js';
import type { WitnessesService } from './witnesses.service.js';

interface Parts {
  readonly logs: Logs;
  readonly releases: Releases;
  readonly ledger: LedgerService;
  readonly scrubbing: ScrubbingService;
  readonly witnesses: WitnessesService;
}

const namedMax = 3;

/** Each dialogue whose history is not what was logged or signed, or all of them, with what is wrong. */
export function wrongLogs({ logs, releases, ledger, scrubbing, witnesses }: Parts): readonly string[] {
  const stopped = logs.isReady ? logs.stopped() : [];
  const refused = new Map([...witnesses.objections(), ...releases.faults, ...ledger.refused]);
  return [
    ...(ledger.elsewhere === undefined ? [] : [ledger.elsewhere]),
    ...scrubbing.alarms.map(alarmText),
    ...stopped.map(
      ({ log, seq, because }) => `dialogue ${log}, leaf ${seq}: no leaf can be derived: ${because}`,
    ),
    ...[...refused].map(([log, because]) => `dialogue ${log}: ${because}`),
  ];
}

/**
 * How the ledger is. An alarm leaves the server ready: whoever takes the servers away on it would take them from all
 * dialogues, and the person who has to look finds the words here, in the log and among the numbers.
 */
export function ledgerCheck(parts: Parts): Check {
  const { ledger, scrubbing } = parts;
  const wrong = wrongLogs(parts);
  const alarm = wrong.length === 0 ? [] : [`ALARM: ${someOf(wrong)}`];
  // Whose alarm says why nothing is signed says it once.
  const why = ledger.elsewhere === undefined ? ledger.unsigned : 'see the alarm';
  const signs = why === undefined ? 'signing' : `unsigned: ${why}`;
  return {
    name: 'ledger',
    ok: !scrubbing.isChecking,
    detail: [...alarm, scrubbing.does, signs].join('; ').replace(/\.$/, ''),
  };
}

function someOf(all: readonly string[]): string {
  const more = all.length > namedMax ? [`and ${all.length - namedMax} more`] : [];
  return [...all.slice(0, namedMax), ...more].join('; ');
}

/** What witnesses refuse of logs that they know. */
export function refusalsIn({ askers }: WitnessesService): readonly string[] {
  return askers.flatMap(({ name, refusals }) =>
    [...refusals]
      .filter(([, { isUnknown }]) => !isUnknown)
      .map(([log, { why }]) => `${name} refuses dialogue ${log}: ${why}`),
  );
}

/** Who does not countersign. It leaves the server ready: the logs go on, and others vouch for them less. */
export function witnessCheck(witnesses: WitnessesService): Check {
  const silent = witnesses.silent().map(({ name, silent: why }) => `${name} is silent: ${why}`);
  const all = [...silent, ...refusalsIn(witnesses)];
  if (witnesses.askers.length === 0) return { name: 'witnesses', ok: true, detail: 'nobody is asked' };
  return { name: 'witnesses', ok: true, detail: all.length === 0 ? 'nothing against them' : someOf(all) };
}
