import { existsSync } from 'node:fs';
import { statfs } from 'node:fs/promises';
import { DatabaseSync } from 'node:sqlite';
import { readEnvironment } from '#config';
import { DataFolderLocked, readFolder } from '#libs/event-store-sqlite';
import { checkBackup } from './backup-check.js';
import { besideCheck } from './beside-check.js';
import { CliFailure } from './cli-failure.js';
import { checkCluster, checkRecordOnCluster } from './cluster-check.js';
import { failureOf } from './failures.js';
import { finding } from './finding.js';
import type { Finding, Grade } from './finding.js';
import { issuersCheck } from './issuer-check.js';
import { withRecord } from './opened.js';
import type { ReadModelsChecked } from './read-models-check.js';
import { inspect } from './record-check.js';
import { servingOn } from './remote.js';
import { padded, shown } from './shown.js';
import { recordIn, settingsFrom } from './settings.js';
import type { CommonOptions } from './settings.js';
import { checkStore } from './store-check.js';

const marks: { readonly [grade in Grade]: string } = { well: '✓', note: '·', ill: '✗' };
const freeBytesMin = 64 * 1024 * 1024;

/** Checks from the ground up, or one backup, each with what to do, and ends with exit code 1 if anything is ill. */
export async function doctor(backup: string | undefined, options: CommonOptions): Promise<void> {
  if (backup !== undefined && options.data !== undefined)
    throw new CliFailure('doctor looks at a backup or at a data folder: leave out one of them.');
  const findings = await (backup === undefined ? ofTheService(options) : ofTheBackup(backup));
  for (const { grade, about, says } of findings)
    process.stdout.write(shown`${marks[grade]} ${padded(about, 14)} ${says}\n`.text);
  const ill = findings.filter((one) => one.grade === 'ill').length;
  process.stdout.write(ill === 0 ? 'All is well.\n' : `${ill} thing(s) to mend, named above.\n`);
  if (ill > 0) process.exitCode = 1;
}

async function ofTheService(options: CommonOptions): Promise<readonly Finding[]> {
  const findings = [runtime(), configuration()];
  const isWell = () => findings.every((one) => one.grade !== 'ill');
  if (isWell()) findings.push(...(await cluster()));
  if (isWell())
    findings.push(...(await issuersCheck(settingsFrom(options).oidc)), ...(await folder(options)));
  return findings;
}

/** Whatever is set up here: it may be looked at on any machine. */
async function ofTheBackup(backup: string): Promise<readonly Finding[]> {
  const configured = configuration();
  if (configured.grade === 'ill') return [runtime(), configured];
  return [runtime(), ...(await checkBackup(backup))];
}

function runtime(): Finding {
  const memory = new DatabaseSync(':memory:');
  const { version } = memory.prepare('SELECT sqlite_version() AS version').get() as { version: string };
  memory.close();
  return finding('well', 'runtime', `Node ${process.versions.node}, SQLite ${version}`);
}

function configuration(): Finding {
  try {
    const { host, port } = readEnvironment();
    const isLoopback = /^(127\.|localhost$|::1$)/.test(host);
    return isLoopback
      ? finding('well', 'configuration', `set to listen on ${host}:${port}`)
      : finding(
          'note',
          'configuration',
          `set to listen on ${host}:${port}, beyond this machine: put a proxy with TLS in front`,
        );
  } catch (error) {
    return finding('ill', 'configuration', failureOf(error));
  }
}

async function cluster(): Promise<readonly Finding[]> {
  const { storeUrl } = readEnvironment();
  return storeUrl === undefined ? [] : checkCluster(storeUrl);
}

async function folder(options: CommonOptions): Promise<Finding[]> {
  const { directory, storeUrl } = settingsFrom(options);
  if (directory === undefined)
    return [finding('note', 'store', 'no data folder: nothing on this machine outlives the process')];
  try {
    const inside = await (storeUrl === undefined ? onThisMachine(options) : onCluster(directory, storeUrl));
    const room = existsSync(directory) ? [await disk(directory)] : [];
    return [...room, ...inside, ...besideCheck(settingsFrom(options))];
  } catch (error) {
    if (!(error instanceof DataFolderLocked)) return [finding('ill', 'store', failureOf(error))];
    return [await disk(directory), ...(await server(directory))];
  }
}

