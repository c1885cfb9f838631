import type { ProjectionState } from '#libs/projections';
import { html } from './page.js';
import { shell, table } from './operating-parts.js';
import type { Section } from './operating-parts.js';

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

const health = html`<p>
    <code>/livez</code> answers 200 while the process lives and looks at nothing else: restart what does not
    answer. <code>/readyz</code> answers 200 with every check, or 503 with the code
    <a href="/problems/not-ready"><code>not-ready</code></a> and the same list in <code>checks</code>: send no
    requests meanwhile, and don’t restart for it. Neither needs a key, neither counts as a request of its
    client, and both answer to the end: <code>/livez</code> at once, <code>/readyz</code> within a second,
    whatever hangs.
  </p>
  ${shell('Ask for the state of the server', 'curl -sS "$ENTENTE/readyz"')}
  ${table(
    'The checks of /readyz',
    ['Check', 'Not well means', 'What to do'],
    [
      [
        '`store`',
        'The event store does not answer, or not within 800 ms.',
        'Nothing can be recorded, and nothing is lost. On SQLite see whether the disk is mounted and the service may write the folder, then restart. On EventStoreDB see whether a majority of its nodes is up and has elected a leader; the servers come back by themselves.',
      ],
      [
        '`projection …`',
        'A read model is halted, waits for a fault to pass, has not been read to the end of the store yet so that it can’t be asked, or is more than 5,000 events behind. How far behind is measured against the end of the store; the store does not count, so it is an estimate (`about`) while the record itself is being read. Each has a check of its own: the record, one list a slice, the policies. What is asked for by its id is still read from its stream; lists and as-of answers are stale.',
        'Look at its state in the next table.',
      ],
      [
        '`policies`',
        'It is always well, and says in `detail` whether this server brings consequences about or another one does.',
        'Nothing.',
      ],
      [
        '`disk`',
        'Less than 64 MiB are free in the data folder, or its disk does not answer within 800 ms.',
        'Make room now: writes are refused whole, never half, once the disk is full.',
      ],
      [
        '`draining`',
        'The server was asked to end, and finishes what is under way.',
        'Nothing; a balancer sends requests elsewhere meanwhile.',
      ],
    ],
  )}
  ${table(
    'The states of a projection',
    ['State', 'What it means', 'What to do'],
    Object.entries(states).map(([state, [meaning, mend]]) => [`\`${state}\``, meaning, mend] as const),
  )}
  <p>
    With <code>minPosition</code>, <code>/readyz</code> waits up to two seconds for that position first, and
    answers <a href="/problems/projection-lagging"><code>projection-lagging</code></a> if the read models
    don’t reach it.
  </p>
  ${shell('Check from the ground up, configuration included', 'entente doctor')}
  <p>
    It works on a free folder itself, and asks the server that holds one. Each line says what to do, and the
    exit code is 1 if anything is ill.
  </p>`;

const watching = html`<p>
    Standard output has where the server listens, and the server’s own log as JSON lines. An unexpected fault
    is one line of level 50; its <code>reqId</code> is the <code>traceId</code> that the client got, also as
    the header <code>Trace-Id</code>. Standard error has a line for each projection that halted (<code
      >… projection irritants at event 340 of the record: …</code
    >) and the last words of a process that can’t go on. Requests are not logged, nor keys, nor any words of
    the record; let the proxy log addresses if you must have them.
  </p>
  <p><code>/metrics</code> speaks the text format of Prometheus, to a key of the role operator:</p>
  ${table(
    'The metrics',
    ['Name', 'What it is', 'Tell somebody when'],
    [
      ['`entente_projection_ordinal`', 'The last event that a projection has applied.', '—'],
      [
        '`entente_projection_lag`',
        'The events that it has yet to apply, up to the end of the store; `NaN` before anything was read.',
        'above 5,000 for five minutes',
      ],
      ['`entente_projection_halted`', '1 if it is halted.', 'it is 1'],
      ['`process_resident_memory_bytes`', 'The memory of the process.', 'it nears what the machine has'],
    ],
  )}
  ${shell(
    'What to write into the configuration of Prometheus',
    `scrape_configs:
  - job_name: entente
    authorization:
      credentials_file: /etc/prometheus/entente.key
    static_configs:
      - targets: ['127.0.0.1:4350']`,
  )}
  <p>Watch <code>/readyz</code> too, and the free space of every disk that holds a part of the record.</p>`;

export const healthSections: readonly Section[] = [
  { anchor: 'health', title: 'Is it well?', body: health },
  { anchor: 'watching', title: 'Logs and metrics', body: watching },
];
