import { choice, id, means, optional, party } from '#libs/decider';
import type { Tables } from '#libs/projections';
import { eventView } from '../platform/record/envelope.js';
import { attributionStates } from '../platform/lists/attributions.projection.js';
import { limitOf, paging, waiting } from '../platform/http/query.js';
import type { Query } from '../platform/http/query.js';
import type { Stored } from '../platform/record/envelope.js';
import type { RecordRead } from '../platform/record/reading.js';
import { AtMoment } from './at-moment.js';
import { EntryFlags } from './entry-flags.js';
import { presentUpTo } from './moment.js';
import { correctedIn } from './corrected-act.js';
import { subjectOf } from './subject.js';
import { cursorOf, pageOf, questionOf, readCursor } from './cursor.js';

export const inYourNameParameters = {
  party,
  state: optional(choice(...attributionStates)),
  source: optional(
    means(id, 'Only what cites this source: of one that the party has disowned, all that rests on it still.'),
  ),
  ...paging,
  ...waiting,
};

interface Asked {
  readonly dialogueId: string;
  readonly of: string;
  readonly source: string | undefined;
  readonly after: number;
  /** A JSON array. */
  readonly states: string;
  readonly limit: number;
}

function inName(tables: Tables, { dialogueId, of, after, states, limit }: Asked) {
  return tables
    .prepare(
      `SELECT ordinal, state, doubt FROM {acts} WHERE dialogue = ? AND party = ? AND ordinal > ?
       AND state IN (SELECT value FROM json_each(?)) ORDER BY ordinal LIMIT ?`,
    )
    .all(dialogueId, of, after, states, limit);
}

/** Of what cites the source, so that of a source which little cites little is looked at. */
function onSource(tables: Tables, { dialogueId, of, source = '', after, states, limit }: Asked) {
  return tables
    .prepare(
      `SELECT ordinal, state, doubt FROM {cited} CROSS JOIN {acts} ON ordinal = act AND party = by
       WHERE source = ? AND by = ? AND act > ? AND dialogue = ?
       AND state IN (SELECT value FROM json_each(?)) ORDER BY act LIMIT ?`,
    )
    .all(source, of, after, dialogueId, states, limit);
}

/**
 * A page of what was recorded in the name of the party, in the order of the record, each with what has become of it. One
 * more row than the page holds says whether another page follows.
 */
export function inYourNamePage(record: RecordRead, dialogueId: string, query: Query) {
  const { tables, ordinal: upTo } = record.projections.view('attributions');
  const { party: of = '', state, source } = query;
  const scope = questionOf(`in-your-name ${dialogueId}`, query);
  const after = readCursor(record, scope, query['cursor']) ?? -1;
  const limit = limitOf(query);
  const states = state === undefined ? attributionStates : [state];
  const rows = (source === undefined ? inName : onSource)(tables, {
    ...{ dialogueId, of, source, after, states: JSON.stringify(states) },
    limit: limit + 1,
  });
  const { shown, last } = pageOf(rows, limit, (row) => Number(row['ordinal']));
  const at = new AtMoment(record, {}, {}, presentUpTo(upTo));
  const flags = new EntryFlags(at);
  const counting = new Counting(at);
  return {
    items: shown.flatMap((row) => itemOf(at, { flags, counting }, row)),
    kept: at.kept(dialogueId),
    asOfSeq: record.projections.record.seqAt(dialogueId, upTo),
    next: cursorOf(record, scope, last),
  };
}

/** Events as they count; most streams hold no correction, and then nothing of them has to be read. */
class Counting {
  readonly #streams = new Map<string, readonly Stored[]>();

  constructor(private readonly at: AtMoment) {}

  of(event: Stored): Stored {
    const { stream } = event;
    if (this.at.record.projections.record.lastOf(stream, 'EventCorrected') < 0) return event;
    const counted = this.#streams.get(stream) ?? this.at.counted(stream);
    this.#streams.set(stream, counted);
    return counted.find(({ id }) => id === event.id) ?? event;
  }
}

interface Beside {
  readonly flags: EntryFlags;
  readonly counting: Counting;
}

function itemOf(at: AtMoment, beside: Beside, row: { readonly [column: string]: unknown }) {
  const { record } = at;
  const found = record.projections.record.byOrdinal(Number(row['ordinal']));
  if (found === undefined) return [];
  const event = record.registry.read(found.event);
  const flags = beside.flags.of(event);
  const counted = beside.counting.of(event);
  return [
    {
      seq: found.seq,
      state: String(row['state']),
      subject: subjectOf(at, event.stream),
      event: eventView(event),
      summary: at.summary(counted),
      ...correctedIn(counted),
      ...doubtIn(record, row['doubt']),
      ...(flags.length === 0 ? {} : { flags }),
    },
  ];
}

/** By which event whoever recorded the act doubts it. */
function doubtIn(record: RecordRead, eventId: unknown) {
  const doubt = typeof eventId === 'string' ? record.projections.record.byId(eventId) : undefined;
  if (doubt === undefined) return {};
  const { id, recordedAt, act } = record.registry.read(doubt.event);
  return { doubted: { eventId: id, recordedAt, by: act.recorderParty } };
}

/** The stream of an act that was recorded in the dialogue in the name of a party; undefined where there is none. */
export function streamInDialogue(
  { projections, registry }: Pick<RecordRead, 'projections' | 'registry'>,
  eventId: string,
  dialogueId: string,
): string | undefined {
  const { ordinal: upTo } = projections.view('attributions');
  const found = projections.record.byId(eventId);
  if (found === undefined || found.log !== dialogueId || found.ordinal > upTo) return undefined;
  const { act, unreadable } = registry.read(found.event);
  const isAttributed = unreadable === undefined && act.capacity === 'attributed' && act.party !== null;
  return isAttributed ? found.event.stream : undefined;
}
