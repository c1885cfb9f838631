import { Refused } from '#libs/event-store';
import type { LastRead } from '#libs/event-store';
import { EventStoreDbEventStore, readConnectionString } from '#libs/event-store-eventstoredb';
import type { ConnectionFacts } from '#libs/event-store-eventstoredb';
import { credentialPrefix } from '../platform/access/all-credentials.js';
import { signInPrefix } from '../platform/access/sign-in-streams.js';
import { EventRegistry } from '../platform/record/event-registry.js';
import { leaseStream } from '../platform/reactions/lease.js';
import { slices } from '../slices.js';
import { streamFlaws } from './cluster-streams.js';
import { failureOf } from './failures.js';
import { finding } from './finding.js';
import type { Finding } from './finding.js';
import { whoseReadModels } from './read-models-check.js';

/** A person waits for the answer, and the client itself would go on looking for minutes. */
const waitMs = 8_000;
const requestTimeoutMs = 4_000;

/** What can be said of the cluster before the record on it is opened; no word of user or password. */
export async function checkCluster(connectionString: string): Promise<readonly Finding[]> {
  let facts: ConnectionFacts;
  try {
    facts = readConnectionString(connectionString);
  } catch (error) {
    return [finding('ill', 'cluster', `EVENTSTORE_URL: ${failureOf(error)}`)];
  }
  return [...connection(facts), await answer(connectionString, facts)];
}

function connection({ hosts, discovers, tls, hasUser, nodePreference }: ConnectionFacts): readonly Finding[] {
  const found: Finding[] = [];
  const about = 'connection';
  if (!tls)
    found.push(finding('note', about, 'without TLS: anybody on the way can read and change the record'));
  if (tls && !hasUser) {
    found.push(finding('ill', about, 'names no user: following the record needs one that may read $all'));
  }
  if (!tls && hasUser) {
    found.push(finding('note', about, 'names a user without TLS: the client then sends no credentials'));
  }
  if ((hosts.length > 1 || discovers) && nodePreference !== 'leader') {
    found.push(
      finding(
        'note',
        about,
        `prefers ${nodePreference}: all reads and appends go to the leader, so say nodePreference=leader`,
      ),
    );
  }
  const well = `${hosts.join(', ')}${discovers ? ' by discovery' : ''}, with TLS and a user`;
  return found.length > 0 ? found : [finding('well', about, well)];
}

async function answer(connectionString: string, { hosts }: ConnectionFacts): Promise<Finding> {
  const overdue = Promise.withResolvers<Finding>();
  const says = `${hosts.join(', ')} can't be reached: no answer within ${waitMs / 1_000} seconds. Is it running, and is the way to it open?`;
  const timer = setTimeout(() => overdue.resolve(finding('ill', 'cluster', says)), waitMs);
  const found = await Promise.race([opened(connectionString), overdue.promise]);
  clearTimeout(timer);
  return found;
}

/** Rights may be given by the beginning of a name, so one of each is tried; none of these streams comes to be. */
function eachKindOfStream(): readonly string[] {
  const { streamPrefixes } = new EventRegistry(slices);
  return [
    leaseStream,
    `${credentialPrefix}doctor`,
    `${signInPrefix}doctor`,
    ...streamPrefixes.map((prefix) => `${prefix}doctor`),
  ];
}

async function opened(connectionString: string): Promise<Finding> {
  let where = '';
  const onConnection = (_words: string, detail: string) => (where = detail === '' ? '' : ` (${detail})`);
  try {
    const store = await EventStoreDbEventStore.open({ connectionString, requestTimeoutMs, onConnection });
    try {
      await store.head();
      for (const stream of eachKindOfStream()) await store.tryRights(stream);
      await store.tryErasingRights();
    } finally {
      await store.close();
    }
    return finding(
      'well',
      'cluster',
      'answers, its log can be read, the record can be written, and words can be erased',
    );
  } catch (error) {
    const mend =
      error instanceof Refused
        ? ' The operating page says which rights it needs, and how to give them.'
        : ' Is it running, and is the way to it open?';
    return finding('ill', 'cluster', `${failureOf(error)}${where}${mend}`);
  }
}

/** What is wrong with the record on the cluster, and whether the read models in the folder are of it. */
export async function checkRecordOnCluster(connectionString: string, directory: string) {
  const store = await EventStoreDbEventStore.open({ connectionString, requestTimeoutMs });
  try {
    const { epoch } = await store.identity();
    const { flaws, streams } = await streamFlaws(store);
    const shows = (last: LastRead) => store.shows(last);
    const readModels = await whoseReadModels(directory, { epoch, shows, streams });
    return { flaws: [...flaws, ...(readModels?.lost ?? [])], readModels };
  } finally {
    await store.close();
  }
}
