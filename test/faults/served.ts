import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { Child, run } from './child.js';
import { Client } from './client.js';
import { Stored } from './stored.js';

/** No test of a fault is about the number of requests; who is told by webhooks is on this machine. */
const settings = {
  ENTENTE_REQUESTS_PER_MINUTE: '10000000',
  ENTENTE_LOG: 'error',
  ENTENTE_WEBHOOK_NETWORKS: '127.0.0.1',
};

/** A server on a folder, in a process of its own, and a client that records and reads as the secretariat. */
export interface Served {
  readonly child: Child;
  readonly client: Client;
  readonly secretariat: string;
}

/** Makes the record where there is none, as a person would before the first start. */
export async function serve(directory: string, connections = 8): Promise<Served> {
  if (!existsSync(join(directory, 'store.sqlite'))) {
    await run(['init', '--data', directory], { cwd: dirname(directory) });
  }
  const child = await Child.start(['serve', '--data', directory, '--port', '0'], {
    cwd: dirname(directory),
    settings,
  });
  const [, url = ''] = await child.printed(/ on (http:\S+)\n[^]*\/docs/);
  const keys = JSON.parse(readFileSync(join(directory, 'keys.json'), 'utf8')) as Record<string, string>;
  const secretariat = keys['secretariat'] ?? '';
  return { child, secretariat, client: new Client(url, secretariat, connections) };
}

/** Until the read models have all that the store has; the server itself waits for a while before it says "not yet". */
export async function caughtUp({ client }: Pick<Served, 'client'>, directory: string): Promise<void> {
  const position = Stored.read(directory).moment();
  for (;;) {
    const outcome = await client.ask('GET', `/readyz?minPosition=${position}`);
    if (outcome.kind === 'answered' && outcome.status === 200) return;
    if (outcome.kind !== 'answered' || outcome.status !== 503) throw new Error(JSON.stringify(outcome));
  }
}
