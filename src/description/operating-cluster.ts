import { html } from './page.js';
import { shell, table } from './operating-parts.js';
import type { Section } from './operating-parts.js';

const ending = html`<p>
    On SIGTERM the server answers what is under way for up to eight seconds, refuses what is new with 503 and
    <code>Retry-After</code>, closes the store and ends. Give it twenty seconds before you kill it; killing it
    loses nothing that was acknowledged, either.
  </p>
  <p>Before an upgrade read the changelog, above all its headings “Storage format”, and back up.</p>
  <ul>
    <li>
      <strong>One server:</strong> end it, install the new version, start it, wait for <code>/readyz</code>.
      Clients see a few seconds of 503 or no answer; with an <code>Idempotency-Key</code> they may repeat
      whatever they sent.
    </li>
    <li>
      <strong>Several servers:</strong> one after the other. <code>/readyz</code> answers 503 from the signal
      on, so the proxy sends requests to the others. Go on with the next only when this one is ready again. An
      older server that meets events of a newer version halts rather than guess, so don’t leave a cluster half
      upgraded.
    </li>
    <li>
      <strong>Back again:</strong> start the older version. If the storage format has changed it says so and
      ends; then restore the backup.
    </li>
  </ul>
  ${shell('Upgrade the container', 'docker compose build --pull\ndocker compose up --detach --wait')}
  <p>
    Where a new version has other read models it fills them first; until then their lists are refused with
    <a href="/problems/projection-lagging"><code>projection-lagging</code></a
    >, and <code>/readyz</code> says <code>rebuilding</code> with how far it has come.
  </p>`;

const cluster = html`<p>
    With <code>EVENTSTORE_URL</code> the record is in EventStoreDB (or KurrentDB), and any number of servers
    work on it, each with a data folder of its own for its read models. Every server takes reads and acts;
    each act is appended at the revision it was decided on, so two servers can’t both win.
    <code>docker/compose.eventstoredb.yaml</code> shows all parts together, with TLS.
  </p>
  ${shell(
    'The address of a cluster of three',
    'EVENTSTORE_URL=esdb://user:password@host1:2113,host2:2113,host3:2113?tls=true&tlsCaFile=/certificates/ca.crt&nodePreference=leader',
  )}
  <ul>
    <li>
      The user has to be allowed to read <code>$all</code>, and to read and write the record:
      <a href="#cluster-user">how to give it both</a>.
    </li>
    <li>
      A server’s lists may be a moment behind those of another. Keep a client with one server at the proxy, or
      let it send the <code>Event-Position</code> of its act as <code>minPosition</code>.
    </li>
    <li>
      One server at a time brings consequences about (policies). It says so every two seconds in the stream
      <code>lease-policies</code>; if it falls silent, another takes over within ten seconds, and nothing is
      done twice. Acts are taken meanwhile as always.
    </li>
    <li>
      The certificates of the nodes run out: the certificate tool’s after a year, unless told otherwise.
      <a href="#cluster-certificates">They are exchanged</a>
      while everything runs.
    </li>
  </ul>
  ${table(
    'What the check store says of a cluster',
    ['Words', 'What it means', 'What to do'],
    [
      [
        'none of its nodes answers',
        'No address of the connection string, and none that the cluster’s gossip named, takes a call.',
        'Read the log of the server: it names each address with what is wrong there, such as a port on which nothing listens, TLS on one side alone, or a certificate of another authority.',
      ],
      [
        'none of them leads',
        'An election is under way, or most nodes are away. Nothing can be recorded until one leads.',
        'Bring up a majority of the nodes.',
      ],
      [
        'refuses the user',
        'The password in `EVENTSTORE_URL` is wrong, or the user lacks a right: it must read `$all`, and read and write the streams of the record.',
        'Mend the user at the cluster. The servers come back by themselves; a changed password needs a restart.',
      ],
      [
        'the file that tlsCAFile names',
        'It is not there, or can’t be read by the service. Open connections go on.',
        'Put it back; it is read again at every new connection.',
      ],
      [
        'does not show what was read from it',
        'The store shows less than before, or something else: a node that slept, or an older copy. Nothing of it is answered; it is looked at again for 15 seconds.',
        'Nothing yet.',
      ],
      [
        'not the one that was read before',
        'Every look for 15 seconds said so: another store, or a backup that was put in place.',
        'Where it is the right one, end each server, run `entente rebuild` on its folder, and start it. Clients learn the new life from `Event-Position`; a `minPosition` of before is 410.',
      ],
    ],
  )}
  <p>
    What waits for the cluster is answered within ten seconds, with 503 and <code>Retry-After</code>: an act
    then as <a href="/problems/outcome-unknown"><code>outcome-unknown</code></a
    >. A server that is started while no node is there waits for one, says so once, and answers
    <code>/livez</code> meanwhile. The ten seconds are <code>ENTENTE_ANSWER_SECONDS</code>, over all that a
    request waits for; reading its body and sending what has begun are not counted. A new leader is used
    within two seconds of its election.
  </p>
  <h3 id="without">What stays readable while the store is away</h3>
  <p>
    Whatever keeps the store from answering, every server goes on with its read models: entries by id or by
    key, lists, search, histories, replays, as-of answers, overviews, comparisons, agendas, books, the list of
    keys, and all pages. Each such answer says in the header <code>Record-Age</code> for how many whole
    seconds the store had been silent, each page in a line of words; an entry has no <code>ETag</code> then,
    for nobody could act on it. An answer without an age comes from a server that had heard the store within
    the second before. Not to be had are acts, the bytes of sources, which no read model holds, and what a
    <code>minPosition</code> asks for and this server has not read. While the store answers and
    <em>shows something else</em> than before, entries are refused, since what they say may be gone.
  </p>
  <p>
    Keys are known from the read models too. One that is unknown, wrong, expired or revoked is refused with
    401 as always. One that holds is taken for five minutes since the store was last heard
    (<code>ENTENTE_KEYS_UNASKED_SECONDS</code>), for it may have been revoked elsewhere; after that it is 503,
    and the words say why. Access tokens are checked against their issuer and don’t need the store.
  </p>
  <h3 id="lease">Keeping the lease stream short</h3>
  <p>
    The lease adds about 43,000 small events a day, of which only the last is ever read. The first server sets
    <code>$maxCount</code> on its stream, and keeps what somebody has set before; scavenge each node now and
    then, so that what is over that count goes from the disk. Where the user may not set it, another one has
    to, once, from the folder of the program:
  </p>
  ${shell(
    'Set $maxCount on lease-policies',
    `node --input-type=module -e '
