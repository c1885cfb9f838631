import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from '@jest/globals';
import { copyOf, dataSet } from '../bench/data-set.js';
import { endAll } from '../faults/child.js';
import { Api } from '../support/api.js';
import { setScene } from '../support/scene.js';
import { until } from '../support/settling.js';
import { flipsOf } from './bits.js';
import { FlippedStore } from './flipped-store.js';
import type { Fate, Told } from './flipped-store.js';
import { asked } from './runs.js';

/** How many flips are looked at in one round of the scrubber, each in another log. */
const perRound = 40;
const top = mkdtempSync(join(tmpdir(), 'entente-flipped-'));
afterAll(async () => {
  await endAll();
  rmSync(top, { recursive: true, force: true });
});

/** A stopped store with its read models: of one dialogue, or as many events as are asked for. */
async function stoppedStore(): Promise<string> {
  const folder = join(top, 'data');
  if (asked.events > 0) copyOf(await dataSet(asked.events, () => undefined), folder);
  const api = await Api.start({ directory: folder });
  if (asked.events === 0) await setScene(api);
  await api.server.record.projections.settled({ timeoutMs: 1_200_000 });
  await api.stop();
  return folder;
}

const words = (told: readonly Told[], of: Fate) =>
  [
    ...Map.groupBy(
      told.filter(({ fate }) => fate === of),
      (one) => one.words.replace(/[0-9a-f-]{8,}|\d+/g, '…'),
    ),
  ]
    .map(([what, all]) => `${all.length} × ${what}`)
    .join('\n  ');

it('every bit of a stopped store that changes what an event says is found', async () => {
  const folder = await stoppedStore();
  await using store = await FlippedStore.open(folder);
  expect(await store.check([])).toEqual({ alarms: [] });
  await store.flip(flipsOf(folder, asked.flips, asked.seed), perRound);
  const divided = Object.groupBy(store.told, ({ fate }) => fate);
  const counts = Object.entries(divided).map(([fate, all]) => `${all.length} ${fate}`);
  process.stdout.write(
    `${store.events} events, seed ${asked.seed}, ${asked.flips} flips: ${counts.join(', ')}\n  ${words(store.told, 'alarm')}\n  ${words(store.told, 'refused')}\n`,
  );
  expect([words(store.told, 'missed'), divided.missed ?? []]).toEqual(['', []]);
  const changed = [...(divided.alarm ?? []), ...(divided.refused ?? [])];
  const step = Math.max(1, Math.floor(changed.length / asked.starts));
  for (let at = 0; at < asked.starts && changed[at * step] !== undefined; at += 1) {
    const said = await saidAtStart(store.whole((changed[at * step] as Told).flip));
    expect([changed[at * step], said]).toEqual([changed[at * step], expect.stringMatching(/ALARM|refused/)]);
  }
});

/** What a server that is started on the folder says of it: of its ledger, or why it does not start. */
async function saidAtStart(folder: string): Promise<string> {
  let said = '';
  try {
    const api = await Api.start({ directory: folder });
    await until(async () => {
      const { body } = await api.ask<{ checks: readonly { name: string; detail: string }[] }>(
        'GET',
        '/readyz',
        {
          as: 'nobody',
        },
      );
      said = body.checks.find(({ name }) => name === 'ledger')?.detail ?? '';
      return !said.includes('checking') || said.includes('ALARM');
    });
    await api.stop();
    return said;
  } catch (error) {
    return `refused: ${error instanceof Error ? error.message : String(error)}`;
  }
}
