import type { SaidView } from '#libs/decider';
import { html } from '#libs/html';
import type { Html } from '#libs/html';
import { atMoment } from './as-of-form.js';
import { citations, partyNamed, quotations } from './fragments.js';
import type { Comparison } from '../reading/overview.js';
import type { RoundReading } from './round.reading.js';
import { Term } from '../wording/terms.js';

type Subject = Comparison['subjects'][number];
type Point = SaidView & { readonly assertsJoint: boolean; readonly kind: string };

function sameInWords(what: string, { wordedDifferently }: Subject): string {
  return `${what} by both${wordedDifferently === true ? ', worded differently' : ''}`;
}

function resultInWords(subject: Subject): string {
  switch (subject.result) {
    case 'agreed':
      return sameInWords('Agreed', subject);
    case 'discussed':
      return sameInWords('Said to be discussed', subject);
    case 'differing':
      return 'The accounts differ';
    case 'contradicted':
      return 'Contradicted';
    case 'silent':
      return `${subject.silent.join(' and ')} ${subject.silent.length === 1 ? 'is' : 'are'} silent`;
    case 'side-by-side':
      return 'Each its own, side by side';
  }
}

/** What became of what stands between the sides. */
function becameInWords({ became, divergences }: Subject): string {
  const by = new Set(divergences.flatMap((one) => one.reconciledBy.map(({ party }) => party)));
  switch (became) {
    case null:
      return '';
    case 'open':
      return 'Not noted as a divergence';
    case 'noted':
      return by.size === 0
        ? 'Noted as a divergence'
        : `Noted as a divergence; settled, says ${[...by].join(' and ')}`;
    case 'reconciled':
      return 'Settled since: both sides say so';
  }
}

function pointsOf({ sources }: RoundReading, points: readonly (SaidView & object)[], isPress: boolean): Html {
  if (points.length === 0) return html`<span class="none">Says nothing of it</span>`;
  return html`${(points as readonly Point[]).map(
    (one) =>
      html`<p><b>${Term(one.kind)}</b></p>
        ${quotations(one, 'quote')}
        <p class="said">
          ${isPress ? '' : one.assertsJoint ? 'said of both sides' : 'said for itself'}
          ${citations(one.sources, sources)}
        </p>`,
  )}`;
}

function subjectOf({ readings }: RoundReading, { key, kind }: Subject): Html {
  if (key === null) return html`${kind === null ? '' : Term(kind)}`;
  return html`<a href="/irritants/${key}${atMoment(readings)}">${key}</a>`;
}

/** By the keys of the irritants; what names none of them comes last. */
function inOrder(subjects: readonly Subject[]): readonly Subject[] {
  return subjects.toSorted((one, other) => {
    if (one.key === null || other.key === null) return Number(one.key === null) - Number(other.key === null);
    return one.key.localeCompare(other.key, 'en', { numeric: true });
  });
}

/** The two accounts matter by matter; where one is silent, the silence is shown and not filled. */
export function pointsTable(reading: RoundReading): Html {
  const { comparison, names } = reading;
  const hasPress = comparison.subjects.some((one) => one.press.length > 0);
  const rows = inOrder(comparison.subjects).map(
    (subject) =>
      html`<tr role="row">
        <th role="rowheader" scope="row">${subjectOf(reading, subject)}</th>
        <td role="cell" data-label="Comparison">
          <span class="result result-${subject.result}">${resultInWords(subject)}</span>
          ${subject.became === null ? '' : html`<p class="said">${becameInWords(subject)}</p>`}
        </td>
        ${comparison.parties.map(
          (party) =>
            html`<td role="cell" data-label="${party}">
              ${pointsOf(reading, subject.byParty[party] ?? [], false)}
            </td>`,
        )}
        ${hasPress ? html`<td role="cell" data-label="Press">${pointsOf(reading, subject.press, true)}</td>` : ''}
      </tr>`,
  );
  return html`<section aria-labelledby="comparison">
    <h2 id="comparison">The accounts, point by point</h2>
    <p class="quiet">
      Agreed means that the accounts of both sides say it. What a side calls for, and what it expects of the
      next round, is its own and is never counted as agreed. What the press says is no side’s word.
    </p>
    <table role="table" class="cards comparison" aria-labelledby="comparison">
      <thead role="rowgroup">
        <tr role="row">
          <th role="columnheader" scope="col">Matter</th>
          <th role="columnheader" scope="col">Comparison</th>
          ${comparison.parties.map(
            (party) => html`<th role="columnheader" scope="col">${partyNamed(party, names)}</th>`,
          )}
          ${hasPress ? html`<th role="columnheader" scope="col">Press</th>` : ''}
        </tr>
      </thead>
      <tbody role="rowgroup">
        ${
          rows.length === 0
            ? html`<tr role="row">
                <td role="cell" colspan="4" class="none">No points are recorded</td>
              </tr>`
            : rows
        }
      </tbody>
    </table>
  </section>`;
}
