/** How often a server is killed; the long form is `CLUSTER_KILLS=20 npm test -- test/cluster/two-servers`. */
export const killsWanted = Number(process.env['CLUSTER_KILLS'] ?? 2);

/** How many events are moved; the long form is `MIGRATION_EVENTS=100000 npm test -- test/cluster/migration`. */
export const eventsWanted = Number(process.env['MIGRATION_EVENTS'] ?? 1_000);

/** What a command does on a machine with those settings. */
export async function withSettings<T>(
  settings: Readonly<Record<string, string>>,
  work: () => Promise<T>,
): Promise<T> {
  const before = Object.keys(settings).map((name) => [name, process.env[name]] as const);
  Object.assign(process.env, settings);
  try {
    return await work();
  } finally {
    for (const [name, value] of before)
      if (value === undefined) delete process.env[name];
      else process.env[name] = value;
  }
}

/** On one whose record is in that cluster. */
export function onCluster<T>(url: string, work: () => Promise<T>): Promise<T> {
  return withSettings({ EVENTSTORE_URL: url }, work);
}
