import { html } from '#libs/html';
import type { Html } from '#libs/html';
import type { IrritantDocument } from '../reading/documents.js';
import { openInWords, openOn } from '../briefing/open-points.js';
import type { Awaited } from '../briefing/open-points.js';
import { capacity, nothing } from './fragments.js';
import { sinceInWords } from '../wording/dates.js';
import type { DialogueReading } from './home.reading.js';
import { awaitedInWords, term } from '../wording/terms.js';

/** What is claimed and not answered, or in part alone, says so where the answer is awaited. */
function awaitedItem({ claims }: IrritantDocument, awaited: Awaited): Html {
  const { from, since, on, claimId } = awaited;
  const claim = claims.find((one) => one.claimId === claimId);
  const claimed =
    claim === undefined
      ? ''
      : html`<b>${claim.party ?? 'Nobody'}</b> claims: ${term(claim.kind)} ${capacity(claim.capacity)};
          ${term(claim.state)}. `;
  const of = on.kind === 'irritant' ? '' : ` (${term(on.kind)})`;
  return html`<li>
    ${claimed}Awaited from <b>${from}</b>: ${awaitedInWords(awaited)}${of}, since ${sinceInWords(since)}
  </li>`;
}

/** What is open on an irritant: how much, and what. */
export function openPoints({ instruments }: DialogueReading, irritant: IrritantDocument): Html {
  const open = openOn(irritant, instruments);
  const coverage = open.coverage.map(
    ({ party }) => html`<li>Only <b>${party ?? 'nobody'}</b> says that the notes exchanged cover it</li>`,
  );
  const flags = open.flags.map((one) => html`<li>Flag: ${term(one.kind)}</li>`);
  const all = [...open.awaited.map((one) => awaitedItem(irritant, one)), ...coverage, ...flags];
  return all.length === 0
    ? nothing(openInWords(open))
    : html`${openInWords(open)}
        <ul class="plain">
          ${all}
        </ul>`;
}
