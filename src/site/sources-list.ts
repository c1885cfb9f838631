import { html, written } from '#libs/html';
import type { Html } from '#libs/html';
import { occurredInWords } from '../wording/dates.js';
import type { SourceDocument, Sources } from '../reading/documents.js';
import { renamedIn } from '../wording/corrected-source.js';
import { disownedInWords } from '../wording/flags.js';
import { addressesIn } from '../wording/quotes.js';
import { capitalised, term } from '../wording/terms.js';

function citationOf(citation: string): readonly Html[] {
  return addressesIn(citation).map(({ text, isAddress }) =>
    isAddress ? html`<a href="${text}" rel="noreferrer">${written(text)}</a>` : written(text),
  );
}

function issuerOf({ issuers, issuerName }: SourceDocument): Html | string {
  if (issuers.length > 0) return `issued by ${issuers.join(' and ')}`;
  return issuerName === null ? 'no party' : written(issuerName);
}

/** Who has disowned it: its earlier entries are marked where they stand, for none of them drops out by that. */
function disownedBy(source: SourceDocument): Html | string {
  const words = disownedInWords(source);
  if (words === '') return '';
  return html` <span class="flagged"
    >⚑ ${capitalised(words)}. What was recorded on it before stays, and is marked.</span
  >`;
}

/** By what it was cited until it was corrected. */
function renamed(source: SourceDocument): readonly Html[] {
  return renamedIn(source).map(({ said, was }) => {
    const before = was.map(
      (one) => html`<div class="was"><span class="label">Was, until then:</span> ${written(one)}</div>`,
    );
    return html`<p class="amended">${capitalised(said)}</p>
      ${before}`;
  });
}

export function sourcesList(sources: Sources): Html {
  if (sources.size === 0) return html``;
  const items = [...sources.values()].map((one) => {
    const via = one.obtainedVia === undefined ? undefined : sources.get(one.obtainedVia);
    return html`<li id="source-${one.id}">
      <cite>${one.title === null ? '(its title is erased)' : written(one.title)}</cite>
      <span class="said"
        >${term(one.kind)}, ${issuerOf(one)}, in
        ${one.lang}${one.date === undefined ? '' : `, ${occurredInWords({ edtf: one.date })}`};
        ${one.held ? 'its bytes are held' : 'cited, not held'}</span
      >${disownedBy(one)}
      ${one.citation === null ? '' : html`<span class="citation">${citationOf(one.citation)}</span>`}
      ${renamed(one)}
      ${via === undefined ? '' : html`<span class="said">obtained through <a href="#source-${via.id}">${via.title === null ? via.id : written(via.title)}</a></span>`}
    </li>`;
  });
  return html`<section aria-labelledby="sources">
    <h2 id="sources">Sources</h2>
    <ol class="sources">
      ${items}
    </ol>
  </section>`;
}
