import { isQuotable } from '#libs/decider';
import type { LangText } from '#libs/decider';
import type { Stored } from '../../src/platform/record/envelope.js';
import type { OpenRecord } from '../../src/platform/record.js';

/** Something that somebody wrote in an event, and whether quotation marks may ever stand around it. */
export interface Written {
  readonly text: string;
  readonly isQuotable: boolean;
  readonly type: string;
  readonly field: string;
}

/** Nobody’s words, whoever recorded them. */
const labels = ['title', 'name', 'venue', 'subject', 'designations'];

export function eventsOf({ projections, registry }: OpenRecord): readonly Stored[] {
  const { record } = projections;
  return record.after(-1, record.headOrdinal + 1).map(({ event }) => registry.read(event));
}

function isText(value: object): value is LangText {
  const entries = Object.entries(value);
  return (
    entries.length > 0 && entries.every(([key, one]) => typeof one === 'string' && /^[a-z]{2}$/.test(key))
  );
}

/** Act and wording as they hold for the event: a correction holds words of what it corrects. */
function speakerOf(event: Stored, byId: ReadonlyMap<string, Stored>): Stored {
  return (event.type === 'EventCorrected' ? byId.get(String(event.data['target'])) : undefined) ?? event;
}

function textsIn(
  value: unknown,
  field: string,
): readonly { readonly field: string; readonly lang: string | undefined; readonly text: string }[] {
  if (typeof value === 'string') return [{ field, lang: undefined, text: value }];
  if (typeof value !== 'object' || value === null) return [];
  if (!Array.isArray(value) && isText(value))
    return Object.entries(value).map(([lang, text]) => ({ field, lang, text }));
  return Object.entries(value).flatMap(([name, one]) =>
    name === 'lang' ? [] : textsIn(one, field === '' || field === 'content' ? name : field),
  );
}

/** Repudiated, and not yet concluded upon by both sides. */
function repudiatedIn(events: readonly Stored[]): ReadonlySet<unknown> {
  const concluded = (target: unknown) =>
    events.filter((one) => one.type === 'ActReviewConcluded' && one.data['target'] === target).length > 1;
  return new Set(
    events
      .filter((one) => one.type === 'ActRepudiated')
      .map((one) => one.data['target'])
      .filter((one) => !concluded(one)),
  );
}

/** Everything that anybody wrote in the record, by the wording of the event that holds it. */
export function writtenIn(events: readonly Stored[]): readonly Written[] {
  const byId = new Map(events.map((one) => [one.id, one]));
  const repudiated = repudiatedIn(events);
  return events.flatMap((event) => {
    const speaker = speakerOf(event, byId);
    const worded = {
      capacity: speaker.act.capacity,
      ...(speaker.wording === undefined ? {} : { wording: speaker.wording }),
    };
    return textsIn(event.content, '').map(({ field, lang, text }) => ({
      text,
      type: event.type,
      field,
      isQuotable:
        lang !== undefined &&
        !labels.includes(field) &&
        !repudiated.has(speaker.id) &&
        isQuotable(worded, field, lang),
    }));
  });
}

const entities: { readonly [entity: string]: string } = {
  '&amp;': '&',
  '&lt;': '<',
  '&gt;': '>',
  '&quot;': '"',
  '&#39;': "'",
};

function plain(text: string): string {
  return text
    .replace(/&(?:amp|lt|gt|quot|#39);/g, (entity) => entities[entity] ?? entity)
    .replace(/[\u2066-\u2069]/g, '')
    .replace(/\s+/g, ' ')
    .trim();
}

/** What stands between quotation marks of any kind. */
function betweenMarks(text: string): readonly string[] {
  return [...text.matchAll(/“([^”]*)”|«([^»]*)»|"([^"]*)"/g)].map(([, ...found]) =>
    plain(found.find((one) => one !== undefined) ?? ''),
  );
}

/** What a page shows as said: in quotation marks, or in an element that means a quotation. */
export function quotationsOnPage(html: string): readonly string[] {
  const elements = [...html.matchAll(/<(blockquote|q)\b[^>]*>([^]*?)<\/\1>/g)].map(
    ([, , inner = '']) => inner,
  );
  const shown = html.replace(/<head>[^]*?<\/head>/, '').replace(/<[^>]*>/g, '');
  return [...elements.map((one) => plain(one.replace(/<[^>]*>/g, ''))), ...betweenMarks(plain(shown))];
}

/** The same in a text for a terminal, of which no line was broken, or in Markdown. */
export function quotationsInText(text: string): readonly string[] {
  return betweenMarks(text.replace(/\\(?=[!-/:-@[-`{-~])/g, ''));
}

/** Of a book, what stands in the rows that say that they hold the words of the sides. */
export function rowsOfWords(markdown: string): readonly string[] {
  const rows = markdown.split('\n').filter((line) => line.startsWith('| In its words |'));
  return rows.map((line) => plain(line.replace(/\\(?=[!-/:-@[-`{-~])/g, '')));
}

/** The quotations that are no words which may be quoted. */
export function misquoted(quotations: readonly string[], written: readonly Written[]): readonly string[] {
  const quotable = new Set(written.filter((one) => one.isQuotable).map(({ text }) => plain(text)));
  return quotations.filter((one) => !quotable.has(one));
}
