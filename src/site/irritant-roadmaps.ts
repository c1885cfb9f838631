import type { LangText } from '#libs/decider';
import { html } from '#libs/html';
import type { Html } from '#libs/html';
import type { RoadmapDocument } from '../reading/documents.js';
import { occurredInWords } from '../wording/dates.js';
import {
  capacity,
  clocks,
  nothing,
  partyCode,
  quotations,
  saidLine,
  spokenWords,
  titled,
} from './fragments.js';
import type { IrritantReading } from './irritant.reading.js';
import { assents, versions } from './irritant-texts.js';
import { spokenAs, wordsOf } from '../wording/spoken.js';
import { Term, term } from '../wording/terms.js';

type Step = RoadmapDocument['steps'][number];

/** Steps have ids for programs; people count them. */
function numberOf(roadmap: RoadmapDocument, stepId: string): string {
  const index = roadmap.steps.findIndex((one) => one.stepId === stepId);
  return index === -1 ? 'a former step' : `step ${index + 1}`;
}

function numbersOf(roadmap: RoadmapDocument, stepIds: readonly string[]): Html {
  return stepIds.length === 0
    ? nothing('Nothing')
    : html`${stepIds.map((one) => numberOf(roadmap, one)).join(', ')}`;
}

/** The last word on the step, which made its state. */
function lastWord(step: Step): Html {
  const words = [step.waived, step.accepted, step.blocked, step.rejected, step.reported, step.started];
  const last = words.find((one) => one !== null) ?? null;
  if (last === null) return html``;
  return html`<span class="said">${partyCode(last.party)} ${capacity(last.capacity)} · ${clocks(last)}</span>
    ${quotations(last, 'reason')}`;
}

function stepRow(roadmap: RoadmapDocument, step: Step, index: number): Html {
  const due = step.due === undefined ? nothing('No date') : html`${occurredInWords({ edtf: step.due })}`;
  const acceptance = wordsOf(step, 'acceptance');
  return html`<tr role="row">
    <th role="rowheader" scope="row">
      ${index + 1}. ${titled(step.text ?? {}, '(its words are not held)')}
      <span class="said"
        >${step.mandatory ? 'Mandatory' : 'Not mandatory'}${Object.keys(acceptance).length === 0 ? '' : html`; done when: ${titled(acceptance, '')}`}</span
      >
    </th>
    <td role="cell" data-label="Responsible">${partyCode(step.responsible)}</td>
    <td role="cell" data-label="State">${Term(step.state)} ${lastWord(step)}</td>
    <td role="cell" data-label="Due">${due}</td>
    <td role="cell" data-label="In return">
      ${numbersOf(roadmap, step.counterpart === undefined ? [] : [step.counterpart])}
    </td>
    <td role="cell" data-label="Waits for">${numbersOf(roadmap, step.waitsFor)}</td>
  </tr>`;
}

function stepsTable(roadmap: RoadmapDocument): Html {
  if (roadmap.steps.length === 0)
    return html`<p class="none">No version is agreed yet, so nobody owes a step.</p>`;
  const heads = ['Step', 'Responsible', 'State', 'Due', 'In return', 'Waits for'];
  return html`<table role="table" class="cards" aria-label="Steps of the agreed version">
    <thead role="rowgroup">
      <tr role="row">
        ${heads.map((one) => html`<th role="columnheader" scope="col">${one}</th>`)}
      </tr>
    </thead>
    <tbody role="rowgroup">
      ${roadmap.steps.map((one, index) => stepRow(roadmap, one, index))}
    </tbody>
  </table>`;
}

/** The preamble and the steps as the version has them. */
function textOf(one: RoadmapDocument['versions'][number]): Html {
  const { texts = {} } = one as { texts?: { readonly [key: string]: LangText } };
  const steps = one.steps.map(
    ({ stepId, responsible, due }) =>
      html`<li>
        ${partyCode(responsible)}:
        ${titled(texts[stepId] ?? {}, '(its words are not held)')}${due === undefined ? '' : `, due ${occurredInWords({ edtf: due })}`}
      </li>`,
  );
  return html`${spokenAs(one, 'texts', texts['preamble'] ?? {}).map(spokenWords)}
    <ol>
      ${steps}
    </ol>`;
}

/** The plan: the steps of the agreed version with what was done about each, and who stands to the latest version. */
export function roadmapItem({ sources }: IrritantReading, roadmap: RoadmapDocument): Html {
  const terminated = roadmap.terminations.map(
    (one) =>
      html`<p>${partyCode(one.party)} terminated it</p>
        ${quotations(one, 'reason')} ${saidLine(one, sources)}`,
  );
  const former =
    roadmap.formerSteps.length === 0
      ? ''
      : html`<p class="quiet">
          Steps that an amendment dropped, and what was done about them:
          ${roadmap.formerSteps.map((one) => term(one.state)).join(', ')}.
        </p>`;
  return html`<article class="claim">
    <h3>
      Roadmap: ${titled(wordsOf(roadmap, 'title'), 'its title is not recorded')}
      <span class="badge">${term(roadmap.status)}</span>
    </h3>
    ${assents(roadmap, sources)} ${stepsTable(roadmap)} ${former} ${terminated}
    ${roadmap.versions.length === 0 ? '' : versions(roadmap.versions, sources, textOf)}
  </article>`;
}
