import type { SourceDocument, Sources } from '../reading/documents.js';
import { renamedIn } from '../wording/corrected-source.js';
import { occurredInWords } from '../wording/dates.js';
import { disownedInWords } from '../wording/flags.js';
import { addressesIn } from '../wording/quotes.js';
import { capitalised, term } from '../wording/terms.js';
import { given, heading, paragraph } from './brief-document.js';
import type { Block, Line } from './brief-document.js';

function issuerOf({ issuers, issuerName }: SourceDocument): Line {
  if (issuers.length > 0) return [` of ${issuers.join(' and ')}`];
  return issuerName === null ? [] : [', ', given(issuerName)];
}

function disownedBy(source: SourceDocument): Line {
  const words = disownedInWords(source);
  return words === '' ? [] : ['; ', { strong: words }];
}

/** By what it was cited until it was corrected. */
function renamed(source: SourceDocument): Line {
  return renamedIn(source).flatMap(({ said, was }): Line => {
    const before = was.flatMap((one): Line => [' [until then: ', given(one), ']']);
    return [`; ${said}`, ...before];
  });
}

/** Addresses stand as such; everything else of a citation is text. */
function citationOf(citation: string): Line {
  return addressesIn(citation).map(({ text, isAddress }) => (isAddress ? { address: text } : given(text)));
}

/** What is cited, in the order of its numbers; what it was obtained through comes after. */
export function sourcesOf(sources: Sources): Block {
  const items = [...sources.values()].map((one) => {
    const via = one.obtainedVia === undefined ? undefined : sources.get(one.obtainedVia);
    const date = one.date === undefined ? '' : `, ${occurredInWords({ edtf: one.date })}`;
    const text: Line = [
      { strong: one.title === null ? '(its title is erased)' : [given(one.title)] },
      `. ${capitalised(term(one.kind))}`,
      ...issuerOf(one),
      `, in ${one.lang}${date}; ${one.held ? 'held' : 'cited, not held'}`,
      ...disownedBy(one),
      ...renamed(one),
      ...(via === undefined
        ? []
        : ['; obtained through ', via.title === null ? 'a source whose title is erased' : given(via.title)]),
      '. ',
      ...(one.citation === null ? [] : citationOf(one.citation)),
    ];
    return { id: `source-${one.id}`, text };
  });
  return {
    kind: 'page',
    id: 'sources',
    blocks: [
      heading(2, 'Sources'),
      items.length === 0 ? paragraph('Nothing is cited.') : { kind: 'list', isNumbered: true, items },
    ],
  };
}
