import { createReadStream, openAsBlob } from 'node:fs';
import { readFile, stat } from 'node:fs/promises';
import { setTimeout as wait } from 'node:timers/promises';
import { Ids } from '../platform/record/ids.js';
import { CliFailure } from './cli-failure.js';
import { Progress } from './progress.js';
import { dialogueNamed, servedRecord } from './served-record.js';
import type { ServedOptions, ServedRecord } from './served-record.js';
import { shown } from './shown.js';

interface ImportOptions extends ServedOptions {
  readonly dialogue: string;
  readonly act?: string;
  readonly mapping?: string;
  readonly dryRun?: boolean;
  readonly despiteFaults?: boolean;
}

interface Import {
  readonly id: string;
  readonly state: string;
  readonly line: number;
  readonly counts: Readonly<Record<'rows' | 'recorded' | 'unchanged' | 'refused', number>>;
  readonly faults: number;
  readonly endedAt?: string;
  readonly failure?: { readonly code: string; readonly detail: string };
}

interface Fault {
  readonly line: number;
  readonly field?: string;
  readonly code: string;
  readonly detail: string;
}

interface Bringing {
  readonly record: ServedRecord;
  readonly file: string;
  /** As it was opened: it can't be read any more once it is changed. */
  readonly content: Blob;
  readonly type: string;
  readonly query: URLSearchParams;
  readonly lines: number;
  /** Aborted where whoever waits for it wants it no longer. */
  readonly signal: AbortSignal;
}

const askAgainMs = 150;
const cancelledCode = 'import-cancelled';
/** More are a file to be mended by other means. */
const faultsShown = 200;

/** Tries a file first, and brings it in where nothing is wrong with it. Ctrl+C cancels what has begun of that. */
export async function importFile(file: string, options: ImportOptions): Promise<void> {
  const interrupted = new AbortController();
  const interrupt = () => interrupted.abort();
  // A second one ends the program, whatever the server does.
  process.once('SIGINT', interrupt);
  try {
    await triedAndBroughtIn(file, options, interrupted.signal);
  } finally {
    process.off('SIGINT', interrupt);
  }
}

async function triedAndBroughtIn(file: string, options: ImportOptions, signal: AbortSignal): Promise<void> {
  const type = typeOf(file);
  const lines = await linesIn(file);
  const record = await servedRecord(options);
  const query = new URLSearchParams({ dialogue: await dialogueNamed(record, options.dialogue) });
  if (options.act !== undefined) query.set('act', options.act);
  if (options.mapping !== undefined) query.set('mapping', await textIn(options.mapping));
  const content = await openAsBlob(file);
  const bringing = { record, file, content, type, query, lines, signal };
  say(shown`Trying ${file}; nothing is recorded yet.\n`.text);
  const tried = await run(bringing, true);
  await sayFaults(record, tried);
  say(`${outcome(tried, 'would be recorded', 'would be refused')}\n`);
  if (signal.aborted) throw new CliFailure('It was cancelled, and nothing was recorded.');
  if (tried.failure !== undefined || (tried.faults > 0 && options.despiteFaults !== true)) {
    const despite = tried.failure === undefined ? ', or bring in the other rows with --despite-faults' : '';
    throw new CliFailure(`Nothing was recorded. Mend the file, and try again${despite}.`);
  }
  if (options.dryRun === true || tried.counts.recorded === 0) return;
  const done = await run(bringing, false);
  if (tried.faults === 0 || done.faults !== tried.faults) await sayFaults(record, done);
  say(`${outcome(done, 'recorded', 'refused')}\n`);
  if (done.failure?.code === cancelledCode)
    throw new CliFailure(
      `It was cancelled after line ${done.line}: what was recorded before stays recorded. The same file again goes on.`,
    );
  if (done.failure !== undefined || done.faults > 0) process.exitCode = 1;
}

function say(text: string): void {
  process.stdout.write(text);
}

function typeOf(file: string): string {
  if (/\.csv$/i.test(file)) return 'text/csv';
  if (/\.(jsonl|ndjson)$/i.test(file)) return 'application/x-ndjson';
  throw new CliFailure(
    `${file} is neither .csv nor .jsonl (or .ndjson): its name says which it is. A workbook is saved as CSV first, in UTF-8.`,
  );
}

