/** Refuses an old Node with a sentence instead of a stack trace; written so that old Nodes can run it. */
const major = Number(process.versions.node.split('.')[0]);
if (major < 24) {
  console.error(
    `Entente needs Node 24; this is ${process.version}. On Linux x64 and arm64 "npm ci" brings it along ` +
      '(run through npm: "npm run demo", "npm run entente -- COMMAND", "npm test"); elsewhere install Node 24 and try again.',
  );
  process.exit(1);
}
