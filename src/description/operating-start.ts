import { html } from './page.js';
import { shell, table } from './operating-parts.js';
import type { Section } from './operating-parts.js';

const start = html`<p>
    Without any setting the server listens on loopback only and serves the record in <code>./data</code>.
    <code>entente init</code> makes that record, with its first keys; <code>entente demo</code> makes one of
    its own. No other command does: where a folder or a disk that should be there is not, the server ends with
    a sentence instead of serving an empty record. In this guide <code>entente</code> stands for
    <code>npm run --silent entente --</code> in a checkout, and for
    <code>docker compose exec entente entente</code> beside the container of <code>docker/compose.yaml</code>.
  </p>
  ${shell('Make a data folder and serve it', 'entente init\nentente serve')}
  ${shell(
    'The same in a container, from the folder docker',
    'docker compose build\ndocker compose run --rm entente init\ndocker compose up --detach --wait',
  )}
  <p>
    The container runs as user 1000 on a read-only file system and writes nothing but <code>/data</code>.
    Beyond one machine put a proxy with TLS in front: keys travel in a header. Name it in
    <code>ENTENTE_TRUSTED_PROXIES</code>, so that clients are told apart by the address that the proxy passes
    on; otherwise <code>ENTENTE_REQUESTS_PER_MINUTE</code> counts all of them together.
  </p>
  <p>
    The server keeps an idle connection for 72 seconds, longer than proxies do by default; if yours keeps them
    longer, set it to sixty. It takes 2,000 connections at once, and drops a reader that takes nothing of its
    answer for thirty seconds. Bodies come unpacked: a proxy may pack answers, never requests.
  </p>
  ${table(
    'The settings, all of them variables of the environment',
    ['Variable', 'Without it', 'What it is'],
    [
      ['`ENTENTE_DATA`', '`./data`', 'The data folder. `:memory:` keeps nothing.'],
      ['`ENTENTE_HOST`', '`127.0.0.1`', 'The address to listen on. In the container `0.0.0.0`.'],
      ['`ENTENTE_PORT`', '`4350`', 'The port to listen on.'],
      ['`ENTENTE_REQUESTS_PER_MINUTE`', '`6000`', 'Requests of one address before it is told to wait.'],
      [
        '`ENTENTE_HELD_MIB_PER_DIALOGUE`',
        '`1024`',
        'How many MiB the sources of one dialogue hold at the most; each takes at least a quarter of one.',
      ],
      [
        '`ENTENTE_ANSWER_SECONDS`',
        '`10`',
        'How many seconds an answer may take that waits for EventStoreDB; it is 503 then.',
      ],
      [
        '`ENTENTE_KEYS_UNASKED_SECONDS`',
        '`300`',
        'For how many seconds a key is taken while EventStoreDB can’t be asked whether it still holds; `0` for not at all.',
      ],
      [
        '`ENTENTE_TRUSTED_PROXIES`',
        'none',
        'Proxies before the server, by address or network: who asks is read from `X-Forwarded-For`.',
      ],
      [
        '`ENTENTE_LOG`',
        '`info`',
        'How much is logged: `fatal`, `error`, `warn`, `info`, `debug` or `silent`.',
      ],
      ['`ENTENTE_KEY`', 'the key file of the folder', 'A key for commands that speak to a running server.'],
      [
        '`ENTENTE_OIDC_ISSUER`',
        'API keys alone',
        'The issuer whose access tokens are taken too, exactly as they name it in `iss`.',
      ],
      ['`ENTENTE_OIDC_AUDIENCE`', '— (needed with an issuer)', 'What tokens for this service have in `aud`.'],
      [
        '`ENTENTE_OIDC_JWKS_URL`',
        'as the issuer’s discovery document says',
        'Where the issuer publishes its keys.',
      ],
      [
        '`ENTENTE_OIDC_ROLES_CLAIM`',
        '`entente_roles`',
        'The claim with the roles, or a path such as `realm_access.roles`.',
      ],
      [
        '`ENTENTE_OIDC_ROLE_PREFIX`',
        'no prefix',
        'What stands before our roles in that claim; others are passed over.',
      ],
      [
        '`ENTENTE_OIDC_PARTY_CLAIM`',
        '`entente_party`',
        'The claim with the party acted for, or a path to it.',
      ],
      [
        '`ENTENTE_OIDC_PARTIES`',
        'no party',
        'The parties that the issuer may name, such as `RU,US`; a token that names another is refused.',
      ],
      ['`EVENTSTORE_URL`', 'SQLite in the data folder', 'The EventStoreDB cluster that holds the record.'],
    ],
  )}
  <p><code>entente doctor</code> checks them, and names what is misspelt.</p>`;

const sizing = html`<p>
    Measured on two slow cores: an act with two hundred characters of text takes about 1.1 KB in the store and
    1.8 KB in the read models, so a million acts are about 3 GB. The write-ahead logs come on top, up to 64 MB
    for the store and 40 MB for the read models. Bytes of sources are kept in the store, a third larger than
    they are.
  </p>
  <ul>
    <li>Memory: 512 MB to begin with. A server that had just recorded 10,000 acts held 350 MB.</li>
    <li>
      Processor: two cores, one for requests and one for the thread that writes. More cores don’t make one
      server faster; more servers on EventStoreDB do.
    </li>
    <li>
      Disk: local, and one that syncs fast, for every act is synced before it is answered. A network file
      system is refused where it can’t carry a write-ahead log. Keep free what the store takes once more, for
      a backup or a rebuild.
    </li>
  </ul>
  <p>
    SQLite carries one server on one machine. Take EventStoreDB where the record has to outlive the loss of a
    machine, or where one server can’t answer all the readers.
  </p>`;

const data = html`${table(
    'What lies in the data folder',
    ['File', 'What it holds', 'Backup'],
    [
      [
        '`store.sqlite`',
        'The record, the bytes of sources, and the hashes of the keys. With `EVENTSTORE_URL` all that is in the cluster instead.',
        'Yes',
      ],
      ['`store.sqlite-wal`', 'What was recorded last, and belongs to `store.sqlite`.', 'With it'],
      ['`store.sqlite-shm`', 'An index of the log, made anew by itself.', 'No'],
      [
        '`views.sqlite`',
        'The read models: nothing that the store does not hold. Hashes of the keys are in it too.',
        'Never',
      ],
      ['`views.sqlite-wal`', 'The log of the read models.', 'Never'],
      ['`views.sqlite-shm`', 'An index of that log.', 'Never'],
      ['`lock.sqlite`', 'Nothing. Whoever holds it has the folder.', 'Never'],
      ['`lock.sqlite-journal`', 'Nothing; it is there while the lock is held.', 'Never'],
      ['`keys.json`', 'The first keys in plain text. Hand them over, then delete it.', 'Never'],
      ['`serving.json`', 'Where the server that holds the folder listens.', 'Never'],
    ],
  )}
  <p>
    Folder and files are for their owner only (modes 0700 and 0600), whatever the umask; what an earlier
    version had left open is closed at the next start. A folder that holds other things too keeps its rights.
    One process at a time uses it.
  </p>`;

export const startSections: readonly Section[] = [
  { anchor: 'start', title: 'Starting', body: start },
  { anchor: 'sizing', title: 'Sizing', body: sizing },
  { anchor: 'data', title: 'Where the data lies', body: data },
];
