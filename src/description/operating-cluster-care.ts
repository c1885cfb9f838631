import { html } from './page.js';
import { shell, table } from './operating-parts.js';
import type { Section } from './operating-parts.js';

const rights = html`<p>
    Give the servers a user of their own, which is no administrator. It needs two rights: to read
    <code>$all</code>, since every server follows the whole log, and to read and write the streams of the
    record. The second one every user has unless the default rights of the cluster (<code>$settings</code>) or
    a policy for streams say otherwise; the first one only members of <code>$admins</code> have, and it is
    given by the metadata of <code>$all</code>. In these examples <code>$ADMIN</code> is the password of the
    administrator and <code>$OURS</code> the one of the new user, whose name has to be <code>entente</code> in
    both.
  </p>
  ${shell(
    'Make the user',
    `curl -sS --fail --cacert ca.crt --user "admin:$ADMIN" https://host1:2113/users/ \\
  --header 'Content-Type: application/json' \\
  --data '{ "loginName": "entente", "fullName": "Entente", "groups": [], "password": "'"$OURS"'" }'`,
  )}
  ${shell(
    'Let the user read $all',
    `node --input-type=module -e '
import { EventStoreDBClient } from "@eventstore/db-client";
const [, address, password] = process.argv;
const client = EventStoreDBClient.connectionString(address);
const acl = { readRoles: ["$admins", "entente"] };
await client.setStreamMetadata("$all", { acl }, { credentials: { username: "admin", password } });
await client.dispose();
' "$EVENTSTORE_URL" "$ADMIN"`,
  )}
  <p>
    Run the second one from the folder of the program. It replaces the metadata of <code>$all</code>: name
    there whoever else had the right. <code>docker/make-user.mjs</code> does both for the cluster in
    <code>docker/</code>. Then ask the doctor, who tries to read <code>$all</code>, and to read and write each
    kind of stream, and stores nothing. Where a right is missing later, acts are refused with 503 and the
    words of the next table, <code>/readyz</code> is 503, and the log has one line; give the right back, and
    everything goes on within seconds, without a restart.
  </p>`;

const certificates = html`<p>
    The nodes’ certificates can be exchanged while everything runs. Entente reads the file that
    <code>tlsCaFile</code> names anew at every new connection, and a connection that is open goes on as it is.
  </p>
  <ol>
    <li>
      With a new authority: put both certificates, the old one and the new one, into the file of
      <code>tlsCaFile</code> on every server of Entente, and into the folder of trusted roots of every node.
    </li>
    <li>
      Put the new certificate and key of each node in place of the old, and tell the node to read them. Do all
      nodes within ten minutes: after that their connections among each other are made anew.
    </li>
    <li>Wait for <code>/readyz</code> of each server, then take the old authority out of all files.</li>
  </ol>
  ${shell(
    'Let a node read its certificates',
    'curl -sS --fail --cacert ca.crt --user "ops:$PASSWORD" --request POST --data "" https://host1:2113/admin/reloadconfig',
  )}
  <p>
    This, and scavenging, are addresses under <code>/admin</code> of each node. They are not there (404) where
    the node was started with <code>--disable-admin-ui</code> (<code>EVENTSTORE_DISABLE_ADMIN_UI</code>),
    which takes the whole of <code>/admin</code> along: leave that option out, and keep the port away from
    others by the network instead. A node without it takes the signal SIGHUP in place of the first.
  </p>
  ${table(
    'What /readyz of a cluster means for an operator',
    ['Words', 'What it means', 'What to do'],
    [
      [
        'refuses to record anything for the user',
        'The user of `EVENTSTORE_URL` can read, and may not write. Reads go on.',
        'Give it the right to write, as above. Nothing has to be restarted.',
      ],
      [
        'projection record: waiting',
        'The store does not answer, or is doubted. Lists are as they were; it goes on by itself.',
        'Read the words behind it in the table of the check store.',
      ],
      [
        'projection record: halted',
        'What was read is not what the store holds: another store, an older copy, or a stream in which events are missing. Nothing of the record is answered where it is another one.',
        'Let `entente doctor` look. Where the store is the right one run `entente rebuild`; where a stream was deleted or cut off, restore the cluster.',
      ],
      [
        'run on another server',
        'Another server draws consequences. After one was killed nobody does for up to ten seconds, and acts are taken meanwhile.',
        'Nothing.',
      ],
    ],
  )}`;

const byHand = html`<p>
  Delete no stream of the record at the cluster, and set neither <code>$tb</code>, <code>$maxCount</code> nor
  <code>$maxAge</code> on one. The doctor names a stream that was deleted, or that does not begin at revision
  0; <code>entente rebuild</code> then builds nothing. By its id such an entry is
  <a href="/problems/unreadable"><code>unreadable</code></a
  >, while lists show it as it was read before. Before the node has scavenged, deleting can be undone by
  setting <code>$tb</code> back to 0; after that, only by a backup.
</p>`;

export const careSections: readonly Section[] = [
  { anchor: 'cluster-user', title: 'The user of a cluster, and its rights', body: rights },
  { anchor: 'cluster-certificates', title: 'Certificates and states of a cluster', body: certificates },
  { anchor: 'cluster-by-hand', title: 'What was changed by hand at a cluster', body: byHand },
];
