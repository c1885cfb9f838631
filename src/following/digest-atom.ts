import { html, unmarked } from '#libs/html';
import type { Html } from '#libs/html';
import type { RecordRead } from '../platform/record/reading.js';
import { recordedInWords } from '../wording/standing.js';
import type { DigestItem } from './digest.js';
import { inWords } from './things.js';

export const atomMediaType = 'application/atom+xml; charset=utf-8';

/** Whoever said it, for nobody else's word may pass for it. */
export function authorOf({ event, standing }: DigestItem): string {
  if (standing === 'unheard') return 'nobody';
  const { act } = event.envelope;
  if (act.party !== null) return act.party;
  return act.capacity === 'derived' ? 'the rules of the record' : 'who keeps the record';
}

/** In whose hand the record of its dialogue is. */
export function keptByInWords({ kept }: DigestItem): string {
  if (kept === null) return 'nobody can tell who keeps its record';
  if (kept.by === 'one') return `kept by ${kept.party} alone`;
  return kept.by === 'both' ? 'kept by both' : 'kept by a secretariat';
}

export function standingInWords({ standing, amendedBy = [] }: DigestItem): string | undefined {
  if (standing === 'unheard') return 'It never counted: whoever it names can’t have recorded it so.';
  if (standing === 'dropped') return 'It does not count any more.';
  if (standing === 'repudiated') return 'Its party says that it is not its own.';
  if (standing === 'doubted') return 'Whoever recorded it doubts it.';
  return amendedBy.length > 0 ? 'It was amended since.' : undefined;
}

/** When what is shown of it changed last: an amendment changes it, too. */
function updatedAt(record: RecordRead, { event, amendedBy = [] }: DigestItem): string {
  const times = amendedBy.flatMap(
    ({ eventId }) => record.projections.record.byId(eventId)?.event.recordedAt ?? [],
  );
  return [event.envelope.recordedAt, ...times].reduce((one, other) => (one > other ? one : other));
}

function entryOf(record: RecordRead, item: DigestItem): Html {
  const { envelope } = item.event;
  const lines = [recordedInWords(item), keptByInWords(item), standingInWords(item)].filter(
    (one) => one !== undefined,
  );
  return html`<entry>
    <id>urn:uuid:${unmarked(envelope.id)}</id>
    <title>${unmarked(`${inWords(item.thing)}: ${item.summary}`)}</title>
    <updated>${updatedAt(record, item)}</updated>
    <published>${envelope.recordedAt}</published>
    <author><name>${unmarked(authorOf(item))}</name></author>
    ${item.new ? html`<category term="new" />` : ''}
    <content type="text">${unmarked(`${item.summary} (${lines.join('; ')})`)}</content>
  </entry> `;
}

/**
 * The digest as an Atom feed (RFC 4287), page by page (RFC 5005, section 3). It names no address of its own, for that is a
 * secret of whoever reads it: the next page is a reference relative to the one from which this page was had.
 */
export function atomOf(
  record: RecordRead,
  {
    id,
    items,
    since,
    next,
  }: {
    readonly id: string;
    readonly items: readonly DigestItem[];
    readonly since: string;
    /** The cursor of the page of what came before. */
    readonly next: string | undefined;
  },
): string {
  const updated = items
    .map((one) => updatedAt(record, one))
    .reduce((one, other) => (one > other ? one : other), since);
  const feed = html`<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="en">
    <id>urn:uuid:${id}</id>
    <title>Entente: what you follow</title>
    <updated>${updated}</updated>
    <author><name>Entente</name></author>
    <generator>Entente</generator>
    ${next === undefined ? '' : html`<link rel="next" href="?cursor=${next}" />`}
    ${items.map((one) => entryOf(record, one))}</feed
  > `;
  return `<?xml version="1.0" encoding="utf-8"?>\n${feed.text}`;
}
