import { keptJson } from '#libs/projections';
import type { RecordRead } from '../platform/record/reading.js';
import type { DialogueDocument } from '../reading/documents.js';
import { instantInWords, occurredInWords } from '../wording/dates.js';
import { keptInWords } from '../wording/kept.js';
import { dueSpan } from './due-span.js';
import { entriesMax } from './due-dates.js';
import type { Due } from './due-entries.js';
import { icalendar, text, utc } from './icalendar.js';
import type { Component, Line } from './icalendar.js';

/** The words in one language, English where there are some. */
function worded(words: Due['words']): readonly [lang: string, words: string] {
  const [first] = Object.entries(words ?? {});
  const english = words?.['en'];
  return english === undefined ? (first ?? ['en', '(its words are erased)']) : ['en', english];
}

function summaryOf({ what, words, due }: Due, isExact: boolean): Line {
  const when = isExact ? '' : ` (due: ${occurredInWords({ edtf: due })})`;
  if (words === null) return ['SUMMARY', text(`${what}${when}`)];
  const [lang, said] = worded(words);
  return [lang === 'en' ? 'SUMMARY' : `SUMMARY;LANGUAGE=${lang}`, text(`${what}: ${said}${when}`)];
}

function descriptionOf(one: Due, dialogue: DialogueDocument | undefined, isDated: boolean): Line {
  const lines = [
    ...one.about,
    `Due, as it was said: ${occurredInWords({ edtf: one.due })}.`,
    ...(isDated ? [] : ['No day was said, so none is given here.']),
    ...(one.synthetic ? ['Synthetic: invented parties.'] : []),
    ...(dialogue === undefined ? [] : [keptInWords(dialogue)]),
    `As it was recorded on ${instantInWords(one.changedAt)}.`,
  ];
  return ['DESCRIPTION', text(lines.join('\n'))];
}

/** A dated one is an event that takes up nobody's time; what has no day is a to-do without a date (RFC 5545 §3.6.2). */
function componentOf(one: Due, dialogue: DialogueDocument | undefined): Component {
  const span = dueSpan(one.due);
  const at = utc(one.changedAt);
  return {
    name: span === undefined ? 'VTODO' : 'VEVENT',
    lines: [
      ['UID', `${one.uid}@entente`],
      ['DTSTAMP', at],
      ['LAST-MODIFIED', at],
      ['SEQUENCE', String(one.revision)],
      ...(span === undefined ? [] : [...span.lines, ['TRANSP', 'TRANSPARENT'] as const]),
      ...(span !== undefined && one.isTentative ? [['STATUS', 'TENTATIVE'] as const] : []),
      summaryOf(one, span?.isExact === true),
      descriptionOf(one, dialogue, span !== undefined),
    ],
  };
}

/** What is due as an iCalendar object (RFC 5545, with a name and a description of RFC 7986). */
export function dueCalendar(
  record: RecordRead,
  { items, isCut }: { readonly items: readonly Due[]; readonly isCut: boolean },
): string {
  const dialogues = record.projections.view(record.registry.part('dialogue').name).tables;
  const known = new Map<string, DialogueDocument | undefined>();
  const dialogueOf = (id: string) => {
    if (!known.has(id)) {
      const row = dialogues.prepare('SELECT document FROM {entries} WHERE id = ?').get(id);
      known.set(id, row && keptJson<DialogueDocument>(row['document']));
    }
    return known.get(id);
  };
  const told = isCut
    ? `What is due of what you follow: the first ${entriesMax}, and there is more.`
    : 'What is due of what you follow.';
  return icalendar(
    [
      ['NAME', 'Entente: due'],
      ['X-WR-CALNAME', 'Entente: due'],
      ['DESCRIPTION', text(told)],
      ['REFRESH-INTERVAL;VALUE=DURATION', 'PT1H'],
    ],
    items.map((one) => componentOf(one, dialogueOf(one.dialogueId))),
  );
}
