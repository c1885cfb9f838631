import { choice, optional, party } from '#libs/decider';
import { eventView } from '../platform/record/envelope.js';
import { attributionStates } from '../platform/lists/attributions.projection.js';
import { idOf } from '../platform/record/fold.js';
import { limitOf, paging, waiting } from '../platform/http/query.js';
import type { Query } from '../platform/http/query.js';
import type { RecordRead } from '../platform/record/reading.js';
import { AtMoment } from './at-moment.js';
import { presentUpTo } from './moment.js';
import { Naming } from './naming.js';
import { cursorOf, pageOf, questionOf, readCursor } from './cursor.js';

export const inYourNameParameters = {
  party,
  state: optional(choice(...attributionStates)),
  ...paging,
  ...waiting,
};

/**
 * A page of what was recorded in the name of the party, in the order of the record, each with what has become of it. One
 * more row than the page holds says whether another page follows.
 */
export function inYourNamePage(record: RecordRead, dialogueId: string, query: Query) {
  const { tables, ordinal: upTo } = record.projections.view('attributions');
  const { party: of = '', state } = query;
  const scope = questionOf(`in-your-name ${dialogueId}`, query);
  const after = readCursor(record, scope, query['cursor']) ?? -1;
  const limit = limitOf(query);
  const states = state === undefined ? attributionStates : [state];
  const rows = tables
    .prepare(
      `SELECT ordinal, state FROM {acts} WHERE dialogue = ? AND party = ? AND ordinal > ?
       AND state IN (SELECT value FROM json_each(?)) ORDER BY ordinal LIMIT ?`,
    )
    .all(dialogueId, of, after, JSON.stringify(states), limit + 1);
  const { shown, last } = pageOf(rows, limit, (row) => Number(row['ordinal']));
  const naming = new Naming(record);
  return {
    items: shown.flatMap((row) => itemOf(record, naming, Number(row['ordinal']), String(row['state']))),
    kept: new AtMoment(record, {}, {}, presentUpTo(upTo)).kept(dialogueId),
    asOfSeq: record.projections.record.seqAt(dialogueId, upTo),
    next: cursorOf(record, scope, last),
  };
}

function itemOf(record: RecordRead, naming: Naming, ordinal: number, state: string) {
  const found = record.projections.record.byOrdinal(ordinal);
  if (found === undefined) return [];
  const event = record.registry.read(found.event);
  const { prefix } = record.registry.ofStream(event.stream);
  return [
    {
      seq: found.seq,
      state,
      subject: { kind: prefix, id: idOf(event.stream) },
      event: eventView(event),
      summary: naming.summary(event),
    },
  ];
}

/** The stream of an act that was recorded in the dialogue in the name of a party; undefined where there is none. */
export function streamInDialogue(
  record: Pick<RecordRead, 'projections'>,
  eventId: string,
  dialogueId: string,
): string | undefined {
  const { tables } = record.projections.view('attributions');
  const row = tables
    .prepare('SELECT ordinal FROM {acts} WHERE event = ? AND dialogue = ?')
    .get(eventId, dialogueId);
  return row === undefined
    ? undefined
    : record.projections.record.byOrdinal(Number(row['ordinal']))?.event.stream;
}
