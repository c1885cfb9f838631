import { html } from '#libs/html';
import type { Html } from '#libs/html';
import type { AssetDocument } from '../reading/documents.js';
import { capacity, partyCode, quotations, saidLine, titled } from './fragments.js';
import type { IrritantReading } from './irritant.reading.js';
import { wordsOf } from '../wording/spoken.js';
import { term } from '../wording/terms.js';

/** Each side says for itself whose it is; beside it stands only what both say the same of. */
function ownership({ dialogue, sources }: IrritantReading, asset: AssetDocument): readonly Html[] {
  return dialogue.parties.map((party) => {
    const own = asset.ownership[party];
    return html`<div class="card">
      <h4>${partyCode(party)} on whose it is</h4>
      ${
        own === undefined
          ? html`<p class="none">Says nothing of it</p>`
          : html`<p>Owner ${own.owner} (${term(own.tenure)}), holder ${own.holder}${titledAs(own)}</p>
              ${quotations(own, 'statement')}${saidLine(own, sources)}`
      }
    </div>`;
  });
}

function titledAs(own: object): Html {
  const name = wordsOf(own, 'name');
  return Object.keys(name).length === 0 ? html`` : html`; calls it ${titled(name, '')}`;
}

function accesses({ sources }: IrritantReading, asset: AssetDocument): readonly Html[] {
  return asset.accesses.map(
    (one) =>
      html`<p>${partyCode(one.party)} asked for access (${term(one.purpose)}): <b>${term(one.state)}</b></p>
        ${quotations(one, 'text')} ${saidLine(one, sources)}
        ${
          one.answer === null
            ? ''
            : html`${quotations(one.answer, 'conditions')} ${quotations(one.answer, 'reason')}
              ${saidLine(one.answer, sources)}`
        }`,
  );
}

function inspections({ sources }: IrritantReading, asset: AssetDocument): readonly Html[] {
  return asset.inspections.map(
    (one) =>
      html`<p>Inspection recorded by ${partyCode(one.party)}</p>
        ${quotations(one, 'findings')} ${saidLine(one, sources)}`,
  );
}

function damages({ sources }: IrritantReading, asset: AssetDocument): readonly Html[] {
  return asset.damages.map(
    (one) =>
      html`<p>${partyCode(one.party)} assesses damage of ${one.amount} ${one.currency}</p>
        ${quotations(one, 'text')} ${saidLine(one, sources)}
        ${
          one.dispute === null
            ? ''
            : html`<p>
                  Disputed by
                  ${partyCode(one.dispute.party)}${one.dispute.amount === undefined ? '' : `, who holds it to be ${one.dispute.amount} ${one.dispute.currency ?? ''}`}
                </p>
                ${quotations(one.dispute, 'reason')} ${saidLine(one.dispute, sources)}`
        }`,
  );
}

function returns({ sources }: IrritantReading, asset: AssetDocument): readonly Html[] {
  return asset.returns.map(
    (one) =>
      html`<p>${partyCode(one.party)} ${capacity(one.capacity)} says that it was returned to ${one.to}</p>
        ${quotations(one, 'protocol')} ${saidLine(one, sources)}`,
  );
}

/** Property at issue: whose it is as each side says, and what was asked, found, assessed and returned. */
export function assetItem(reading: IrritantReading, asset: AssetDocument): Html {
  return html`<article class="claim">
    <h3>
      ${titled(wordsOf(asset, 'name'), 'Asset (its name is erased)')}
      <span class="badge">${term(asset.status)}</span>
    </h3>
    <div class="side-by-side">${ownership(reading, asset)}</div>
    ${accesses(reading, asset)} ${inspections(reading, asset)} ${damages(reading, asset)}
    ${returns(reading, asset)}
  </article>`;
}
