import { html, written } from '#libs/html';
import type { Html } from '#libs/html';
import { atMoment } from './as-of-form.js';
import type {
  AssetDocument,
  CommitmentDocument,
  ExchangeDocument,
  ProposalDocument,
  RoadmapDocument,
  RoundDocument,
} from '../reading/documents.js';
import { capacity, partyCode, quotations, saidLine, titled } from './fragments.js';
import { assetItem } from './irritant-assets.js';
import { commitmentItem } from './irritant-commitments.js';
import { proposalItem } from './irritant-proposals.js';
import { roadmapItem } from './irritant-roadmaps.js';
import type { IrritantReading } from './irritant.reading.js';
import { wordsOf } from '../wording/spoken.js';
import { roundStatusInWords } from './round-status.js';
import { Term, term } from '../wording/terms.js';

function roundItem(reading: IrritantReading, round: RoundDocument): Html {
  const path = `/rounds/${round.id}${atMoment(reading.readings)}`;
  return html`<article class="claim">
    <h3><a href="${path}">Round ${round.number}</a></h3>
    <p>${roundStatusInWords(round)}</p>
  </article>`;
}

/** Each side asserts for itself whether the notes concern the irritant; only both together move its stage. */
function coverage(
  { irritant, dialogue, sources }: IrritantReading,
  exchange: ExchangeDocument,
): readonly Html[] {
  const asserted = exchange.coverage.find((one) => one.irritantId === irritant.id)?.asserted ?? [];
  return dialogue.parties.map((party) => {
    const own = asserted.find((one) => one.party === party);
    return html`<div class="card">
      <h4>${partyCode(party)} on whether it covers this irritant</h4>
      ${
        own === undefined
          ? html`<p class="none">Says nothing of it</p>`
          : html`<p>Says that it does</p>
              ${quotations(own, 'text')}${saidLine(own, sources)}`
      }
    </div>`;
  });
}

/** The subject is what the exchange is called; it is nobody's words. */
function subjectOf(report: object): Html {
  const subject = wordsOf(report, 'subject');
  return Object.keys(subject).length === 0 ? html`` : html`<p>Subject: ${titled(subject, '')}</p>`;
}

/** The number of a note is among its words, and gone where these are erased. */
function numberOf(note: object): Html {
  const { number } = note as { readonly number?: string };
  return number === undefined ? html`` : html` No. ${written(number)}`;
}

function exchangeItem(reading: IrritantReading, exchange: ExchangeDocument): Html {
  const reports = exchange.reports.map((one) => html`${subjectOf(one)}${saidLine(one, reading.sources)}`);
  const notes = exchange.notes.map(
    (one) =>
      html`<p>
          ${Term(one.form)}${numberOf(one)} from ${partyCode(one.from)} to ${partyCode(one.to)}:
          ${one.replies.length === 0 ? 'no reply recorded' : 'replied'}; its text is
          ${one.textHeld ? 'held' : 'not held'}
        </p>
        ${saidLine(one, reading.sources)}`,
  );
  const characters = Object.entries(exchange.legalCharacters).map(
    ([party, one]) =>
      html`<p>${partyCode(party)} ${capacity(one.capacity)} holds that it is ${term(one.character)}</p>
        ${quotations(one, 'text')}`,
  );
  return html`<article class="claim">
    <h3>Exchange of notes <span class="badge">${exchange.status}</span></h3>
    ${reports} ${notes} ${characters}
    <div class="side-by-side">${coverage(reading, exchange)}</div>
  </article>`;
}

export function instrumentsSection(reading: IrritantReading): Html {
  if (reading.linked.length === 0) return html``;
  const items = reading.linked.map((one) => {
    if (one.kind === 'round') return roundItem(reading, one as unknown as RoundDocument);
    if (one.kind === 'exchange') return exchangeItem(reading, one as unknown as ExchangeDocument);
    if (one.kind === 'asset') return assetItem(reading, one as unknown as AssetDocument);
    if (one.kind === 'proposal') return proposalItem(reading, one as unknown as ProposalDocument);
    if (one.kind === 'roadmap') return roadmapItem(reading, one as unknown as RoadmapDocument);
    if (one.kind === 'commitment') return commitmentItem(reading, one as unknown as CommitmentDocument);
    return html`<article class="claim"><h3>${Term(one.kind)}</h3></article>`;
  });
  return html`<section aria-labelledby="instruments">
    <h2 id="instruments">Rounds and instruments</h2>
    ${items}
  </section>`;
}
