import { html } from '#libs/html';
import { layout } from '../layout/page.js';
import type { Html } from '#libs/html';
import type { Query } from '../platform/http/query.js';
import { categories, stages } from '../irritants/irritant.events.js';
import { badges, capacity, nothing, partyNamed, stageMark, titled, titleNoted } from './fragments.js';
import type { DialogueDocument, IrritantDocument } from '../reading/documents.js';
import { agendaSection } from './home-agenda.js';
import { isAboutTheWhole } from './home.reading.js';
import { keptLines } from '../wording/kept.js';
import { claimsOnDialogue } from './claims.js';
import { openPoints } from './home-open-points.js';
import { roundsTable } from './home-rounds.js';
import type { DialogueReading, HomeReading } from './home.reading.js';
import { wordsOf } from '../wording/spoken.js';
import { oneSideInWords, reopeningOf } from '../wording/standing.js';
import { readerBar } from './reader-bar.js';
import type { PageReader } from './reader-bar.js';
import { sourcesList } from './sources-list.js';
import { thirdPartiesSection } from './third-parties.js';
import { marksOf, raisedInWords, Term } from '../wording/terms.js';

function irritantRow(reading: DialogueReading, irritant: IrritantDocument): Html {
  const { dialogue } = reading;
  const positions = dialogue.parties.map((party) => {
    const stated = irritant.positions[party];
    const said =
      stated === undefined
        ? nothing('No position recorded')
        : html`${Term(stated.stance)} ${capacity(stated.capacity)}`;
    return html`<td role="cell" data-label="Position of ${party}">${said}</td>`;
  });
  return html`<tr role="row">
    <th role="rowheader" scope="row">
      <a href="/irritants/${irritant.key}"
        ><span class="key">${irritant.key}</span> ${titled(wordsOf(irritant, 'title'), '(erased)')}</a
      >${titleNoted(irritant.titled)}
      <span class="said">${Term(irritant.category)} · ${raisedInWords(irritant)}</span>
    </th>
    <td role="cell" data-label="Joint stage">
      ${stageMark(irritant)} ${capacity(irritant.basis)}<span class="alone"
        >${oneSideInWords(irritant, reopeningOf(irritant))}</span
      >${badges([...irritant.overlays, ...marksOf({ ...irritant, synthetic: false })])}
    </td>
    ${positions}
    <td role="cell" data-label="Still open">${openPoints(reading, irritant)}</td>
  </tr>`;
}

function irritantsTable(reading: DialogueReading, query: Query): Html {
  const { dialogue, names, irritants, next } = reading;
  const isFiltered = ['stage', 'category', 'awaiting'].some((one) => query[one] !== undefined);
  if (irritants.length === 0)
    return html`<p class="none">
      ${isFiltered ? 'No irritant is what the form asks for.' : 'No irritants are recorded.'}
    </p>`;
  const onward = new URLSearchParams(
    Object.entries({ ...query, dialogue: dialogue.id, cursor: next }).filter(
      (one): one is [string, string] => one[1] !== undefined,
    ),
  );
  return html`<table role="table" class="cards irritants" aria-labelledby="irritants-${dialogue.id}">
      <thead role="rowgroup">
        <tr role="row">
          <th role="columnheader" scope="col">Irritant</th>
          <th role="columnheader" scope="col">Joint stage</th>
          ${dialogue.parties.map(
            (party) => html`<th role="columnheader" scope="col">Position of ${partyNamed(party, names)}</th>`,
          )}
          <th role="columnheader" scope="col">Still open</th>
        </tr>
      </thead>
      <tbody role="rowgroup">
        ${irritants.map((one) => irritantRow(reading, one))}
      </tbody>
    </table>
    ${next === undefined ? '' : html`<p><a rel="next" href="/?${onward.toString()}">Next page of irritants</a></p>`}`;
}

/** What the opening says that the dialogue is for. */
function aimOf(dialogue: DialogueDocument): Html {
  const aim = wordsOf(dialogue, 'aim');
  return Object.keys(aim).length === 0 ? html`` : html`<p>Aim, as its opening has it: ${titled(aim, '')}</p>`;
}

function dialogueSection(reading: DialogueReading, query: Query): Html {
  const { dialogue, names } = reading;
  return html`<section aria-labelledby="dialogue-${dialogue.id}">
    <h2 id="dialogue-${dialogue.id}">
      ${titled(wordsOf(dialogue, 'name'), dialogue.keyPrefix)}${badges([...(dialogue.synthetic ? ['synthetic: invented parties'] : []), ...(dialogue.suspensions.length > 0 ? ['suspended'] : []), ...marksOf({ ...dialogue, synthetic: false })])}
    </h2>
    <p>
      Between ${partyNamed(dialogue.parties[0] ?? '', names)} and
      ${partyNamed(dialogue.parties[1] ?? '', names)}
    </p>
    ${keptLines(dialogue)}
    <p class="kept">
      <a href="/dialogues/${dialogue.id}/trust">How far is this record trusted, and by whom?</a>
    </p>
    ${aimOf(dialogue)} ${agendaSection(reading)}
    ${claimsOnDialogue(dialogue, reading.sources, reading.books.length > 0)}
    <h3 id="irritants-${dialogue.id}">Irritants</h3>
    ${irritantsTable(reading, query)}
    <h3 id="rounds-${dialogue.id}">Rounds</h3>
    ${roundsTable(reading)}
    ${thirdPartiesSection(dialogue, reading.sources, { id: `third-parties-${dialogue.id}`, level: 3, isAbout: isAboutTheWhole })}
  </section>`;
}

interface Choice {
  readonly all: readonly string[];
  readonly chosen: string | undefined;
  readonly said?: (one: string) => string;
}

function choiceField(name: string, label: string, { all, chosen, said = Term }: Choice): Html {
  const options = all.map((one) =>
    one === chosen
      ? html`<option value="${one}" selected>${said(one)}</option>`
      : html`<option value="${one}">${said(one)}</option>`,
  );
  return html`<div class="field">
    <label for="${name}">${label}</label>
    <select id="${name}" name="${name}">
      <option value="">All</option>
      ${options}
    </select>
  </div>`;
}

/** The record at a glance: the joint stage of every irritant beside each side's own position and what is still open. */
export function homePage({ dialogues, parties }: HomeReading, query: Query, reader: PageReader): string {
  return layout({
    title: 'The record',
    main: html`${readerBar(reader)}
      <h1>The record</h1>
      <p class="quiet">
        A joint stage needs the word of both sides. What one side alone says stands as its claim until the
        other answers. ● direct: the party recorded it itself; ◐ attributed: others did, from a source.
      </p>
      <form class="filters" method="get" action="/">
        <fieldset>
          <legend>Show irritants</legend>
          ${choiceField('stage', 'At the stage', { all: stages, chosen: query['stage'] })}
          ${choiceField('category', 'In the category', { all: categories, chosen: query['category'] })}
          ${choiceField('awaiting', 'That await a word of', { all: parties, chosen: query['awaiting'], said: (one) => one })}
          <button type="submit">Show</button>
        </fieldset>
      </form>
      ${dialogues.length === 0 ? html`<p class="none">${parties.length === 0 ? 'No dialogue is recorded yet.' : 'No dialogue here is what the form asks for.'}</p>` : ''}
      ${dialogues.map((one) => dialogueSection(one, query))}
      ${sourcesList(new Map(dialogues.flatMap((one) => [...one.sources])))}`,
  });
}
