import type { Piece } from '#libs/full-text';
import { html, written } from '#libs/html';
import { layout } from '../layout/page.js';
import type { Html } from '#libs/html';
import type { Query } from '../platform/http/query.js';
import { badges, nothing, titleNoted } from './fragments.js';
import { readerBar } from './reader-bar.js';
import type { PageReader } from './reader-bar.js';
import type { FoundEntry, SearchReading } from './search.reading.js';
import { Term } from '../wording/terms.js';

function excerpt(pieces: readonly Piece[]): Html {
  if (pieces.length === 0) return html``;
  return html`<p class="excerpt" dir="auto">
    ${pieces.map(({ text, isMatch }) => (isMatch ? html`<mark>${text}</mark>` : text))}
  </p>`;
}

function foundItem({ hit, page, about }: FoundEntry): Html {
  const key = hit.key === null ? '' : html`<span class="key">${hit.key}</span> `;
  const title =
    hit.title === null
      ? nothing('(no title)')
      : html`${written(hit.title)}${titleNoted({ by: hit.titleBy, isNeutral: hit.titleBy === null })}`;
  const named = page === undefined ? html`${key}${title}` : html`<a href="${page}">${key}${title}</a>`;
  const links = about.map(
    ({ address, name }, index) => html`${index === 0 ? '' : ', '}<a href="${address}">${name}</a>`,
  );
  return html`<li>
    <h2>${named}${badges(hit.synthetic ? ['synthetic'] : [])}</h2>
    <p class="said">${Term(hit.kind)}${links.length === 0 ? '' : html` on ${links}`}</p>
    ${excerpt(hit.excerpt)}
  </li>`;
}

function results({ found, next, asOf }: SearchReading, query: Query): Html {
  if (found.length === 0) return html`<p class="none">Nothing in the record has all of these words.</p>`;
  const onward = new URLSearchParams({ q: query['q'] ?? '', cursor: next ?? '', knownAt: asOf ?? '' });
  return html`<ol class="found">
      ${found.map(foundItem)}
    </ol>
    ${next === undefined ? '' : html`<p><a rel="next" href="/search?${onward.toString()}">More</a></p>`}`;
}

/** What was found in the record, what changed last first. */
export function searchPage(reading: SearchReading | undefined, query: Query, reader: PageReader): string {
  const q = query['q'] ?? '';
  return layout({
    title: q === '' ? 'Search' : `Search for ${q}`,
    main: html`${readerBar(reader, q)}
      <p class="crumb"><a href="/">The record</a> › Search</p>
      <h1>${reading === undefined ? 'Search the record' : html`Found for: ${written(q)}`}</h1>
      ${reading === undefined ? '' : results(reading, query)}
      <p class="quiet">
        Found is what has every word, in its own words or in a name that the record gives to a party or a
        delegate. The last word may be the beginning of one; words between quotation marks must follow each
        other. What changed last stands first.
      </p>`,
  });
}