import { EventStoreDBClient } from "@eventstore/db-client";
const client = EventStoreDBClient.connectionString(process.argv[1]);
await client.setStreamMetadata("lease-policies", { maxCount: 100 });
await client.dispose();
' "$EVENTSTORE_URL"`,
  )}
  ${shell(
    'Scavenge a node of EventStoreDB',
    'curl -sS --cacert ca.crt --user "ops:$PASSWORD" --request POST --data "" https://host1:2113/admin/scavenge',
  )}
  <p>Set it on no other stream: everything else is the record.</p>`;

const moving = html`<p>
    The record is copied event by event: order, ids, recorded times and salts stay what they are, and so do
    the keys. Into an empty cluster only.
  </p>
  <ol>
    <li>Back up, and end the server on SQLite: what is recorded during the copy would be missing.</li>
    <li>
      Copy. The cluster is looked at first, and where it holds anything but the beginning of this record
      nothing is written to it, for the keys of the one would open the other. Into which cluster the copy
      goes, and how far it has come, is in <code>migration.json</code> of the old folder: if it breaks off,
      run it again and it goes on from there; into another, empty cluster it begins anew. At the end it
      compares both stores from the start, says how many events there are, and exits with 0 only if they are
      the same.
    </li>
    <li>
      Start the servers with <code>EVENTSTORE_URL</code> and empty data folders. Compare a few lists and
      histories, then send the clients there.
    </li>
    <li>Keep the old folder, but never serve it again: there would be two records.</li>
  </ol>
  ${shell('Copy the record', 'entente migrate --from sqlite --to "$EVENTSTORE_URL"')}`;

export const clusterSections: readonly Section[] = [
  { anchor: 'ending', title: 'Ending and upgrading', body: ending },
  { anchor: 'cluster', title: 'Several servers on EventStoreDB', body: cluster },
  { anchor: 'moving', title: 'Moving from SQLite to EventStoreDB', body: moving },
];
