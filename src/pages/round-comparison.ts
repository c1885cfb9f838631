import type { SaidView } from '#libs/decider';
import { html } from '../description/page.js';
import type { Html } from '../description/page.js';
import { atMoment } from './as-of-form.js';
import { citations, partyNamed, quotations } from './fragments.js';
import type { Comparison } from '../audit/documents.js';
import type { RoundReading } from './round.reading.js';
import { Term } from './terms.js';

type Point = Comparison['points'][number];
type PartyPoint = SaidView & { readonly assertsJoint: boolean };

function resultInWords(point: Point): string {
  switch (point.result) {
    case 'agreed':
      return point.wordedDifferently ? 'Agreed by both, worded differently' : 'Agreed by both';
    case 'worded-differently':
      return 'Worded differently';
    case 'contradicted':
      return 'Contradicted';
    case 'silent':
      return `${point.silent.join(' and ')} ${point.silent.length === 1 ? 'is' : 'are'} silent`;
    case 'side-by-side':
      return 'Each its own, side by side';
  }
}

function columnOf({ sources }: RoundReading, point: Point, party: string): Html {
  const own = (point.byParty[party] ?? []) as unknown as readonly PartyPoint[];
  if (own.length === 0) return html`<span class="none">Says nothing of it</span>`;
  return html`${own.map(
    (one) =>
      html`${quotations(one, 'quote')}
        <p class="said">
          ${one.assertsJoint ? 'said of both sides' : 'said for itself'} ${citations(one.sources, sources)}
        </p>`,
  )}`;
}

function subject({ query, moment }: RoundReading, point: Point): Html {
  const kind = Term(point.kind);
  if (point.key === null) return html`${kind}`;
  return html`<a href="/irritants/${point.key}${atMoment(query, moment)}">${point.key}</a> ${kind}`;
}

/** By the keys of the irritants; what names none of them comes last. */
function inOrder(points: readonly Point[]): readonly Point[] {
  return points.toSorted((one, other) => {
    if (one.key === null || other.key === null) return Number(one.key === null) - Number(other.key === null);
    return one.key.localeCompare(other.key, 'en', { numeric: true });
  });
}

/** The two accounts point by point; where one is silent, the silence is shown and not filled. */
export function pointsTable(reading: RoundReading): Html {
  const { comparison, names } = reading;
  const rows = inOrder(comparison.points).map(
    (point) =>
      html`<tr role="row">
        <th role="rowheader" scope="row">${subject(reading, point)}</th>
        <td role="cell" data-label="Comparison">
          <span class="result result-${point.result}">${resultInWords(point)}</span>
        </td>
        ${comparison.parties.map(
          (party) => html`<td role="cell" data-label="${party}">${columnOf(reading, point, party)}</td>`,
        )}
      </tr>`,
  );
  return html`<section aria-labelledby="comparison">
    <h2 id="comparison">The accounts, point by point</h2>
    <p class="quiet">
      Agreed means that the accounts of both sides say it. What a side calls for, and what it expects of the
      next round, is its own and is never counted as agreed.
    </p>
    <table role="table" class="cards comparison" aria-labelledby="comparison">
      <thead role="rowgroup">
        <tr role="row">
          <th role="columnheader" scope="col">Point</th>
          <th role="columnheader" scope="col">Comparison</th>
          ${comparison.parties.map(
            (party) => html`<th role="columnheader" scope="col">${partyNamed(party, names)}</th>`,
          )}
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
