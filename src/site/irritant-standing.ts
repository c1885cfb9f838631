import type { LangText } from '#libs/decider';
import { html, written } from '#libs/html';
import type { Html } from '#libs/html';
import {
  badges,
  capacity,
  nothing,
  partyCode,
  partyNamed,
  quotations,
  saidLine,
  spokenWords,
  stageMark,
  titled,
  told,
} from './fragments.js';
import type { IrritantDocument } from '../reading/documents.js';
import { instantInWords, occurredInWords, sinceInWords } from '../wording/dates.js';
import type { IrritantReading } from './irritant.reading.js';
import { rulesBefore, rulesIn } from '../wording/legal-bases.js';
import { entryInWords } from '../wording/tellings.js';
import { spokenAs, wordsOf } from '../wording/spoken.js';
import { aloneInWords, reopenedInWords, reopeningOf } from '../wording/standing.js';
import { basisInWords, capitalised, raisersInWords, Term } from '../wording/terms.js';

type Milestone = IrritantDocument['milestones'][number];

/** Who opened it again, and beside it what was resolved before. */
function reopened({ irritant, sources }: IrritantReading): Html {
  const reopening = reopeningOf(irritant);
  if (reopening === undefined) return html``;
  const terms = irritant.resolutions.find((one) => one.resolutionId === reopening.resolutionId);
  return html`<p class="reopened">${capitalised(reopenedInWords(reopening))}</p>
    ${quotations(reopening, 'reason')} ${saidLine(reopening, sources)}
    ${
      terms === undefined
        ? ''
        : html`<p>
              What was resolved, on terms of ${partyCode(terms.party)} that
              ${partyCode(terms.answer?.party ?? null)} accepted:
            </p>
            ${quotations(terms, 'terms')} ${saidLine(terms, sources)}`
    }`;
}

function jointStage(reading: IrritantReading): Html {
  const { irritant } = reading;
  return html`<section class="card joint" aria-labelledby="joint-stage">
    <h3 id="joint-stage">Joint stage</h3>
    <p class="big">${stageMark(irritant)}${badges(irritant.overlays)}</p>
    <p>${capacity(irritant.basis)}${aloneInWords(irritant)}, since ${sinceInWords(irritant.stageSince)}</p>
    <p class="quiet">${basisInWords(irritant)}</p>
    ${reopened(reading)}
  </section>`;
}

function position({ irritant, names, sources }: IrritantReading, party: string): Html {
  const stated = irritant.positions[party];
  const said =
    stated === undefined
      ? html`<p class="big">${nothing('No position recorded')}</p>`
      : html`<p class="big">${Term(stated.stance)}</p>
          ${quotations(stated, 'text')} ${saidLine(stated, sources)}`;
  return html`<section class="card" aria-labelledby="position-${party}">
    <h3 id="position-${party}">Position of ${partyNamed(party, names)}</h3>
    ${said}
  </section>`;
}

/** The entry's place in the timeline below, or its ordinal in the record where it is not part of it. */
export function entryLink({ entries }: Pick<IrritantReading, 'entries'>, eventId: string): Html {
  const entry = entries.find(({ event }) => event.envelope.id === eventId);
  return entry === undefined
    ? html`an entry elsewhere in the record`
    : html`<a href="#s${entry.seq}">s${entry.seq}</a> ${told(entryInWords(entry).head)}`;
}

function milestoneRow(reading: IrritantReading, one: Milestone, index: number): Html {
  const rests = one.restsOn.map((eventId) => html`<li>${entryLink(reading, eventId)}</li>`);
  const when = one.occurred === undefined ? 'no date claimed' : occurredInWords(one.occurred);
  return html`<tr role="row">
    <th role="rowheader" scope="row">
      ${stageMark({ stage: one.stage, milestones: reading.irritant.milestones.slice(0, index) })}
    </th>
    <td role="cell" data-label="Occurred">${when}</td>
    <td role="cell" data-label="Recorded">${instantInWords(one.recordedAt)}</td>
    <td role="cell" data-label="Basis">${capacity(one.basis)}${aloneInWords(one)}</td>
    <td role="cell" data-label="Rests on">
      <ul class="plain">
        ${rests}
      </ul>
    </td>
  </tr>`;
}

function milestones(reading: IrritantReading): Html {
  return html`<h3 id="milestones">Milestones reached</h3>
    <table role="table" class="cards" aria-labelledby="milestones">
      <thead role="rowgroup">
        <tr role="row">
          <th role="columnheader" scope="col">Stage</th>
          <th role="columnheader" scope="col">Occurred</th>
          <th role="columnheader" scope="col">Recorded</th>
          <th role="columnheader" scope="col">Basis</th>
          <th role="columnheader" scope="col">Rests on</th>
        </tr>
      </thead>
      <tbody role="rowgroup">
        ${reading.irritant.milestones.map((one, index) => milestoneRow(reading, one, index))}
      </tbody>
    </table>`;
}

/** The joint stage, and right beside it what each side says for itself. */
export function standingSection(reading: IrritantReading): Html {
  return html`<section aria-labelledby="standing">
    <h2 id="standing">Where it stands</h2>
    <div class="side-by-side">
      ${jointStage(reading)} ${reading.dialogue.parties.map((party) => position(reading, party))}
    </div>
    ${milestones(reading)}
  </section>`;
}

/** The rules that each party invokes itself, and by which entry. */
function legalBases(reading: IrritantReading): readonly (readonly [Html, Html])[] {
  const { irritant, names, sources } = reading;
  return Object.entries(irritant.legalBasis).map(([party, given]) => {
    const lined = (rules: readonly string[]) =>
      rules.map((one, index) => [index === 0 ? '' : '; ', written(one)]);
    const before = rulesBefore(given).map(
      (one) => html`<p class="was">Was, until it was corrected: ${lined(one)}</p>`,
    );
    return [
      html`Legal basis given by ${partyNamed(party, names)}`,
      html`<p>${lined(rulesIn(given))}</p>
        ${before}
        <p class="quiet">By ${entryLink(reading, given.eventId)}</p>
        ${saidLine(given, sources)}`,
    ];
  });
}

/** What was raised, by whom, and what each side calls it. */
export function matterSection(reading: IrritantReading): Html {
  const { irritant, names, sources } = reading;
  const designations = Object.entries(irritant.designations as { readonly [party: string]: object });
  const rows: readonly (readonly [string | Html, Html | readonly Html[]])[] = [
    ['Raised by', html`${raisersInWords(irritant)}`],
    ['To be answered by', html`${irritant.respondents.join(' and ')}`],
    ['Category', html`${Term(irritant.category)}`],
    ['Statement', spokenAs(irritant.raised, 'statement', wordsOf(irritant, 'statement')).map(spokenWords)],
    ...designations.map(([party, text]) => {
      const name = names.get(party);
      return [
        html`${name === undefined ? party : written(name)} calls it`,
        titled(text as LangText, '(erased)'),
      ] as const;
    }),
    ...legalBases(reading),
    ['Entered', saidLine(irritant.raised, sources)],
  ];
  const isEmpty = (value: Html | readonly Html[]) => String(value) === '';
  return html`<section aria-labelledby="matter">
    <h2 id="matter">The matter</h2>
    <dl class="facts">
      ${rows.map(([name, value]) =>
        isEmpty(value)
          ? ''
          : html`<div>
              <dt>${name}</dt>
              <dd>${value}</dd>
            </div>`,
      )}
    </dl>
  </section>`;
}
