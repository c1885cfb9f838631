/** How often a server is killed; the long form is `CLUSTER_KILLS=20 npm test -- test/cluster/two-servers`. */
export const killsWanted = Number(process.env['CLUSTER_KILLS'] ?? 2);

/** How many events are moved; the long form is `MIGRATION_EVENTS=100000 npm test -- test/cluster/migration`. */
export const eventsWanted = Number(process.env['MIGRATION_EVENTS'] ?? 2_000);

/** What a command does on a machine whose record is in that cluster. */
export async function onCluster<T>(url: string, work: () => Promise<T>): Promise<T> {
  const before = process.env['EVENTSTORE_URL'];
  process.env['EVENTSTORE_URL'] = url;
  try {
    return await work();
  } finally {
    if (before === undefined) delete process.env['EVENTSTORE_URL'];
    else process.env['EVENTSTORE_URL'] = before;
  }
}
