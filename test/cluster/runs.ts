/** How often a server is killed; the long form is `CLUSTER_KILLS=20 npm test -- test/cluster/two-servers`. */
export const killsWanted = Number(process.env['CLUSTER_KILLS'] ?? 2);

/** How many events are moved; the long form is `MIGRATION_EVENTS=100000 npm test -- test/cluster/migration`. */
export const eventsWanted = Number(process.env['MIGRATION_EVENTS'] ?? 2_000);
