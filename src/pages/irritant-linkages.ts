import { html } from '../description/page.js';
import type { Html } from '../description/page.js';
import type { LangText, SaidView } from '#libs/decider';
import { atMoment } from './as-of-form.js';
import type { DialogueDocument } from '../audit/documents.js';
import { partyCode, quotations, saidLine, titled } from './fragments.js';
import type { IrritantReading } from './irritant.reading.js';
import { term } from './terms.js';

interface Shown extends SaidView {
  readonly irritantId: string;
  readonly condition: string;
  readonly state: string;
  readonly answer?: SaidView;
  readonly title?: unknown;
}

/** The name that people use for the irritant behind an id. */
export function keyOf(dialogue: DialogueDocument, irritantId: string): string | undefined {
  return dialogue.irritants.find((one) => one.irritantId === irritantId)?.key;
}

const conditions: { readonly [condition: string]: readonly [here: string, there: string] } = {
  precedes: ['this one comes before', 'comes before this one:'],
  together: ['to be settled together with', 'to be settled together with this one:'],
  package: ['in one package with', 'in one package with this one:'],
  other: ['linked with', 'linked with this one:'],
};

function item(reading: IrritantReading, one: Shown, isIncoming: boolean): Html {
  const { dialogue, query, moment, sources } = reading;
  const key = keyOf(dialogue, one.irritantId) ?? one.irritantId;
  const [here, there] = conditions[one.condition] ?? ['', ''];
  const title = (one.title ?? {}) as LangText;
  return html`<article class="claim">
    <h3>
      ${isIncoming ? there : here}
      <a href="/irritants/${key}${atMoment(query, moment)}">${key}</a>
      ${Object.keys(title).length === 0 ? '' : titled(title, '')} <span class="badge">${one.state}</span>
    </h3>
    ${quotations(one, 'text')} ${saidLine(one, sources)}
    ${
      one.answer === undefined
        ? ''
        : html`<p>${partyCode(one.answer.party)} ${term(one.state)} it</p>
            ${quotations(one.answer, 'reason')} ${saidLine(one.answer, sources)}`
    }
  </article>`;
}

/** What either side asserts between this irritant and others: asserted here, or on the other one. */
export function linkagesSection(reading: IrritantReading): Html {
  const own = reading.irritant.linkages.flatMap((one) =>
    one.direction === 'outgoing' ? [item(reading, one, false)] : [],
  );
  const all = [...own, ...reading.incoming.map((one) => item(reading, one, true))];
  if (all.length === 0) return html``;
  return html`<section aria-labelledby="linkages">
    <h2 id="linkages">Linkages</h2>
    ${all}
  </section>`;
}
