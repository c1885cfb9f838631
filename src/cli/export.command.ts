import { createWriteStream } from 'node:fs';
import { link, lstat, rename, rm, stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { Ids } from '../platform/record/ids.js';
import { CliFailure } from './cli-failure.js';
import { dialogueNamed, servedRecord } from './served-record.js';
import type { ServedOptions } from './served-record.js';
import { shown } from './shown.js';

interface ExportOptions extends ServedOptions {
  readonly dialogue?: string;
  readonly what?: string;
  readonly list?: string;
  readonly format?: string;
  readonly knownAt?: string;
  readonly effectiveAt?: string;
  readonly out?: string;
  readonly force?: boolean;
}

/** Writes what is served to a file, whole or not at all, or prints it. */
export async function exportRecord(options: ExportOptions): Promise<void> {
  const { out, dialogue, what, list, format, knownAt, effectiveAt } = options;
  if (out !== undefined) await refuseTarget(out, options);
  const record = await servedRecord(options);
  const asked = {
    ...{ what, list, format, knownAt, effectiveAt },
    dialogue: dialogue === undefined ? undefined : await dialogueNamed(record, dialogue),
  };
  const given = Object.entries(asked).filter((one): one is [string, string] => one[1] !== undefined);
  const { body } = await record.ask(`/v1/exports?${new URLSearchParams(given).toString()}`);
  if (body === null) throw new CliFailure('The server answered without a body. Ask again.');
  const bytes = Readable.from(wholeOf(body, record.url));
  if (out === undefined) await pipeline(bytes, process.stdout, { end: false });
  else await written(bytes, out, options);
}

/** What is served breaks off where it can't be served whole: the key may have been revoked meanwhile, or the server have ended. */
async function* wholeOf(body: ReadableStream<Uint8Array>, url: string): AsyncGenerator<Uint8Array> {
  try {
    yield* body;
  } catch {
    throw new CliFailure(
      `${url} broke off before all was sent. Ask again; where that is refused, the answer says why.`,
    );
  }
}

/** Before anything is asked for. */
async function refuseTarget(file: string, { force }: ExportOptions): Promise<void> {
  const there = await lstat(file).catch(() => undefined);
  if (there?.isDirectory() === true) throw new CliFailure(`${file} is a folder: name a file in it.`);
  if (there !== undefined && force !== true) throw isThere(file);
  const folder = await stat(dirname(file)).catch(() => undefined);
  if (folder?.isDirectory() !== true)
    throw new CliFailure(`There is no folder ${dirname(file)}: make it, or name another file.`);
}

function isThere(file: string): CliFailure {
  return new CliFailure(`${file} is there already: name another file, or overwrite it with --force.`);
}

/** Under another name until it is whole, and for its owner alone. */
async function written(bytes: Readable, file: string, { force }: ExportOptions): Promise<void> {
  const draft = `${file}.${new Ids().trace()}.draft`;
  try {
    await pipeline(bytes, createWriteStream(draft, { flags: 'wx', mode: 0o600 }));
    await (force === true ? rename(draft, file) : renamedToNew(draft, file));
  } catch (error) {
    await rm(draft, { force: true });
    throw error;
  }
  process.stderr.write(shown`${file} is written.\n`.text);
}

/** What came there meanwhile stays as it is; where a disk has no links, that is looked for only before. */
async function renamedToNew(draft: string, file: string): Promise<void> {
  try {
    await link(draft, file);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'EEXIST') throw isThere(file);
    if (code === undefined || !withoutLinks.has(code)) throw error;
    return rename(draft, file);
  }
  await rm(draft);
}

const withoutLinks = new Set(['EPERM', 'ENOTSUP', 'EOPNOTSUPP', 'ENOSYS', 'EMLINK']);
