#!/usr/bin/env node
// An old Node is told so in a sentence, before anything that it can't read is loaded.
const major = Number(process.versions.node.split('.')[0]);
if (major < 24) {
  process.stderr.write(
    `entente: this is Node ${process.version}, and Entente needs Node 24. On Linux "npm ci" brings it along: ` +
      'use "npm run demo", "npm start", or "npm run entente -- COMMAND"; elsewhere install Node 24.\n',
  );
  process.exit(1);
}
const { enableCompileCache } = await import('node:module');
const { fileURLToPath } = await import('node:url');
// What V8 makes of the program is kept beside it: who may write there may change the program itself. Where nobody may, it
// is made at each start.
enableCompileCache(fileURLToPath(new URL('../compiled', import.meta.url)));
const { run } = await import('./cli/program.js');
await run(process.argv);

export {};