/** Looks at the files first, as they are: what opens them for work might mend what should be seen. */
async function onThisMachine(options: CommonOptions): Promise<Finding[]> {
  const directory = recordIn(options);
  const { flaws, recorded, all, readModels } = checkStore(directory);
  const found = flaws.map((flaw) => finding('ill', 'store', `${flaw}.`));
  if (found.length > 0) {
    const mend = 'keep a copy of the whole folder, and restore the last backup into an empty one';
    return [...found, finding('note', 'store', mend)];
  }
  const beside = `${recorded} event(s) in the record and ${all - recorded} beside it`;
  const store = finding('well', 'store', `${beside}: whole, in order, and with the hashes that they had`);
  const inside = await withRecord(directory, inspect, { readOnly: true });
  return [store, ...asFindings(readModels), ...inside];
}

function asFindings(checked: ReadModelsChecked | undefined): Finding[] {
  if (checked === undefined) return [];
  const { contradictions, flaws, level, says } = checked;
  if (flaws.length === 0) return [finding(level ? 'well' : 'note', 'read models', says)];
  const mend =
    contradictions.length > 0
      ? 'one of the two was changed by hand: compare both with a backup before anything else'
      : 'run "entente rebuild", once it is certain that this is the store that is meant';
  return [
    ...flaws.map((flaw) => finding('ill', 'read models', `${flaw}.`)),
    finding('note', 'read models', mend),
  ];
}

/** What the cluster holds, built apart for as long as this takes; the folder's read models are only asked whose they are. */
async function onCluster(directory: string, storeUrl: string): Promise<Finding[]> {
  const held = readFolder(directory);
  try {
    const { flaws, readModels } = await checkRecordOnCluster(storeUrl, directory);
    if (flaws.length > 0) {
      const mend = 'restore the cluster from a backup: what was deleted or cut off there is nowhere else';
      return [...flaws.map((flaw) => finding('ill', 'store', `${flaw}.`)), finding('note', 'store', mend)];
    }
    return await withRecord(
      directory,
      async (record) => {
        const inside = await inspect(record);
        const events = record.projections.record.headOrdinal + 1;
        const store = finding(
          'well',
          'store',
          `${events} event(s) in the record, each stream from its beginning`,
        );
        return [store, ...asFindings(readModels), ...inside];
      },
      { readOnly: true },
    );
  } finally {
    held.release();
  }
}

async function disk(directory: string): Promise<Finding> {
  const { bavail, bsize } = await statfs(directory);
  const free = `${Math.floor((bavail * bsize) / 1_048_576)} MiB free`;
  return bavail * bsize >= freeBytesMin
    ? finding('well', 'disk', free)
    : finding('ill', 'disk', `${free}: make room, or writes will soon be refused`);
}

interface Readiness {
  readonly detail?: string;
  readonly checks?: readonly { readonly name: string; readonly detail: string }[];
}

/** A server with an alarm stays ready, so that no proxy takes it away; it is ill all the same. One that signs nothing is well. */
function alarmsIn({ checks = [] }: Readiness): readonly Finding[] {
  const alarms = checks.filter(({ detail }) => detail.includes('ALARM'));
  const unsigned = checks.filter(
    (one) => one.name === 'ledger' && one.detail.includes('unsigned: ') && !alarms.includes(one),
  );
  return [
    ...unsigned.map(({ name, detail }) => finding('note', name, detail)),
    ...alarms.map(({ name, detail }) =>
      finding('ill', name, `${detail}. See /docs/operating#ledger-key before anything else`),
    ),
  ];
}

async function server(directory: string): Promise<readonly Finding[]> {
  const serving = await servingOn(directory);
  if (serving === undefined)
    return [finding('note', 'server', 'another process holds the folder; wait until it ends')];
  try {
    const response = await fetch(`${serving.url}/readyz`);
    const answer = (await response.json()) as Readiness;
    if (!response.ok) return [finding('ill', 'server', `${serving.url} is not ready: ${answer.detail}`)];
    const ready = finding('well', 'server', `${serving.url} (process ${serving.pid}) is ready`);
    return [ready, ...alarmsIn(answer)];
  } catch {
    const mend = `process ${serving.pid} holds the folder, but ${serving.url} does not answer: end it and start it again`;
    return [finding('ill', 'server', mend)];
  }
}
