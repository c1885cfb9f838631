import { since } from '#libs/decider';
import { html } from '#libs/html';
import type { Html } from '#libs/html';
import { claimArticle } from './claims.js';
import { capacity, partyCode, quotations, saidLine, titled } from './fragments.js';
import { sinceInWords } from '../wording/dates.js';
import { openInWords, openOn } from '../briefing/open-points.js';
import type { Awaited, Instrument } from '../briefing/open-points.js';
import type { IrritantDocument } from '../reading/documents.js';
import { linkTo } from './irritant-linkages.js';
import { entryLink } from './irritant-standing.js';
import type { IrritantReading } from './irritant.reading.js';
import { wordsOf } from '../wording/spoken.js';
import { awaitedInWords, Term, term } from '../wording/terms.js';

type Resolution = IrritantDocument['resolutions'][number];

function section(id: string, title: string, content: readonly Html[]): Html {
  if (content.length === 0) return html``;
  return html`<section aria-labelledby="${id}">
    <h2 id="${id}">${title}</h2>
    ${content}
  </section>`;
}

/** By its name, title or text, whichever its kind has. */
function nameOf({ linked }: IrritantReading, { kind, id }: Awaited['on']): Html {
  const instrument = linked.find((one) => one['id'] === id) ?? {};
  const words = ['name', 'title', 'text'].map((field) => wordsOf(instrument, field));
  const found = words.find((one) => Object.keys(one).length > 0);
  return found === undefined ? html`${term(kind)}` : html`${term(kind)}: ${titled(found, '')}`;
}

function awaitedItem(reading: IrritantReading, one: Awaited): Html {
  const { from, since, on, irritantId } = one;
  const of =
    typeof irritantId === 'string'
      ? html` (${linkTo(reading, irritantId)})`
      : on.kind === 'irritant'
        ? ''
        : html` (${nameOf(reading, on)})`;
  return html`<li>From ${partyCode(from)}: ${awaitedInWords(one)}${of}, since ${sinceInWords(since)}</li>`;
}

/** Also what the instruments await: a page that says that nothing is awaited must mean all that it shows. */
function awaited(reading: IrritantReading): readonly Html[] {
  const open = openOn(reading.irritant, reading.linked as unknown as readonly Instrument[]);
  const coverage = open.coverage.map(
    ({ party }) => html`<li>Only ${partyCode(party)} says that the notes exchanged cover it.</li>`,
  );
  const flags = open.flags.map((one) => html`<li>Flag: ${term(one.kind)}</li>`);
  const all = [...open.awaited.map((one) => awaitedItem(reading, one)), ...coverage, ...flags];
  const count = html`<p class="${all.length === 0 ? 'none' : 'open'}">${openInWords(open)}.</p>`;
  return all.length === 0
    ? [count]
    : [
        count,
        html`<ul>
          ${all}
        </ul>`,
      ];
}

/** What an acceptance waits for. */
function conditionsOf(reading: IrritantReading, { state, conditions = [] }: Resolution): Html {
  if (state !== 'conditional') return html``;
  const others = [...new Set(conditions.map(({ on }) => on))];
  return others.length === 0
    ? html`<p>Accepted; nothing that is linked is waited for any more.</p>`
    : html`<p>
        Accepted on a condition: it takes effect once
        ${others.map((id, index) => [index === 0 ? '' : ' and ', linkTo(reading, id)])}
        ${others.length === 1 ? 'is' : 'are'} accepted too, or closed.
      </p>`;
}

function resolutions(reading: IrritantReading): readonly Html[] {
  const { irritant, sources } = reading;
  return irritant.resolutions.map(
    (one) =>
      html`<article class="claim">
        <h3>Terms proposed by ${one.party ?? 'nobody'} <span class="badge">${one.state}</span></h3>
        ${quotations(one, 'terms')} ${saidLine(one, sources)}
        ${
          one.answer === undefined
            ? ''
            : html`<p>Answer</p>
                ${quotations(one.answer, 'reason')}${saidLine(one.answer, sources)}`
        }
        ${conditionsOf(reading, one)}
        ${
          one.takenBack === undefined
            ? ''
            : html`<p>Acceptance withdrawn by ${partyCode(one.takenBack.party)}</p>
                ${quotations(one.takenBack, 'reason')}${saidLine(one.takenBack, sources)}`
        }
      </article>`,
  );
}

/** Each act that stands beside the stage, said in a heading and in the words of whoever acted. */
function overlays({ irritant, sources }: IrritantReading): readonly Html[] {
  const acts = [
    ...irritant.suspensions.map((one) => ['Suspended', 'reason', one] as const),
    ...irritant.partialResolutions.map((one) => ['Reported as resolved in part', 'text', one] as const),
    ...irritant.acknowledgements.map((one) => ['Acknowledged, without prejudice', 'statement', one] as const),
    ...irritant.contests.map((one) => ['Contested', 'statement', one] as const),
    ...irritant.coRaised.map((one) => ['Joined in raising it', 'statement', one] as const),
    ...irritant.withdrawals.map((one) => ['Withdrawn, as a raiser', 'reason', one] as const),
    ...(irritant.dormancy === null ? [] : [['Dormancy proposed', 'reason', irritant.dormancy] as const]),
  ];
  return acts.map(
    ([title, field, one]) =>
      html`<article class="claim">
        <h3>${title} by ${one.party ?? 'nobody'}</h3>
        ${quotations(one, field)} ${saidLine(one, sources)}
      </article>`,
  );
}

function review(reading: IrritantReading): readonly Html[] {
  const { review: open, breaches } = reading.irritant;
  const flags = reading.irritant.flags.map((flag) =>
    flag.kind === 'condition-lifted'
      ? html`<li>
          The condition on ${linkTo(reading, flag.on)} was lifted, for that irritant is ${term(flag.closed)}:
          ${entryLink(reading, flag.eventId)}
        </li>`
      : html`<li>
          A consequence was refused (${flag.policy}: ${flag.code}), following from
          ${entryLink(reading, flag.cause)}
        </li>`,
  );
  const reviewed =
    open === null
      ? []
      : [
          html`<li>
            The stage is under review since ${sinceInWords(since(open.opened))}; it moves once each side has
            recorded the same conclusion.
            <ul>
              <li>Opened by ${partyCode(open.opened.party)} ${quotations(open.opened, 'reason')}</li>
              ${Object.entries(open.conclusions).map(
                ([party, { stage, said }]) =>
                  html`<li>${partyCode(party)} ${capacity(said.capacity)} concludes: ${Term(stage)}</li>`,
              )}
            </ul>
          </li>`,
        ];
  const alleged = breaches.map(() => html`<li>A breach of a commitment is alleged.</li>`);
  const all = [...reviewed, ...alleged, ...flags];
  return all.length === 0
    ? []
    : [
        html`<ul>
          ${all}
        </ul>`,
      ];
}

/** What one side says and the other has not answered, what is awaited, and what stands beside the stage. */
export function openPoints(reading: IrritantReading): Html {
  return html`${section(
    'claims',
    'Claims',
    reading.irritant.claims.map((one) => claimArticle(one, reading.sources)),
  )}
  ${section('awaited', 'Open', awaited(reading))}
  ${section('resolutions', 'Resolution', resolutions(reading))}
  ${section('acts', 'Acts beside the stage', overlays(reading))}
  ${section('review', 'Flags and review', review(reading))}`;
}
