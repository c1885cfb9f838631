import type { OpenRecord } from '../platform/record.js';
import { CliFailure } from './cli-failure.js';
import { isMarked, setMark } from './mark.js';

/** Says that the demonstration made what lies beside it. */
const begun = { stream: 'demonstration', type: 'DemonstrationBegun' };

/**
 * Nothing can be taken out of a record again, so the demonstration is entered only where there is nothing yet, or where
 * it was entered before. Throws where there is something else.
 */
export async function markAsDemonstration(
  { store, ids, projections, credentials }: Pick<OpenRecord, 'store' | 'ids' | 'projections' | 'credentials'>,
  where: string,
): Promise<void> {
  if (await isMarked(store, begun)) return;
  const isEmpty = projections.record.headOrdinal < 0 && (await credentials.list()).length === 0;
  if (!isEmpty) {
    throw new CliFailure(
      `${where} holds a record that "entente demo" did not make, and what is entered into a record stays in it: name another folder with --data.`,
    );
  }
  await setMark(store, ids, begun);
}
