import { labelOf } from '../wording/quotes.js';
import type { Quote } from '../wording/quotes.js';
import { marksOn } from '../wording/spoken.js';
import { aloneInWords } from '../wording/standing.js';
import { Term, term } from '../wording/terms.js';
import type { BriefReading } from './brief.reading.js';
import { cited, joined, list, quiet, section, spokenWords, told } from './brief-document.js';
import type { Block, Line } from './brief-document.js';
import { inShort, lastOf } from './brief-history.js';
import type { Act, Acts } from './brief-history.js';
import type { Talks } from './talks.js';
import { nameOf, partyInWords, saidInWords, whenInWords } from './brief-words.js';

/** Words of an entry with what they are, where that is not plain. */
export function quotation(quote: Quote): Line {
  const label = labelOf(quote);
  const words = spokenWords(quote);
  return label === '' ? words : [`${label}: `, ...words];
}

/** What began an instrument has no name before its own words. */
function about(talks: Talks, { on, isFirst }: Act): Line {
  if (!isFirst) return [];
  const name = nameOf(talks, on.id);
  return name.length === 0 ? [] : [` (${term(on.kind)}: `, ...name, ')'];
}

/** The claim, step or other entry that it is about. */
function aboutEntry({ onEntry }: Act): Line {
  return onEntry.length === 0 ? [] : [' (on: ', ...told(onEntry), ')'];
}

/** What became of it; who recorded it the summary says. */
function recorded(act: Act): Line {
  const { notes } = marksOn(act, 'its summary');
  return notes.length === 0 ? [] : [` [${notes.join('; ')}]`];
}

function inFull(talks: Talks, act: Act): Line {
  const words = joined(act.quotes.map(quotation), ' / ');
  return [
    ...told(act.summary),
    ...aboutEntry(act),
    ...about(talks, act),
    ...(words.length === 0 ? [] : [': ', ...words]),
    ...saidInWords(act, 'its summary'),
    ...act.flagged,
  ];
}

/** The last word of each side on the matter, whatever it was, with its source. */
export function lastWords({ talks, sides, names }: BriefReading, { acts }: Acts): readonly Block[] {
  return section('What each side said last', [
    list(
      sides.map((party) => {
        const last = lastOf(acts, party);
        return [
          { strong: [...partyInWords(party, names), ':'] },
          ' ',
          ...(last === undefined ? ['nothing on this matter is recorded.'] : inFull(talks, last)),
        ];
      }),
    ),
  ]);
}

export function historyOf({ talks }: BriefReading, { acts: all, fallen }: Acts): readonly Block[] {
  const shown = inShort(all);
  const rows = shown.map((act): readonly Line[] => [
    [whenInWords(act)],
    [
      ...told(act.summary),
      ...aboutEntry(act),
      ...about(talks, act),
      ...recorded(act),
      ...cited(act.sources),
      ...act.flagged,
    ],
    act.moved === undefined ? [] : [{ strong: Term(act.moved.to) }, aloneInWords(act.moved)],
  ]);
  const title =
    shown.length === all.length ? 'History' : `History in short: ${shown.length} of ${all.length} entries`;
  const out = fallen.map((one): Line => [`s${one.seq}: `, ...told(one.summary), `: ${one.how}`]);
  return section(title, [
    { kind: 'table', label: 'History', head: ['When', 'What', 'Stage reached'], rows },
    ...(out.length === 0 ? [] : [quiet('Recorded and no longer counted:'), list(out)]),
  ]);
}
