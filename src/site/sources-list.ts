import type { SourceRef } from '#libs/decider';
import { html, written } from '#libs/html';
import type { Html } from '#libs/html';
import type { Readings } from '../reading/readings.js';
import { occurredInWords } from './dates.js';
import type { SourceDocument, Sources } from '../reading/documents.js';
import { addressesIn } from './quotes.js';
import { term } from './terms.js';

/**
 * The sources that are cited, in the order in which they first are, with those through which they were obtained; all of
 * them as of the moment of what cites them.
 */
export function readSources(readings: Readings, refs: Iterable<SourceRef>): Sources {
  const sources = new Map<string, SourceDocument>();
  const wanted = [...refs].map((one) => one.sourceId);
  for (const id of wanted) {
    if (sources.has(id)) continue;
    const source = readings.named('sources', id);
    if (source === undefined) continue;
    sources.set(id, source);
    if (source.obtainedVia !== undefined) wanted.push(source.obtainedVia);
  }
  return sources;
}

/** Whatever a representation cites, in the order in which it does. */
export function citedIn(value: unknown): readonly SourceRef[] {
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([name, member]) =>
    name === 'sources' && Array.isArray(member) ? (member as readonly SourceRef[]) : citedIn(member),
  );
}

function citationOf(citation: string): readonly Html[] {
  return addressesIn(citation).map(({ text, isAddress }) =>
    isAddress ? html`<a href="${text}" rel="noreferrer">${written(text)}</a>` : written(text),
  );
}

function issuerOf({ issuers, issuerName }: SourceDocument): Html | string {
  if (issuers.length > 0) return `issued by ${issuers.join(' and ')}`;
  return issuerName === null ? 'no party' : written(issuerName);
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
      >
      ${one.citation === null ? '' : html`<span class="citation">${citationOf(one.citation)}</span>`}
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
