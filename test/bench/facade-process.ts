import { FacadeCluster } from '#libs/event-store-eventstoredb/testing';

/** A cluster in a process of its own, so that what it costs is not counted; ends with its standard input. */
const cluster = new FacadeCluster();
await cluster.start();
process.stdout.write(`${cluster.connectionString('NAME')}\n`);
process.stdin.resume().on('end', () => {
  void cluster.stop().then(() => process.exit(0));
});
