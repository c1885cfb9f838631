import { html } from '#libs/html';
import type { Html } from '#libs/html';
import type { ProposalDocument } from '../reading/documents.js';
import { occurredInWords } from '../wording/dates.js';
import { partyCode, quotations, saidLine, titled } from './fragments.js';
import type { IrritantReading } from './irritant.reading.js';
import { assents, versions } from './irritant-texts.js';
import { wordsOf } from '../wording/spoken.js';
import { term } from '../wording/terms.js';

/** A text that is on the table, or was: its versions, and who stands to the latest one. */
export function proposalItem({ sources }: IrritantReading, proposal: ProposalDocument): Html {
  const latest = proposal.versions.at(-1);
  const validUntil =
    latest?.validUntil === undefined
      ? ''
      : html`<p>It stands until ${occurredInWords({ edtf: latest.validUntil })}, says its side.</p>`;
  const ended =
    proposal.ended === null
      ? ''
      : html`<p>
            ${partyCode(proposal.ended.party)} says that it has
            ${proposal.ended.how === 'lapsed' ? 'lapsed' : 'declined it'}
          </p>
          ${quotations(proposal.ended, 'reason')} ${saidLine(proposal.ended, sources)}`;
  return html`<article class="claim">
    <h3>
      Proposal: ${titled(wordsOf(proposal, 'title'), 'its title is not recorded')}
      <span class="badge">${term(proposal.status)}</span>
    </h3>
    ${assents(proposal, sources)} ${validUntil} ${ended}
    ${versions(proposal.versions, sources, (one) => quotations(one, 'texts'))}
  </article>`;
}
