import { createWriteStream } from 'node:fs';
import { rename, rm } from 'node:fs/promises';
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
}

/** Writes what is served to a file, whole or not at all, or prints it. */
export async function exportRecord(options: ExportOptions): Promise<void> {
  const record = await servedRecord(options);
  const { out, dialogue, what, list, format, knownAt, effectiveAt } = options;
  const asked = {
    ...{ what, list, format, knownAt, effectiveAt },
    dialogue: dialogue === undefined ? undefined : await dialogueNamed(record, dialogue),
  };
  const given = Object.entries(asked).filter((one): one is [string, string] => one[1] !== undefined);
  const { body } = await record.ask(`/v1/exports?${new URLSearchParams(given).toString()}`);
  if (body === null) throw new CliFailure('The server answered without a body. Ask again.');
  const bytes = Readable.fromWeb(body);
  if (out === undefined) await pipeline(bytes, process.stdout, { end: false });
  else await written(bytes, out);
}

/** Under another name until it is whole, and for its owner alone. */
async function written(bytes: Readable, file: string): Promise<void> {
  const draft = `${file}.${new Ids().trace()}.draft`;
  try {
    await pipeline(bytes, createWriteStream(draft, { flags: 'wx', mode: 0o600 }));
    await rename(draft, file);
  } catch (error) {
    await rm(draft, { force: true });
    throw error;
  }
  process.stderr.write(shown`${file} is written.\n`.text);
}
