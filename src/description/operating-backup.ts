import { html } from './page.js';
import { shell } from './operating-parts.js';
import type { Section } from './operating-parts.js';

const backup = html`<p>
    On SQLite, all that matters is in <code>store.sqlite</code> and its log. While the server runs, copy it
    through SQLite and <strong>never file by file</strong>: acts that were acknowledged are in the log first,
    and a copy without it lacks them. <code>VACUUM INTO</code> writes one moment of the record into a new
    file, stops nobody, and leaves out the pages in which nothing is kept any more. In these examples
    <code>$BACKUP</code> is an empty folder on another disk.
  </p>
  ${shell(
    'Back up the store while the server runs',
    `umask 077
sqlite3 "$ENTENTE_DATA/store.sqlite" "VACUUM INTO '$BACKUP/store.sqlite'"
sqlite3 "$BACKUP/store.sqlite" 'PRAGMA integrity_check'`,
  )}
  <p>
    It says <code>ok</code>. Run it as the user of the service, so that no file changes hands. The
    <code>.backup</code> command of <code>sqlite3</code> gives a whole copy too, but begins again whenever the
    server writes. Without <code>sqlite3</code>, as in the container, Node 24 does the same:
  </p>
  ${shell(
    'Back up the store with Node',
    `umask 077
node -e '
const { DatabaseSync } = require("node:sqlite");
new DatabaseSync(process.argv[1]).prepare("VACUUM INTO ?").run(process.argv[2]);
' "$ENTENTE_DATA/store.sqlite" "$BACKUP/store.sqlite"`,
  )}
  <p>
    In the container mount a folder for the backup that user 1000 may write, put
    <code>docker compose exec entente</code> before <code>node</code>, and name both files as the container
    sees them, the first as <code>/data/store.sqlite</code>.
  </p>
  <p>Once the server has ended, the files may be copied as they are, the log with them:</p>
  ${shell('Back up the store while nothing runs', `umask 077\ncp -p "$ENTENTE_DATA"/store.sqlite* "$BACKUP"`)}
  <p>
    A snapshot of the whole volume, taken in one moment, is as good as a power cut, and the store survives
    those. Read models, the lock and <code>serving.json</code> are never backed up; the keys work on after a
    restore, since their hashes are in the store. Words that were erased from the record live on in older
    backups: let those expire. An erasure that meets a backup under way may answer that words are still in the
    log; then erase again.
  </p>
  <h3 id="backup-eventstoredb">Backing up EventStoreDB</h3>
  <p>
    The record is in the cluster, and its own backup is the backup of the record: a snapshot of the volume of
    one node that is up to date (of the index first, where that is another volume), or a copy of files in the
    order that its documentation gives, with no scavenge running. Several copies in the cluster are no backup:
    what is erased by mistake is erased on all. Nothing of Entente’s servers needs a backup.
  </p>`;

const restoring = html`<p>
    <code>entente restore</code> takes a backup, a file or the folder that it lies in, and makes of it the
    record of a folder that has none; it overwrites no record, and the backup stays as it is. A copy that is
    damaged, not whole, of another program or of a newer version is refused with the reason. In these examples
    <code>$RESTORED</code> is the new folder.
  </p>
  ${shell(
    'Restore the store, and check it',
    `entente restore "$BACKUP" --data "$RESTORED"
entente doctor --data "$RESTORED"`,
  )}
  <p>
    <code>doctor</code> reads every event and says how many there are; it changes and makes nothing, so it may
    be let loose on a write-protected copy. The read models are built at the first start. Then serve the
    folder; run all this as the user of the service. What was recorded after the backup is missing: clients
    that repeat their requests with the same <code>Idempotency-Key</code> record it again. So that they
    notice, a restore begins a new epoch of the record, and an <code>Event-Position</code> from before is
    refused with <a href="/problems/epoch-changed"><code>epoch-changed</code></a
    >. Files that were only copied back have the old epoch, and their clients would wait for what will never
    come.
  </p>
  <p>
    Two things that were taken away since the backup are back, and have to be taken away again: keys that were
    revoked, and words that were erased. Try all this before you need it, on another machine, and note how
    long it took.
  </p>
  <p>
    On EventStoreDB: end Entente’s servers, restore the cluster as its documentation says (on a stopped node,
    with a copy of <code>chaser.chk</code> as <code>truncate.chk</code>), run <code>entente rebuild</code> on
    the data folder of each server, and start them. The first rebuild finds that the store is not the one that
    was read, and begins a new epoch, which the others take over; so clients are told, as above. On empty
    folders instead nobody would know what is missing. A server that is started without it, or that ran on,
    answers nothing of the record until then. Users and their rights come back with the backup.
  </p>`;

const rebuild = html`<p>
    The read models hold nothing that the store does not hold. End the server, for it holds the folder, then
    build them anew:
  </p>
  ${shell('Build every read model anew', 'entente rebuild')}
  ${shell(
    'The same in a container',
    'docker compose stop entente\ndocker compose run --rm entente rebuild\ndocker compose up --detach --wait',
  )}
  <p>
    A store that is not whole is refused first, with what is wrong in it. If an event can’t be applied, or the
    build comes no further for ten seconds, the old tables stay and the command says so. A file that is
    damaged or of another version is deleted and filled again by itself at the next start. Policies are not
    fired again.
  </p>`;

export const backupSections: readonly Section[] = [
  { anchor: 'backup', title: 'Backup', body: backup },
  { anchor: 'restoring', title: 'Restoring', body: restoring },
  { anchor: 'rebuild', title: 'Rebuilding the read models', body: rebuild },
];
