import { wording } from '#libs/decider';
import type { SaidView } from '#libs/decider';
import { html, written } from '#libs/html';
import type { Html } from '#libs/html';
import { capacity, citations, partyNamed, titled } from './fragments.js';
import { durationInWords, occurredInWords } from '../wording/dates.js';
import type { RoundReading } from './round.reading.js';
import { wordsOf } from '../wording/spoken.js';
import { Term } from '../wording/terms.js';

type Particular = RoundReading['comparison']['particulars'][number];
type Account = Particular['account'];
type Given = RoundReading['comparison']['names'][number]['given'][number];

/** Whose word it is: a party's own account, or the press, which speaks for no party. */
function voiceOf({ sources }: RoundReading, said: SaidView, account: Account): Html {
  const cited =
    account === null
      ? citations(said.sources, sources)
      : citations([{ sourceId: account.sourceId }], sources);
  const voice = account?.voice === 'press' ? 'the press' : (account?.of ?? said.party ?? 'the record');
  const replaced = account?.superseded === true ? ', in an account that it replaced since' : '';
  return html`${voice}${replaced} ${capacity(said.capacity)} ${cited}`;
}

function particularRow(reading: RoundReading, one: Particular): Html {
  const facts = one as Particular & { readonly [field: string]: string | undefined };
  const dates = [facts['startsAt'], facts['endsAt']].filter((date) => date !== undefined);
  const cells: readonly (readonly [string, string | Html | undefined])[] = [
    ['Date', dates.map((date) => occurredInWords({ edtf: date })).join(' to ')],
    ['Duration', facts['duration'] === undefined ? '' : durationInWords(facts['duration'])],
    ['Level', facts['level'] === undefined ? '' : written(facts['level'])],
    ['Host', facts['hostParty']],
    ['Venue', wording(wordsOf(one, 'venue')) === '' ? '' : titled(wordsOf(one, 'venue'), '')],
  ];
  return html`<tr role="row">
    <th role="rowheader" scope="row">
      ${voiceOf(reading, one, one.account)}
      ${one.as === 'account' ? '' : html`<span class="said">${Term(one.as)}</span>`}
    </th>
    ${cells.map(([name, value]) => html`<td role="cell" data-label="${name}">${value ?? ''}</td>`)}
  </tr>`;
}

export function particulars(reading: RoundReading): Html {
  const rows = reading.comparison.particulars.map((one) => particularRow(reading, one));
  return html`<section aria-labelledby="particulars">
    <h2 id="particulars">Particulars, as each gives them</h2>
    <table role="table" class="cards" aria-labelledby="particulars">
      <thead role="rowgroup">
        <tr role="row">
          ${['Who says so', 'Date', 'Duration', 'Level', 'Host', 'Venue'].map(
            (name) => html`<th role="columnheader" scope="col">${name}</th>`,
          )}
        </tr>
      </thead>
      <tbody role="rowgroup">
        ${
          rows.length === 0
            ? html`<tr role="row">
                <td role="cell" colspan="6" class="none">None are recorded</td>
              </tr>`
            : rows
        }
      </tbody>
    </table>
  </section>`;
}

/** The role that a name is given in; none where its source names none. */
function spelling(reading: RoundReading, one: Given): Html {
  const role = one.role === undefined ? '' : html`${Term(one.role)}: `;
  const words = one as Given & { lang?: string; nameAsGiven?: string; titleAsGiven?: string };
  const title = words.titleAsGiven === undefined ? '' : html`, ${written(words.titleAsGiven, words.lang)}`;
  return html`<li>
    ${role}<b>${words.nameAsGiven === undefined ? '(erased)' : written(words.nameAsGiven, words.lang)}</b>${title}
    <span class="said">given by ${voiceOf(reading, one, one.account)}</span>
  </li>`;
}

/** Every spelling and title as it was given, each with who gives it: none of them is the right one. */
export function delegations(reading: RoundReading): Html {
  const { comparison, names } = reading;
  if (comparison.names.length === 0) return html``;
  const columns = comparison.parties.map((party) => {
    const people = comparison.names.filter((one) => one.party === party);
    return html`<section class="card" aria-labelledby="delegation-${party}">
      <h3 id="delegation-${party}">Delegation of ${partyNamed(party, names)}</h3>
      ${people.length === 0 ? html`<p class="none">Nobody is named</p>` : ''}
      ${people.map(
        (person) =>
          html`<ul>
            ${person.given.map((one) => spelling(reading, one))}
          </ul>`,
      )}
    </section>`;
  });
  return html`<section aria-labelledby="delegations">
    <h2 id="delegations">Delegations</h2>
    <div class="side-by-side">${columns}</div>
  </section>`;
}
