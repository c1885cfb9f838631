import { html } from '#libs/html';
import type { Html } from '#libs/html';
import type { CommitmentDocument } from '../reading/documents.js';
import { isOverdue } from '../briefing/agenda.js';
import { occurredInWords } from '../wording/dates.js';
import { badges, capacity, partyCode, quotations, saidLine, spokenWords } from './fragments.js';
import type { IrritantReading } from './irritant.reading.js';
import { spokenAs, wordsOf } from '../wording/spoken.js';
import { Term, term } from '../wording/terms.js';

function dueInWords({ due, originalDue }: CommitmentDocument): string {
  if (due === null) return 'no date is set';
  const moved =
    originalDue === null || originalDue === due ? '' : `, at first ${occurredInWords({ edtf: originalDue })}`;
  return `due ${occurredInWords({ edtf: due })}${moved}`;
}

/** For whom it is in force, by whose own word, and for whom it is only asserted. */
function undertakings({ sources }: IrritantReading, commitment: CommitmentDocument): readonly Html[] {
  const { undertakings: words, agreedFor, declined } = commitment;
  const undertaken = words.map(
    (one) =>
      html`<p>${partyCode(one.party)} undertakes it</p>
        ${quotations(one, 'statement')} ${saidLine(one, sources)}`,
  );
  const agreed = agreedFor.map(
    (one) =>
      html`<p>
        In force for ${partyCode(one.obligor)} by version ${one.version} of a ${term(one.by.kind)} that both
        agreed (${capacity(one.basis)}).
      </p>`,
  );
  const declining = declined.map(
    (one) =>
      html`<p>${partyCode(one.party)} declines it</p>
        ${quotations(one, 'reason')} ${saidLine(one, sources)}`,
  );
  const open = commitment.assertedFor.filter((party) => !declined.some((one) => one.party === party));
  const asserted = html`<p>Only asserted of ${open.join(' and ')}, not undertaken.</p>`;
  return [...undertaken, ...agreed, ...declining, ...(open.length === 0 ? [] : [asserted])];
}

/** What is said of the fulfilment, and each answer under it. */
function reports({ sources }: IrritantReading, commitment: CommitmentDocument): readonly Html[] {
  return commitment.reports.map(
    (one) =>
      html`<p>${partyCode(one.party)} reports that it has fulfilled it: <b>${term(one.state)}</b></p>
        ${quotations(one, 'reason')} ${saidLine(one, sources)}
        ${one.answers.map(
          (answer) =>
            html`<p>
                ${partyCode(answer.party)} ${answer.kind === 'acknowledged' ? 'acknowledges' : 'disputes'} it
              </p>
              ${quotations(answer, 'reason')} ${saidLine(answer, sources)}`,
        )}`,
  );
}

function allegations({ sources }: IrritantReading, commitment: CommitmentDocument): readonly Html[] {
  return commitment.allegations.map(
    (one) =>
      html`<p>${partyCode(one.party)} alleges a breach: <b>${term(one.state)}</b></p>
        ${quotations(one, 'reason')} ${saidLine(one, sources)}
        ${one.answers.map(
          (answer) =>
            html`<p>Answer of ${partyCode(answer.party)}</p>
              ${quotations(answer, 'reason')} ${saidLine(answer, sources)}`,
        )}
        ${
          one.withdrawn === null
            ? ''
            : html`<p>${partyCode(one.withdrawn.party)} withdrew it</p>
                ${quotations(one.withdrawn, 'reason')} ${saidLine(one.withdrawn, sources)}`
        }`,
  );
}

/** A new date holds once both sides have named it; until then it is what one side proposes. */
function extensions(commitment: CommitmentDocument): readonly Html[] {
  return commitment.extensions.map(
    ({ due, byBoth, said }) =>
      html`<p>
        ${byBoth ? 'Both sides set a new date:' : html`${said.map((one) => partyCode(one.party))} proposes a new date:`}
        ${occurredInWords({ edtf: due })} ${said.map((one) => capacity(one.capacity))}
      </p>`,
  );
}

/** What is owed by whom, and beside it what each side says of its fulfilment, of a breach and of the date. */
export function commitmentItem(reading: IrritantReading, commitment: CommitmentDocument): Html {
  const { sources } = reading;
  const conditions = wordsOf(commitment, 'conditions');
  const marks = [
    commitment.status,
    ...(isOverdue(commitment, reading.at) ? ['overdue'] : []),
    ...(commitment.breachOpen ? ['breach-alleged'] : []),
  ];
  return html`<article class="claim">
    <h3>Commitment of ${commitment.obligors.join(' and ')}${badges(marks)}</h3>
    <p>
      Owed to ${commitment.beneficiaries.join(' and ')}, ${term(commitment.mode)}; ${dueInWords(commitment)}.
      ${commitment.basis === null ? '' : `Rests on: ${term(commitment.basis.kind)}.`}
    </p>
    ${spokenAs(commitment.asserted, 'text', wordsOf(commitment, 'text')).map(spokenWords)}
    ${
      Object.keys(conditions).length === 0
        ? ''
        : html`<p>On condition:</p>
            ${spokenAs(commitment.asserted, 'conditions', conditions).map(spokenWords)}`
    }
    ${saidLine(commitment.asserted, sources)} ${undertakings(reading, commitment)}
    ${reports(reading, commitment)} ${allegations(reading, commitment)} ${extensions(commitment)}
    ${commitment.waivers.map(
      (one) =>
        html`<p>${partyCode(one.party)} releases the other side from it</p>
          ${quotations(one, 'reason')} ${saidLine(one, sources)}`,
    )}
    ${commitment.discharged === null ? '' : html`<p>${Term('discharged')}: both sides hold it to be kept.</p>`}
  </article>`;
}
