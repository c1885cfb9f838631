import { NestFactory } from '@nestjs/core';
import { readEnvironment } from '#config';
import { LedgerProjection } from '../ledger/ledger.projection.js';
import { SystemClock } from '../platform/record/clock.js';
import { Ids } from '../platform/record/ids.js';
import { openRecord } from '../platform/record.js';
import type { OpenRecord, RecordOptions } from '../platform/record.js';
import { openRecordToken, RecordModule } from '../platform/record.module.js';
import { slices } from '../slices.js';
import { shown } from './shown.js';

interface How {
  /** Changes and makes nothing in the folder. */
  readonly readOnly?: boolean;
  /** The record is in the folder, whatever cluster the settings name. */
  readonly isInFolder?: boolean;
}

/** Opens the folder for one command and closes it again, whatever comes. */
export async function withRecord<T>(
  directory: string,
  work: (record: OpenRecord) => Promise<T>,
  { readOnly = false, isInFolder = false }: How = {},
): Promise<T> {
  const environment = readEnvironment();
  const options: RecordOptions = {
    slices,
    followers: readOnly ? [] : [new LedgerProjection(readEnvironment().ledgerHost)],
    clock: new SystemClock(),
    ids: new Ids(),
    directory,
    readOnly,
    storeUrl: isInFolder ? undefined : environment.storeUrl,
    journal: environment.journal,
    onIncident: ({ projection, error }) =>
      process.stderr.write(
        shown`entente: ${projection}: ${error instanceof Error ? error.message : String(error)}\n`.text,
      ),
    onConnection: (words, detail) => {
      const where = detail === '' ? '' : ` (${detail})`;
      process.stderr.write(shown`entente: ${words}${where}\n`.text);
    },
    onFatal: (error) => {
      process.stderr.write(shown`entente: the store can't go on: ${error.message}\n`.text);
      process.exit(1);
    },
  };
  // Nest would tell of the start, and of why one failed, which `failures.ts` says in a sentence.
  const quietly = { logger: false, abortOnError: false } as const;
  const program = await NestFactory.createApplicationContext(
    RecordModule.forRoot(() => openRecord(options)),
    quietly,
  );
  try {
    return await work(program.get<OpenRecord>(openRecordToken));
  } finally {
    await program.close();
  }
}