async function textIn(file: string): Promise<string> {
  try {
    return JSON.stringify(JSON.parse(await readFile(file, 'utf8')));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') throw new CliFailure(`There is no file ${file}.`);
    if (error instanceof SyntaxError) throw new CliFailure(`${file} is not JSON: ${error.message}.`);
    throw error;
  }
}

async function linesIn(file: string): Promise<number> {
  const found = await stat(file).catch(() => undefined);
  if (found?.isFile() !== true) throw new CliFailure(`There is no file ${file}.`);
  if (found.size === 0) throw new CliFailure(`${file} is empty: there is nothing in it to be brought in.`);
  let lines = 0;
  for await (const chunk of createReadStream(file)) {
    for (const byte of chunk as Buffer) if (byte === 0x0a) lines += 1;
  }
  return lines;
}

/** What was tried is what is brought in. */
async function refuseChanged({ file, content }: Bringing): Promise<void> {
  try {
    await content.slice(0, 1).arrayBuffer();
  } catch {
    throw new CliFailure(
      `${file} was changed while it was tried, so nothing of it was recorded: do it again.`,
    );
  }
}

async function run(bringing: Bringing, dryRun: boolean): Promise<Import> {
  const { record, content, type, query, lines, signal } = bringing;
  const asked = new URLSearchParams(query);
  if (dryRun) asked.set('dryRun', 'true');
  await refuseChanged(bringing);
  const request = {
    method: 'POST',
    headers: { 'Content-Type': type, 'Idempotency-Key': new Ids().random() },
    body: content,
  };
  const response = await record
    .ask(`/v1/imports?${asked.toString()}`, request)
    .catch(async (error: unknown) => {
      await refuseChanged(bringing);
      throw error;
    });
  let job = (await response.json()) as Import;
  const bar = new Progress(dryRun ? 'Trying' : 'Bringing in');
  const cancel = () => void cancelled(record, job.id);
  if (signal.aborted) cancel();
  else signal.addEventListener('abort', cancel, { once: true });
  try {
    while (job.endedAt === undefined) {
      await wait(askAgainMs);
      job = (await (await record.ask(`/v1/imports/${job.id}`)).json()) as Import;
      bar.told(Math.min(job.line, lines), lines);
    }
  } catch (error) {
    if (!dryRun)
      say(
        `The server goes on with it by itself; ask GET ${record.url}/v1/imports/${job.id} what became of it.\n`,
      );
    throw error;
  } finally {
    bar.end();
    signal.removeEventListener('abort', cancel);
  }
  return job;
}

/** Whoever ends the program ends the import and not only the waiting for it. */
async function cancelled(record: ServedRecord, id: string): Promise<void> {
  try {
    await record.ask(`/v1/imports/${id}/cancel`, { method: 'POST' });
  } catch {
    // It has ended meanwhile, or the server is away, which whoever waits for it is told.
  }
}

async function sayFaults(record: ServedRecord, { id, faults, failure, line }: Import): Promise<void> {
  if (faults > 0) {
    const page = await record.ask(`/v1/imports/${id}/faults?limit=${faultsShown}`);
    const { items } = (await page.json()) as { readonly items: readonly Fault[] };
    for (const one of items) say(shown`line ${one.line}${at(one.field)}: ${one.detail} (${one.code})\n`.text);
    if (faults > items.length)
      say(shown`… and ${faults - items.length} more: GET ${record.url}/v1/imports/${id}/faults\n`.text);
  }
  if (failure !== undefined && failure.code !== cancelledCode)
    say(
      shown`${line === 0 ? 'The file can not be read' : `The file could not be read on after line ${line}`}: ${failure.detail} (${failure.code})\n`
        .text,
    );
}

function at(field: string | undefined): string {
  return field === undefined ? '' : `, ${field}`;
}

function outcome({ counts }: Import, recorded: string, refused: string): string {
  const number = (count: number) => count.toLocaleString('en');
  const rows = counts.rows === 1 ? '1 row' : `${number(counts.rows)} rows`;
  return `${rows}: ${number(counts.recorded)} ${recorded}, ${number(counts.unchanged)} in the record already, ${number(counts.refused)} ${refused}.`;
}
