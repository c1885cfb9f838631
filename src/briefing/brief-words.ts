import type { LangText, Occurred, SaidView } from '#libs/decider';
import { instantInWords, occurredInWords } from '../wording/dates.js';
import type { PartyNames } from '../wording/party-names.js';
import { flagInWords } from '../wording/flags.js';
import type { EntryFlag } from '../reading/entry-flags.js';
import { isWordsField } from '../platform/record/words-field.js';
import { marksOn, spoken, spokenAs } from '../wording/spoken.js';
import type { Worded } from '../wording/spoken.js';
import { capacityMarks } from '../wording/terms.js';
import { cited, given, named, quotations } from './brief-document.js';
import type { Line } from './brief-document.js';
import type { Talks } from './talks.js';

/** `Russia (RU)`, or the code alone where the record knows no name. */
export function partyInWords(code: string, names: PartyNames): Line {
  const name = names.get(code);
  return name === undefined ? [code] : [given(name), ` (${code})`];
}

export function capacityInShort(capacity: SaidView['capacity']): string {
  return `${capacityMarks[capacity]} ${capacity}`;
}

interface When {
  readonly occurred?: Occurred | undefined;
  readonly recordedAt: string;
}

/** When it happened, as claimed; where nobody claims a time, when it was recorded. */
export function whenInWords({ occurred, recordedAt }: When): string {
  return occurred === undefined ? `recorded ${instantInWords(recordedAt)}` : occurredInWords(occurred);
}

/** In which capacity it was said, when, and on which evidence: stands after the words themselves. */
export function saidInWords(one: When & Worded & Pick<SaidView, 'sources'>, beside?: 'its summary'): Line {
  const about = [capacityInShort(one.capacity), whenInWords(one), ...marksOn(one, beside).notes];
  return [` (${about.join(', ')})`, ...cited(one.sources), ...wasInWords(one)];
}

/** What the words were before they were corrected. */
export function wasInWords(one: Worded): Line {
  return marksOn(one).was.flatMap(({ field, text, worded }): Line => {
    const before = isWordsField(field) ? quotations(spokenAs(worded, field, text)) : named(text, '');
    return [' [until it was corrected: ', ...before, ']'];
  });
}

/** What is to be looked at in an entry, each with the source or the entry that it is about. */
export function flagsInWords(
  party: string | null,
  flags: readonly EntryFlag[],
  nameOf: (eventId: string) => string,
): Line {
  return flags.flatMap((flag): Line => {
    const words = { strong: `⚑ ${flagInWords(flag, party)}` };
    return [
      ' [',
      words,
      ...('sourceId' in flag ? [' ', { source: flag.sourceId }] : [`: ${nameOf(flag.eventId)}`]),
      ']',
    ];
  });
}

/** The words that an entry holds under a field, after a space; nothing where there are none, or they are erased. */
export function quoted(entry: Worded, field: string): Line {
  const words = quotations(spoken(entry, field));
  return words.length === 0 ? [] : [' ', ...words];
}

/** The name of an instrument that a word is about; nothing for one that has none, as rounds and notes have none. */
export function nameOf(talks: Talks, id: string): Line {
  const [one] = [
    ...talks.proposals.map(({ id: own, title }) => ({ own, text: title })),
    ...talks.roadmaps.map(({ id: own, title }) => ({ own, text: title })),
    ...talks.commitments.map(({ id: own, text }) => ({ own, text })),
    ...talks.assets.map(({ id: own, name }) => ({ own, text: name })),
  ].filter(({ own }) => own === id);
  const name = named(one?.text as LangText | null, '');
  return name[0] === '' ? [] : name;
}
