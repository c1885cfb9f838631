import type { ProjectionState } from '#libs/projections';
import { ownMetrics, processMetrics } from '../platform/http/metrics.js';
import type { Metric } from '../platform/http/metrics.js';
import { captionedTable } from './captioned-table.js';
import type { Html } from '#libs/html';

const states: { readonly [state in ProjectionState]: readonly [meaning: string, mend: string] } = {
  live: ['It is level with the store.', 'Nothing.'],
  'catching-up': [
    'It applies events that it does not have yet, as after a start or a burst.',
    'Wait. If the lag only grows, the machine is too slow for what is recorded.',
  ],
  rebuilding: [
    'New tables are being filled; where older ones of the same version stand beside them, these go on answering.',
    'Wait. Lists that have no tables yet are refused with `projection-lagging`.',
  ],
  waiting: [
    'The disk is full, a file is held by another program, or the store does not answer. Nothing is lost or passed over; it is tried again at least every second.',
    'See to what `/readyz` and the log name: make room, or bring the store back. It goes on by itself, without a restart.',
  ],
  halted: [
    'An event could not be applied, four times over, or the read models are of another store, or an event is missing where the next belongs. It is never passed over: lists stay as they were before it. `policies` tries on by itself, at least every thirty seconds; all others stay halted until the next start.',
    'Read the reason in the log, and let `entente doctor` look at the folder once the server has ended. Rebuild if the read models are damaged or of another store, and report it if the same event halts it again.',
  ],
};

export function projectionStatesTable(): Html {
  return captionedTable(
    'The states of a projection',
    ['State', 'What it means', 'What to do'],
    Object.entries(states).map(([state, [meaning, mend]]) => [`\`${state}\``, meaning, mend] as const),
  );
}

const tellWhen: { readonly [metric in Metric]?: string } = {
  entente_http_request_duration_seconds: 'requests with a status of 500 and above go on for five minutes',
  entente_appends_total: '`failed` goes on for five minutes',
  entente_appends_under_way: 'above 1,000 for five minutes',
  entente_auth_failures_total: 'many more than is usual: somebody tries keys, or a client has lost its own',
  entente_projection_lag_events: 'above 5,000 for five minutes',
  entente_projection_halted: 'it is 1',
  entente_ledger_signing: 'it is 1 on no server for a minute, though there is a key',
  entente_ledger_alarms: 'it is not 0: somebody changed the record, or put back an older one',
  entente_ledger_witnesses_silent: 'it is not 0 for an hour: meanwhile only the others vouch',
  entente_ledger_witness_refusals:
    'it is not 0: `/readyz` says who refuses what, and somebody has to ask the witness why',
  entente_webhooks_paused: 'it is not 0: whoever made the webhook has to mend the receiver and resume it',
  entente_policies_held: 'it is 1 on no server for a minute',
  process_resident_memory_bytes: 'it nears what the machine has',
  process_open_fds: 'it nears `process_max_fds`',
  nodejs_eventloop_lag_p99_seconds: 'above 1 for five minutes',
};

export function metricsTable(): Html {
  const all = Object.entries({ ...ownMetrics, ...processMetrics }) as [Metric, string][];
  return captionedTable(
    'The metrics',
    ['Name', 'What it is', 'Tell somebody when'],
    all.map(([name, help]) => [`\`${name}\``, help, tellWhen[name] ?? '—'] as const),
  );
}
