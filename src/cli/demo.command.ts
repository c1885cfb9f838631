import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { createServer } from 'node:net';
import { dirname, join, relative } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import type { Settings } from '#config';
import { OutcomeUnknown, Unavailable } from '#libs/event-store';
import { istanbulRecord } from '../demo/istanbul.record.js';
import { loadRecord } from '../demo/load.js';
import type { Loaded } from '../demo/load.js';
import { syntheticRecord } from '../demo/synthetic.record.js';
import type { OpenRecord } from '../platform/record.js';
import type { Server } from '../server.js';
import { demonstrationKeys } from './demonstration-keys.js';
import { markAsDemonstration } from './demonstration-mark.js';
import { CliFailure } from './cli-failure.js';
import { firstLedgerKey } from './ledger.command.js';
import { keyFileOf, writePrivately } from './key-file.js';
import { runServer } from './running.js';
import { settingsFrom } from './settings.js';
import { terminalLog } from './terminal-log.js';
import type { CommonOptions } from './settings.js';

interface DemoOptions extends CommonOptions {
  readonly keysFile?: string;
}

const waitMs = 10_000;
const lookAgainMs = 1_000;
/** Longer than an election, and as long as each step of the record is tried. */
const looksMax = 60;

/** A store that is being looked at again answers nothing meanwhile; what it is found to be shows in the record. */
async function isLevel({ projections }: Pick<OpenRecord, 'projections'>): Promise<boolean> {
  try {
    return (await projections.settled({ timeoutMs: waitMs })) === 'reached';
  } catch (error) {
    if (!(error instanceof Unavailable)) throw error;
    await wait(lookAgainMs);
    return false;
  }
}

/** A cluster may hold much already, and each step of the record waits for the read models only for a moment. */
async function caughtUp(record: Pick<OpenRecord, 'projections'>): Promise<void> {
  let isSaid = false;
  while (!(await isLevel(record))) {
    const halted = record.projections.status().find(({ state }) => state === 'halted');
    if (halted !== undefined) throw new CliFailure(`${halted.name} halted: ${halted.error?.message}`);
    if (!isSaid) process.stdout.write('Reading what the store holds already …\n');
    isSaid = true;
  }
}

/** Work at the store itself, which may have no leader for a moment, or not say what became of an append. */
async function undisturbed<T>(work: () => Promise<T>): Promise<T> {
  for (let looks = 1; ; looks += 1) {
    try {
      return await work();
    } catch (error) {
      const passes = error instanceof Unavailable || error instanceof OutcomeUnknown;
      if (!passes || looks === looksMax) throw error;
      await wait(lookAgainMs);
    }
  }
}

/** Each reason for which nothing goes on is said once, in a line of its own. */
function saysWhy({ lease }: Pick<OpenRecord, 'lease'>): (reason: string) => void {
  const said = new Set<string>();
  return (reason) => {
    const isLagging = reason.includes('projection-lagging');
    const line =
      isLagging && !lease.held
        ? 'Waiting for what follows from an act: another server draws it, or this one does once that one has been silent for ten seconds …'
        : `Trying again: ${reason.replace(/^Step "[^"]*" /, '')} …`;
    if (!said.has(line)) process.stdout.write(`${line}\n`);
    said.add(line);
  };
}

/** Enters both records, or what of them is not there yet. */
async function enter({ record, url }: Server, file: string, where: string) {
  await caughtUp(record);
  await undisturbed(() => markAsDemonstration(record, where));
  const keys = await undisturbed(() => demonstrationKeys(record, file));
  const loading = { url, key: keys['secretariat'] ?? '', keys, onWait: saysWhy(record) };
  process.stdout.write('Entering the Istanbul record of 27 February and 10 April 2025 …\n');
  const istanbul = await loadRecord(istanbulRecord, loading);
  process.stdout.write('Entering an invented dialogue between ALDOR and BREVIA, marked synthetic …\n');
  const synthetic = await loadRecord(syntheticRecord, loading);
  const header = join(dirname(file), 'reader.header');
  await writePrivately(header, `Authorization: Bearer ${keys['reader']}\n`);
  return { istanbul, synthetic, header, reader: keys['reader'] ?? '' };
}

/** Throws what the system says where somebody listens there: before anything is made that nobody could look at. */
async function refuseTakenPort({ port, host }: Pick<Settings, 'port' | 'host'>): Promise<void> {
  const tried = createServer().listen(port, host);
  await once(tried, 'listening');
  tried.close();
  await once(tried, 'close');
}

/**
 * Serves the Istanbul record, which a secretariat keeps, and after it an invented dialogue that both its sides have joined
 * and enter themselves; says where to look.
 */
export async function demo(options: DemoOptions): Promise<void> {
  const settings = settingsFrom(options);
  await refuseTakenPort(settings);
  const { directory: folder, storeUrl } = settings;
  if (folder !== undefined && storeUrl === undefined && !existsSync(join(folder, 'store.sqlite'))) {
    process.stdout.write(`Making a record in ${folder} …\n`);
  }
  const directory = folder ?? '.';
  const file = options.keysFile ?? keyFileOf(directory);
  const where = storeUrl === undefined ? (folder ?? 'Memory') : 'The cluster';
  process.stdout.write(firstLedgerKey(options) ?? '');
  const entering = (started: Server) => enter(started, file, where);
  const { server, prepared } = await runServer(settings, entering, terminalLog());
  const { istanbul, synthetic, header, reader } = prepared;
  process.stdout.write(
    greeting(server.url, {
      istanbul,
      synthetic,
      enter: `${server.url}/enter/${server.tickets.issue(reader)}`,
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
