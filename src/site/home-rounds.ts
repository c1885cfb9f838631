import { wording } from '#libs/decider';
import { html, written } from '#libs/html';
import type { Html } from '#libs/html';
import { nothing } from './fragments.js';
import { occurredInWords } from '../wording/dates.js';
import type { DialogueReading } from './home.reading.js';
import { roundStatusInWords } from './round-status.js';
import { wordsOf } from '../wording/spoken.js';

/** Who says what is shown together; where two say the same, it is said once with both. */
function eachGives(
  values: readonly (readonly [string, string])[],
  shown: (value: string) => Html | string,
): Html {
  const by = Map.groupBy(values, ([value]) => value);
  const lines = [...by].map(
    ([value, said]) =>
      html`<li>
        ${shown(value)} <span class="said">per ${[...new Set(said.map(([, who]) => who))].join(', ')}</span>
      </li>`,
  );
  return lines.length === 0
    ? nothing('Not recorded')
    : html`<ul class="plain">
        ${lines}
      </ul>`;
}

function roundRow({ round, particulars }: DialogueReading['rounds'][number]): Html {
  const told = particulars.map((one) => {
    const who = one.account?.voice === 'press' ? 'the press' : (one.account?.of ?? one.party ?? 'the record');
    return { who, date: (one as { startsAt?: string }).startsAt, venue: wording(wordsOf(one, 'venue')) };
  });
  const dates = told.flatMap(({ who, date }) =>
    date === undefined ? [] : [[occurredInWords({ edtf: date }), who] as const],
  );
  const venues = told.flatMap(({ who, venue }) => (venue === '' ? [] : [[venue, who] as const]));
  return html`<tr role="row">
    <th role="rowheader" scope="row"><a href="/rounds/${round.id}">Round ${round.number}</a></th>
    <td role="cell" data-label="Date">${eachGives(dates, (date) => date)}</td>
    <td role="cell" data-label="Status">${roundStatusInWords(round)}</td>
    <td role="cell" data-label="Venue">${eachGives(venues, (venue) => written(venue))}</td>
  </tr>`;
}

export function roundsTable({ dialogue, rounds }: DialogueReading): Html {
  if (rounds.length === 0) return html`<p class="none">No rounds are recorded.</p>`;
  return html`<table role="table" class="cards rounds" aria-labelledby="rounds-${dialogue.id}">
    <thead role="rowgroup">
      <tr role="row">
        ${['Round', 'Date', 'Status', 'Venue'].map((name) => html`<th role="columnheader" scope="col">${name}</th>`)}
      </tr>
    </thead>
    <tbody role="rowgroup">
      ${rounds.map(roundRow)}
    </tbody>
  </table>`;
}
