import { wording } from '#libs/decider';
import { html } from '#libs/html';
import { layout } from '../layout/page.js';
import type { Html } from '#libs/html';
import { asOfBanner, asOfForm } from './as-of-form.js';
import {
  badges,
  capacity,
  citations,
  clocks,
  partyNamed,
  quotations,
  saidLine,
  titled,
} from './fragments.js';
import { occurredInWords } from '../wording/dates.js';
import { keptLines, scheduledDuringInWords } from '../wording/kept.js';
import { pointsTable } from './round-comparison.js';
import { delegations, particulars } from './round-particulars.js';
import type { RoundReading } from './round.reading.js';
import { roundStatusInWords } from './round-status.js';
import { wordsOf } from '../wording/spoken.js';
import { readerBar } from './reader-bar.js';
import type { PageReader } from './reader-bar.js';
import { sourcesList } from './sources-list.js';
import { thirdPartiesSection } from './third-parties.js';
import { marksOf, Term } from '../wording/terms.js';

type Account = RoundReading['comparison']['pressAccounts'][number];

function accountsCard({ sources }: RoundReading, id: string, of: Html, own: readonly Account[]): Html {
  return html`<section class="card" aria-labelledby="account-${id}">
    <h3 id="account-${id}">${of}</h3>
    ${own.length === 0 ? html`<p class="none">No account recorded</p>` : ''}
    <ul>
      ${own.map(
        (one) =>
          html`<li>
            ${Term(one.rendering)}, in ${one.lang}${one.superseded ? ', replaced since' : ''}
            ${capacity(one.capacity)}
            <span class="said">${clocks(one)} ${citations([{ sourceId: one.sourceId }], sources)}</span>
          </li>`,
      )}
    </ul>
  </section>`;
}

/** Of each side, and apart from them of the press. */
function accounts(reading: RoundReading): Html {
  const { comparison, names } = reading;
  const { pressAccounts } = comparison;
  const columns = comparison.parties.map((party) =>
    accountsCard(reading, party, partyNamed(party, names), comparison.accounts[party] ?? []),
  );
  const press = pressAccounts.length === 0 ? '' : accountsCard(reading, 'press', html`Press`, pressAccounts);
  return html`<section aria-labelledby="accounts">
    <h2 id="accounts">Accounts</h2>
    <div class="side-by-side">${columns} ${press}</div>
  </section>`;
}

function nextRound({ comparison, sources }: RoundReading): Html {
  if (comparison.nextRound.length === 0) return html``;
  return html`<section aria-labelledby="next">
    <h2 id="next">The next round</h2>
    ${comparison.nextRound.map(
      (one) =>
        html`<article class="claim">
          <h3>
            ${one.party ?? 'The record'}${one.date === undefined ? '' : `: ${occurredInWords({ edtf: one.date })}`}
          </h3>
          ${quotations(one, 'text')} ${saidLine(one, sources)}
        </article>`,
    )}
  </section>`;
}

/** One round, as each side has it: particulars, names, and the two accounts point by point. */
export function roundPage(reading: RoundReading, reader: PageReader): string {
  const { round, dialogue, readings, sources } = reading;
  const path = `/rounds/${round.id}`;
  const name = wording(wordsOf(dialogue, 'name'));
  const during = scheduledDuringInWords(reading.comparison.scheduledDuring);
  const agenda = round.agenda.map((one) => html`<li>${titled(wordsOf(one, 'title'), '(erased)')}</li>`);
  return layout({
    title: `Round ${round.number}${name === '' ? '' : `, ${name}`}`,
    main: html`${readerBar(reader)}
      <p class="crumb"><a href="/">The record</a> › ${titled(wordsOf(dialogue, 'name'), 'Dialogue')}</p>
      ${asOfBanner(path, readings)}
      <h1>Round ${round.number}${badges(marksOf(round))}</h1>
      <p class="big">${roundStatusInWords(round)}</p>
      ${during === undefined ? '' : html`<p>${during}</p>`} ${keptLines(dialogue)}
      ${asOfForm(path, readings.query, reading.grades)} ${particulars(reading)} ${delegations(reading)}
      ${accounts(reading)} ${pointsTable(reading)} ${nextRound(reading)}
      ${thirdPartiesSection(dialogue, sources, { id: 'third-parties', level: 2, isAbout: reading.isAbout })}
      ${
        agenda.length === 0
          ? ''
          : html`<section aria-labelledby="agenda">
              <h2 id="agenda">Agenda</h2>
              <ul>
                ${agenda}
              </ul>
            </section>`
      }
      ${sourcesList(sources)}`,
  });
}
