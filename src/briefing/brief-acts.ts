import type { IrritantDocument } from '../audit/documents.js';
import { labelOf } from '../pages/quotes.js';
import type { Quote, Told } from '../pages/quotes.js';
import { Term, term } from '../pages/terms.js';
import type { BriefReading } from './brief.reading.js';
import { cited, given, joined, list, section } from './brief-document.js';
import type { Block, Line } from './brief-document.js';
import { inShort, lastOf } from './brief-history.js';
import type { Act } from './brief-history.js';
import type { Talks } from './talks.js';
import { nameOf, partyInWords, saidInWords, whenInWords } from './brief-words.js';

function quotation(quote: Quote): Line {
  const label = labelOf(quote);
  const words = { words: quote.text, lang: quote.lang, quoted: true };
  return label === '' ? [words] : [`${label}: `, words];
}

function toldInWords(pieces: readonly Told[]): Line {
  return pieces.map(({ text, isWritten }) => (isWritten ? given(text) : text));
}

/** Of several instruments of one kind, which one it is. */
function about(talks: Talks, { on }: Act): Line {
  const name = nameOf(talks, on.id);
  return name.length === 0 ? [] : [` (${term(on.kind)}: `, ...name, ')'];
}

function inFull(talks: Talks, act: Act): Line {
  const words = joined(act.quotes.map(quotation), ' / ');
  return [
    ...toldInWords(act.summary),
    ...about(talks, act),
    ...(words.length === 0 ? [] : [': ', ...words]),
    ...saidInWords(act),
  ];
}

/** The last word of each side on the matter, whatever it was, with its source. */
export function lastWords(
  { talks, acts, sides, names }: BriefReading,
  { id }: IrritantDocument,
): readonly Block[] {
  return section('What each side said last', [
    list(
      sides.map((party) => {
        const last = lastOf(acts.get(id) ?? [], party);
        return [
          { strong: [...partyInWords(party, names), ':'] },
          ' ',
          ...(last === undefined ? ['nothing on this matter is recorded.'] : inFull(talks, last)),
        ];
      }),
    ),
  ]);
}

export function historyOf({ talks, acts }: BriefReading, { id }: IrritantDocument): readonly Block[] {
  const all = acts.get(id) ?? [];
  const shown = inShort(all);
  const rows = shown.map((act): readonly Line[] => [
    [whenInWords(act)],
    [...toldInWords(act.summary), ...about(talks, act), ...cited(act.sources)],
    act.movedTo === undefined ? [] : [{ strong: Term(act.movedTo) }],
  ]);
  const title =
    shown.length === all.length ? 'History' : `History in short: ${shown.length} of ${all.length} entries`;
  return section(title, [{ kind: 'table', label: 'History', head: ['When', 'What', 'Stage reached'], rows }]);
}
