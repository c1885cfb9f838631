// Makes the user of Entente's servers at the cluster, and lets it read the whole log. It may run at every start: what is
// there already stays as it is, the password of the user too.
import { env } from 'node:process';
import { isDeepStrictEqual } from 'node:util';
import { EventStoreDBClient } from '@eventstore/db-client';

const { ADMIN_PASSWORD, ENTENTE_PASSWORD, EVENTSTOREDB_URL, NODE_URL } = env;
const admin = { username: 'admin', password: ADMIN_PASSWORD };
const name = 'entente';

const made = await fetch(`${NODE_URL}/users/`, {
  method: 'POST',
  headers: {
    Authorization: `Basic ${Buffer.from(`admin:${ADMIN_PASSWORD}`).toString('base64')}`,
    'Content-Type': 'application/json',
  },
  body: JSON.stringify({ loginName: name, fullName: 'Entente', groups: [], password: ENTENTE_PASSWORD }),
});
if (!made.ok && made.status !== 409) {
  throw new Error(`The user was not made: the node answered ${made.status}.`);
}

const client = EventStoreDBClient.connectionString(EVENTSTOREDB_URL);
try {
  const { metadata = {} } = await client.getStreamMetadata('$all', { credentials: admin });
  const acl = { ...metadata.acl, readRoles: ['$admins', name] };
  if (!isDeepStrictEqual(metadata.acl, acl)) {
    await client.setStreamMetadata('$all', { ...metadata, acl }, { credentials: admin });
  }
} finally {
  await client.dispose();
}
