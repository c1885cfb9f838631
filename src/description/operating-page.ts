import { html, layout, prose } from './page.js';
import type { Html } from './page.js';

const checks: readonly (readonly [string, string, string])[] = [
  [
    'store',
    'The event store does not answer.',
    'Nothing can be recorded, and nothing is lost. See whether the disk is mounted and the data folder can be written by the user of the service; then restart it.',
  ],
  [
    'projection …',
    'A read model is halted, or more than 5,000 events behind. Representations are still read from their streams; lists and as-of answers are stale.',
    'Behind: wait, it catches up by itself. Halted: the log names the event and the error; after a new version is installed it goes on, or build it anew with `entente rebuild`.',
  ],
  [
    'disk',
    'Less than 64 MiB are free in the data folder.',
    'Make room now: writes are refused whole, never half, once the disk is full.',
  ],
  [
    'draining',
    'The server was asked to end, and finishes what is under way.',
    'Nothing; a balancer sends requests elsewhere meanwhile.',
  ],
  [
    'minPosition',
    'Only where the request named one: the read models had not reached that position within two seconds.',
    'Ask again; if it stays so, look at the projections.',
  ],
];

function shell(label: string, text: string): Html {
  return html`<pre tabindex="0" aria-label="${label}"><code>${text}</code></pre>`;
}

const health = html`<p>
    <code>/livez</code> answers 200 while the process lives and looks at nothing else: restart what does not
    answer. <code>/readyz</code> answers 200 with every check, or 503 with the code
    <a href="/problems/not-ready">NOT_READY</a> and the same list in <code>checks</code>: send no requests
    meanwhile, and don’t restart for it. <code>/metrics</code> gives the lag of each projection to Prometheus,
    with the key of an operator.
  </p>
  ${shell('Ask for the state of the server', 'curl -sS "$ENTENTE/readyz"')}
  <table>
    <caption>
      The checks of /readyz
    </caption>
    <thead>
      <tr>
        <th scope="col">Check</th>
        <th scope="col">Not well means</th>
        <th scope="col">What to do</th>
      </tr>
    </thead>
    <tbody>
      ${checks.map(
        ([name, meaning, mend]) =>
          html`<tr>
            <th scope="row"><code>${name}</code></th>
            <td>${meaning}</td>
            <td>${prose(mend)}</td>
          </tr>`,
      )}
    </tbody>
  </table>
  <p>
    <code>entente doctor</code> checks the same from the ground up, configuration included, and says what to
    do.
  </p>`;

const keys = html`<p>
    A key is shown once, when it is made, and kept as a hash only. Give each person and each program one of
    its own, with the roles it needs; only an operator makes keys, and an operator reads no content.
  </p>
  ${shell(
    'Make, list and revoke keys',
    `entente keys make --name "Registrar of the RU side" --party RU --roles registrar --days 90
entente keys list
entente keys revoke $ID`,
  )}
  <p>
    To change a key, make another one for the same principal (<code>--principal</code>), hand it over, then
    revoke the old one: the record goes on naming one and the same recorder. A revoked key is refused within a
    second. Over HTTP:
    <a href="/docs#makeKey">Make an API key</a>.
  </p>`;

const sections: readonly (readonly [string, string, Html])[] = [
  ['health', 'Is it well?', health],
  ['keys', 'Keys', keys],
  [
    'rebuild',
    'Rebuilding the read models',
    html`<p>
        The read models (<code>views.sqlite</code>) hold nothing that the store does not hold. They can be
        built anew at any time, beside the old ones, which go on answering:
      </p>
      ${shell('Build every read model anew', 'entente rebuild')}
      <p>
        A file that is damaged or of another version is deleted and filled again by itself at the next start.
      </p>`,
  ],
  [
    'backup',
    'Backing up the data folder',
    html`<p>
        All that matters is in <code>store.sqlite</code> of the data folder. While the server runs, copy it
        through SQLite and never file by file, for part of it may be in the write-ahead log:
      </p>
      ${shell(
        'Back up the store while the server runs',
        `sqlite3 "$ENTENTE_DATA/store.sqlite" "VACUUM INTO '/backup/entente/store.sqlite'"`,
      )}
      <p>
        Once the server has ended, the folder may be copied as it is. To restore, put
        <code>store.sqlite</code> into an empty folder and start: everything else is made anew. Try it before
        you need it. Words that were erased from the record live on in older backups: let those expire.
      </p>`,
  ],
  [
    'ending',
    'Ending and upgrading',
    html`<p>
      On SIGTERM the server answers what is under way, refuses what is new with 503 and
      <code>Retry-After</code>, and ends within seconds. One folder is served by one process; a second one
      says so and ends. Back up before an upgrade: a newer version may write what an older one refuses to
      open.
    </p>`,
  ],
];

/** For whoever runs the service: what its states mean, and what to do. */
export function operatingPage(): string {
  return layout({
    title: 'Operating the server',
    nav: html`<ul>
      ${sections.map(([anchor, title]) => html`<li><a href="#${anchor}">${title}</a></li>`)}
    </ul>`,
    main: html`<h1>Operating the server</h1>
      ${sections.map(
        ([anchor, title, body]) =>
          html`<h2 id="${anchor}">${title}</h2>
            ${body}`,
      )}`,
  });
}
