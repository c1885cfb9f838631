import { Damaged, formatPosition } from '#libs/event-store';
import type { DamagedPlace, JsonObject, Recorded } from '#libs/event-store';

import { checksumOf, wordsChecksumOf } from './checksum.js';

/** What stands there by hand may be no number of ours; so it differs from its checksum, and is no failure of the reading. */
export const safe = (column: string) =>
  `max(min(${column}, ${Number.MAX_SAFE_INTEGER}), ${Number.MIN_SAFE_INTEGER})`;
export const columns = `${safe('position')}, stream, ${safe('revision')}, id, type, data, content, salt, meta, recorded_at,
  ${safe('checksum')}, ${safe('words_checksum')}`;

/** As the columns are declared. */
export type Row = [
  position: number,
  stream: string,
  revision: number,
  id: string,
  type: string,
  data: string,
  content: string | null,
  salt: string | null,
  meta: string,
  recordedAt: string,
  checksum: number,
  wordsChecksum: number | null,
];

/** Throws `Damaged` for a row that is not as it was stored. */
export function recordedFrom(row: Row, epoch: string): Recorded {
  const [position, stream, revision, id, type, data, content, salt, meta, recordedAt, fixed, words] = row;
  // No event was given a place before the first; there it would be in its stream and nowhere else.
  const given = BigInt(Math.max(position, 0));
  const place = {
    stream: isText(stream) ? stream : '',
    revision: Number.isSafeInteger(revision) ? BigInt(revision) : 0n,
    position: formatPosition(epoch, given),
  };
  if (!isOfItsKinds(row)) throw damaged(row, place, 'a column holds something of another kind');
  if (given === 0n) throw damaged(row, place, 'it stands before the first place of all');
  if (checksumOf({ stream, revision, id, type, data, meta, recordedAt }) !== fixed)
    throw damaged(row, place, 'it is not what was stored: its checksum is another one');
  if (wordsChecksumOf(content, salt) !== words)
    throw damaged(row, place, 'its words are not those that were stored: their checksum is another one');
  try {
    const parsed = JSON.parse as (text: string) => JsonObject;
    return {
      id,
      type,
      data: parsed(data),
      content: content === null ? null : parsed(content),
      salt,
      meta: parsed(meta),
      ...place,
      recordedAt,
    };
  } catch (error) {
    throw damaged(row, place, 'it is no JSON', error);
  }
}

/** A wrong bit may have SQLite read a text as a number, or find nothing, whatever the table declares. */
function isOfItsKinds([, stream, revision, id, type, data, content, salt, meta, recordedAt]: Row): boolean {
  return (
    Number.isSafeInteger(revision) &&
    [stream, id, type, data, meta, recordedAt].every(isText) &&
    [content, salt].every((one) => one === null || isText(one))
  );
}

function damaged(
  [position, stream, revision]: Row,
  place: DamagedPlace,
  because: string,
  cause?: unknown,
): Damaged {
  return new Damaged(
    `Revision ${revision} of ${stream} (position ${position}) can't be read: ${because}. "entente doctor" says what else is damaged.`,
    { cause, place },
  );
}

function isText(one: unknown): one is string {
  return typeof one === 'string';
}
