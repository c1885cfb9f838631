import { join } from 'node:path';
import { ActingServer } from './acting-server.js';
import type { Figure, Run } from './figures.js';
import { connected, laySubjects, signedIn, stating } from './ground.js';
import { openConnections } from './http-load.js';
import { MeasuredServer } from './measured-server.js';
import { memoryOf } from './processes.js';

const irritants = 1_500;
const wanted = { firstByteMs: 200, heldMs: 50, moreMiB: 64 };

interface Watched {
  /** The longest that a probe waited meanwhile, in milliseconds. */
  heldMs(): number;
  mostMiB(): number;
  stop(): Promise<void>;
}

/** Asks for /livez again and again, which needs nothing but a turn of the event loop. */
async function watch({ server }: ActingServer): Promise<Watched> {
  const [connection] = await openConnections(server.url, 1, {});
  if (connection === undefined) throw new Error('No connection.');
  let held = 0;
  let most = 0;
  const left = new AbortController();
  const ask = async () => {
    while (!left.signal.aborted) {
      const began = performance.now();
      await connection.send({ method: 'GET', path: '/livez' });
      held = Math.max(held, performance.now() - began);
      most = Math.max(most, memoryOf(server.child.pid, 'now'));
      await new Promise((resolve) => void setTimeout(resolve, 1));
    }
    connection.close();
  };
  const asking = ask();
  return {
    heldMs: () => held,
    mostMiB: () => most,
    stop: () => {
      left.abort();
      return asking;
    },
  };
}

/** What everybody else feels of one long answer over a dialogue of many irritants. */
export async function bookFigures({ folder, options, rounds, share, say }: Run): Promise<readonly Figure[]> {
  const side = await ActingServer.start(new MeasuredServer(join(folder, 'book'), undefined, options));
  const { server, place } = side;
  const connection = await connected(server);
  const count = Math.ceil(irritants * share);
  say(`a dialogue of ${count} irritants`);
  for (const subject of await laySubjects(connection, place, count))
    await connection.send(stating(subject, place));
  connection.close();
  const auditor = { ...signedIn(server), authorization: `Bearer ${server.keys()['auditor']}` };
  const figures: Figure[] = [];
  const { dialogueId } = place;
  const paths = {
    'the book': `/v1/dialogues/${dialogueId}/brief?for=RU`,
    'the agenda': `/v1/dialogues/${dialogueId}/agenda`,
    'the statistics': `/v1/dialogues/${dialogueId}/statistics`,
    'the statistics of the past': `/v1/dialogues/${dialogueId}/statistics?effectiveAt=2030`,
  };
  for (const [what, path] of Object.entries(paths)) {
    const measured = { firstByteMs: [] as number[], heldMs: [] as number[], moreMiB: [] as number[] };
    for (let round = 0; round <= rounds; round += 1) {
      const watched = await watch(side);
      const before = memoryOf(server.child.pid, 'now');
      const began = performance.now();
      const response = await fetch(`${server.url}${path}`, { headers: auditor });
      const firstByteMs = performance.now() - began;
      const text = await response.text();
      await watched.stop();
      if (response.status !== 200) throw new Error(`${path} was answered ${response.status}: ${text}`);
      // Nothing is measured before its code is compiled.
      if (round === 0) continue;
      measured.firstByteMs.push(firstByteMs);
      measured.heldMs.push(watched.heldMs());
      measured.moreMiB.push(watched.mostMiB() - before);
    }
    const limit = (value: number) => measured.heldMs.map(() => value);
    const named = `${what} of ${count} irritants`;
    figures.push(
      {
        what: `${named}: first byte, ms`,
        wanted: 1,
        cost: true,
        product: measured.firstByteMs,
        reference: limit(wanted.firstByteMs),
      },
      {
        what: `${named}: longest wait of /livez, ms`,
        wanted: 1,
        cost: true,
        product: measured.heldMs,
        reference: limit(wanted.heldMs),
      },
      {
        what: `${named}: memory more, MiB`,
        wanted: 1,
        cost: true,
        product: measured.moreMiB,
        reference: limit(wanted.moreMiB),
      },
    );
  }
  await side.stop();
  return figures;
}
