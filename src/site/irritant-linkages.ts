import { html } from '#libs/html';
import type { Html } from '#libs/html';
import type { LangText, SaidView } from '#libs/decider';
import { atMoment } from './as-of-form.js';
import { keyOf } from '../reading/naming.js';
import { partyCode, quotations, saidLine, titled, titleNoted } from './fragments.js';
import type { IrritantReading } from './irritant.reading.js';

interface Shown extends SaidView {
  readonly irritantId: string;
  readonly condition: string;
  readonly state: string;
  readonly answer?: SaidView;
  readonly released: readonly SaidView[];
  readonly title?: unknown;
  readonly titled?: { readonly by: string | null; readonly isNeutral: boolean };
}

/** The other irritant by its key, as it stood at the moment that is shown. */
export function linkTo({ readings }: IrritantReading, irritantId: string): Html {
  const key = keyOf(readings.record, irritantId) ?? irritantId;
  return html`<a href="/irritants/${key}${atMoment(readings)}">${key}</a>`;
}

const conditions: { readonly [condition: string]: readonly [here: string, there: string] } = {
  precedes: ['this one comes before', 'comes before this one:'],
  together: ['to be settled together with', 'to be settled together with this one:'],
  package: ['in one package with', 'in one package with this one:'],
  other: ['linked with', 'linked with this one:'],
};

function item(reading: IrritantReading, one: Shown, isIncoming: boolean): Html {
  const { sources } = reading;
  const [here, there] = conditions[one.condition] ?? ['', ''];
  const title = (one.title ?? {}) as LangText;
  return html`<article class="claim">
    <h3>
      ${isIncoming ? there : here} ${linkTo(reading, one.irritantId)}
      ${Object.keys(title).length === 0 ? '' : titled(title, '')}${one.titled === undefined ? '' : titleNoted(one.titled)}
      <span class="badge">${one.state}</span>
    </h3>
    ${quotations(one, 'text')} ${saidLine(one, sources)}
    ${
      one.answer === undefined
        ? ''
        : html`<p>${partyCode(one.answer.party)} ${one.state === 'rejected' ? 'rejected' : 'accepted'} it</p>
            ${quotations(one.answer, 'reason')} ${saidLine(one.answer, sources)}`
    }
    ${one.released.map(
      (word) =>
        html`<p>${partyCode(word.party)} says that it ends</p>
          ${quotations(word, 'reason')} ${saidLine(word, sources)}`,
    )}
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
