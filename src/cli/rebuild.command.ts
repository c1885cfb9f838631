import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { readEnvironment } from '#config';
import { Refused, Unavailable } from '#libs/event-store';
import { readFolder } from '#libs/event-store-sqlite';
import { checkRecordOnCluster } from './cluster-check.js';
import { CliFailure } from './cli-failure.js';
import { withRecord } from './opened.js';
import { recordIn } from './settings.js';
import { checkStore } from './store-check.js';
import type { CommonOptions } from './settings.js';

const barWidth = 30;
const tryAgainMs = 1_000;

function bar(done: number, whole: number): string {
  const filled = whole <= 0 ? barWidth : Math.round((barWidth * Math.min(done, whole)) / whole);
  return `${'█'.repeat(filled)}${'░'.repeat(barWidth - filled)}`;
}

/** How many events the read models must hold in the end; throws where the store is not whole, and says in what. */
function eventsOf(directory: string): number {
  const { flaws, readModels, recorded } = checkStore(directory);
  if (flaws.length > 0) {
    throw new CliFailure(
      `The record in ${directory} is damaged, so nothing was rebuilt: ${flaws.join('; ')}. "entente doctor" names each; keep a copy of the folder, and restore the last backup into an empty one.`,
    );
  }
  const contradictions = readModels?.contradictions ?? [];
  if (contradictions.length > 0) {
    throw new CliFailure(
      `The read models in ${directory} ${contradictions.join('; ')}: one of the two was changed by hand, so nothing was rebuilt. Compare both with a backup; where the store is the true one, delete views.sqlite and rebuild again.`,
    );
  }
  for (const flaw of readModels?.flaws ?? []) process.stdout.write(`The read models ${flaw}.\n`);
  if (readModels?.usable === false) {
    for (const ending of ['', '-wal', '-shm'])
      rmSync(join(directory, `views.sqlite${ending}`), { force: true });
  }
  return recorded;
}

/** A cluster may be away just then, or be looking for a leader; it is waited for, which is said once. */
async function onceItAnswers<T>(work: () => Promise<T>): Promise<T> {
  for (let isSaid = false; ; isSaid = true) {
    try {
      return await work();
    } catch (error) {
      if (!(error instanceof Unavailable) || error instanceof Refused) throw error;
      if (!isSaid)
        process.stderr.write(`entente: ${error.message} It is tried again until it can be used.\n`);
      await wait(tryAgainMs);
    }
  }
}

/** On a cluster nothing can be counted beforehand; what was deleted or cut off there by hand would be missing without a word. */
async function refuseDamagedCluster(storeUrl: string, directory: string): Promise<void> {
  const held = readFolder(directory);
  const { flaws } = await checkRecordOnCluster(storeUrl, directory).finally(() => held.release());
  if (flaws.length === 0) return;
  throw new CliFailure(
    `The record on the cluster is damaged, so nothing was rebuilt: ${flaws.join('; ')}. Restore the cluster from a backup.`,
  );
}

/**
 * Builds every read model anew beside the old ones and swaps them; nothing of the store is changed. A store that is
 * not whole is refused first: read models of it would show a record that never was.
 */
export async function rebuild(options: CommonOptions): Promise<void> {
  const directory = recordIn(options);
  const isTerminal = process.stdout.isTTY;
  const { storeUrl } = readEnvironment();
  const wanted = storeUrl === undefined ? eventsOf(directory) : undefined;
  if (storeUrl !== undefined) await onceItAnswers(() => refuseDamagedCluster(storeUrl, directory));
  let current = '';
  const built = await withRecord(directory, async ({ projections }) => {
    await projections.rebuild('all', ({ name, ordinal, head }) => {
      const line = `${name.padEnd(14)} ${bar(ordinal + 1, head + 1)} ${ordinal + 1} of ${head + 1}`;
      if (isTerminal) process.stdout.write(`${current !== '' && current !== name ? '\n' : ''}\r${line}`);
      else if (ordinal === head && current !== `${name} ${ordinal}`) process.stdout.write(`${line}\n`);
      current = isTerminal ? name : `${name} ${ordinal}`;
    });
    return projections.record.headOrdinal + 1;
  });
  if (wanted !== undefined && wanted !== built) {
    throw new CliFailure(
      `The read models hold ${built} event(s) where the store holds ${wanted}: "entente doctor" says which differ.`,
    );
  }
  process.stdout.write(`${isTerminal ? '\n' : ''}Every read model of ${directory} is built anew.\n`);
}
