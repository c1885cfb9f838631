import { existsSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { mkdir } from 'node:fs/promises';
import { setTimeout as wait } from 'node:timers/promises';
import { Unavailable } from '#libs/event-store';
import { istanbulRecord } from '../demo/istanbul.record.js';
import { loadRecord } from '../demo/load.js';
import type { Loaded } from '../demo/load.js';
import { demonstrationPrincipals, syntheticPrincipals } from '../demo/principals.js';
import { syntheticRecord } from '../demo/synthetic.record.js';
import type { OpenRecord } from '../platform/record.js';
import { markAsDemonstration } from './demonstration-mark.js';
import { CliFailure } from './failures.js';
import { keyFileOf, readKeys, writeKeys, writePrivately } from './key-file.js';
import type { Keys } from './key-file.js';
import { runServer } from './running.js';
import { settingsFrom } from './settings.js';
import type { CommonOptions } from './settings.js';

interface DemoOptions extends CommonOptions {
  readonly keysFile?: string;
}

const days = 30;
const waitMs = 10_000;
const lookAgainMs = 1_000;

/**
 * The keys of the demonstration's principals. A principal keeps its id over all starts, so that loading the record
 * again repeats the same requests of the same principal and changes nothing.
 */
async function demonstrationKeys(record: OpenRecord, file: string): Promise<Keys> {
  const known = await record.credentials.list();
  const written = await readKeys(file);
  const keys: Record<string, string> = {};
  for (const { name, party, roles } of [...demonstrationPrincipals, ...syntheticPrincipals]) {
    const earlier = known.find((one) => one.name === name);
    const key = written[name];
    const isGood =
      key !== undefined && (await record.credentials.authenticate(key))?.id === earlier?.principalId;
    keys[name] =
      isGood && earlier !== undefined
        ? key
        : (
            await record.credentials.issue(
              {
                name,
                party,
                roles,
                days,
                ...(earlier === undefined ? {} : { principalId: earlier.principalId }),
              },
              { as: 'demonstration' },
            )
          ).key;
  }
  await mkdir(dirname(file), { recursive: true });
  await writeKeys(file, keys);
  return keys;
}

/** A store that is being looked at again answers nothing meanwhile; what it is found to be shows in the record. */
async function isLevel({ projections }: OpenRecord): Promise<boolean> {
  try {
    return (await projections.settled({ timeoutMs: waitMs })) === 'reached';
  } catch (error) {
    if (!(error instanceof Unavailable)) throw error;
    await wait(lookAgainMs);
    return false;
  }
}

/** A cluster may hold much already, and each step of the record waits for the read models only for a moment. */
async function caughtUp(record: OpenRecord): Promise<void> {
  let isSaid = false;
  while (!(await isLevel(record))) {
    const halted = record.projections.status().find(({ state }) => state === 'halted');
    if (halted !== undefined) throw new CliFailure(`${halted.name} halted: ${halted.error?.message}`);
    if (!isSaid) process.stdout.write('Reading what the store holds already …\n');
    isSaid = true;
  }
}

/**
 * Serves the Istanbul record, which a secretariat keeps, and after it an invented dialogue that both its sides have joined
 * and enter themselves; says where to look.
 */
export async function demo(options: DemoOptions): Promise<void> {
  const settings = { ...settingsFrom(options), logLevel: 'error' };
  const { directory: folder, storeUrl } = settings;
  if (folder !== undefined && storeUrl === undefined && !existsSync(join(folder, 'store.sqlite'))) {
    process.stdout.write(`Making a record in ${folder} …\n`);
  }
  const server = await runServer(settings);
  try {
    await caughtUp(server.record);
    await markAsDemonstration(server.record, storeUrl === undefined ? (folder ?? 'Memory') : 'The cluster');
  } catch (error) {
    await server.stop();
    throw error;
  }
  const directory = settings.directory ?? '.';
  const file = options.keysFile ?? keyFileOf(directory);
  const keys = await demonstrationKeys(server.record, file);
  process.stdout.write('Entering the Istanbul record of 27 February and 10 April 2025 …\n');
  const loading = { url: server.url, key: keys['secretariat'] ?? '', keys };
  const istanbul = await loadRecord(istanbulRecord, loading);
  process.stdout.write('Entering an invented dialogue between ALDOR and BREVIA, marked synthetic …\n');
  const synthetic = await loadRecord(syntheticRecord, loading);
  const header = join(dirname(file), 'reader.header');
  await writePrivately(header, `Authorization: Bearer ${keys['reader']}\n`);
  process.stdout.write(
    greeting(server.url, {
      istanbul,
      synthetic,
      enter: `${server.url}/enter/${server.tickets.issue(keys['reader'] ?? '')}`,
      keysFile: shown(file),
      header: shown(header),
      data: directory,
      keyIsInFolder: file === keyFileOf(directory),
      round2: idOf(istanbul.ids, 'round-2'),
    }),
  );
}

function idOf(ids: ReadonlyMap<string, string>, label: string): string {
  const id = ids.get(label);
  if (id === undefined) throw new Error(`The demonstration has no step "${label}".`);
  return id;
}

function shown(file: string): string {
  const short = relative(process.cwd(), file);
  return short.startsWith('..') ? file : short;
}

interface About {
  readonly istanbul: Loaded;
  readonly synthetic: Loaded;
  readonly enter: string;
  readonly keysFile: string;
  readonly header: string;
  readonly data: string;
  /** Then the command line finds it by itself. */
  readonly keyIsInFolder: boolean;
  readonly round2: string;
}

/** As a shell takes it for one word, whatever blanks a folder has in its name. */
function word(text: string): string {
  return /^[\w@%+=:,./-]+$/.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`;
}

function counted({ recorded, repeated }: Loaded): string {
  return `${recorded} acts recorded${repeated > 0 ? `, ${repeated} were there already` : ''}.`;
}

function greeting(url: string, about: About): string {
  const header = word(`@${about.header}`);
  const key = about.keyIsInFolder ? '' : `ENTENTE_KEY="$(sed 's/.* //' ${word(about.header)})" `;
  const replay = `${key}npm run --silent entente -- replay`;
  return `
RUUS  ${counted(about.istanbul)} Seven irritants, two rounds, each side's own account.
ALBR  ${counted(about.synthetic)} SYNTHETIC: two invented parties, ALDOR and BREVIA; nothing in it
      happened. It goes through every stage there is: ALBR-1 from raised to resolved.

  Look at it      ${about.enter}
                  (lets you in once, within ten minutes; later sign in at ${url}/)
  The API         ${url}/docs
  Keys            ${about.keysFile} (readable by you alone)

Try these, as printed:

  curl -s -H ${header} ${url}/v1/irritants
  curl -s -H ${header} ${url}/v1/irritants/RUUS-1/history
  curl -s -H ${header} ${url}/v1/rounds/${about.round2}/comparison

And in another terminal, for the first matter of each:

  ${replay} RUUS-1 --data ${word(about.data)}
  ${replay} ALBR-1 --data ${word(about.data)}

Ctrl+C ends it.
`;
}
