import { Conflict, StreamNotFound } from '#libs/event-store';
import { appendTo } from '../platform/record/appending.js';
import type { OpenRecord } from '../platform/record.js';
import { CliFailure } from './failures.js';

/** Outside the record; holds one event, which says that the demonstration made what lies beside it. */
const stream = 'demonstration';

async function isMarked({ store }: OpenRecord): Promise<boolean> {
  try {
    for await (const _ of store.readStream(stream, { limit: 1 })) return true;
  } catch (error) {
    if (!(error instanceof StreamNotFound)) throw error;
  }
  return false;
}

/**
 * Nothing can be taken out of a record again, so the demonstration is entered only where there is nothing yet, or where
 * it was entered before. Throws where there is something else.
 */
export async function markAsDemonstration(record: OpenRecord, where: string): Promise<void> {
  if (await isMarked(record)) return;
  const isEmpty = record.projections.record.headOrdinal < 0 && (await record.credentials.list()).length === 0;
  if (!isEmpty) {
    throw new CliFailure(
      `${where} holds a record that "entente demo" did not make, and what is entered into a record stays in it: name another folder with --data.`,
    );
  }
  const event = {
    id: record.ids.next(),
    type: 'DemonstrationBegun',
    data: {},
    content: null,
    salt: null,
    meta: {},
  };
  try {
    await appendTo(record.store, stream, [event], 'no_stream');
  } catch (error) {
    if (!(error instanceof Conflict)) throw error;
  }
}
