import { byLatestMoment } from '#libs/edtf';
import { html } from '#libs/html';
import type { Html } from '#libs/html';
import { alike } from '../briefing/agenda.js';
import type { Awaited } from '../briefing/open-points.js';
import { occurredInWords, sinceInWords } from '../wording/dates.js';
import { partyCode, partyNamed, titled } from './fragments.js';
import type { Agenda, DialogueReading } from './home.reading.js';
import { wordsOf } from '../wording/spoken.js';
import { awaitedInWords, term } from '../wording/terms.js';

/** So many stand on the page; what awaits a side is listed as a whole by a link, and the briefing book has all of it. */
const shownMax = 8;

type Owed = readonly [on: Html, readonly [Awaited, ...Awaited[]]];

function awaitedItem([place, all]: Owed): Html {
  const [first] = all;
  const { from, since, on } = first;
  const times = all.length === 1 ? '' : `, ${all.length} times`;
  const of = ['irritant', 'dialogue'].includes(on.kind) ? '' : ` (${term(on.kind)})`;
  return html`<li>
    From ${partyCode(from)}: ${awaitedInWords(first)}${of}${times}, on ${place}, since ${sinceInWords(since)}
  </li>`;
}

/** The parties of a dialogue, that of the reader first. */
function ownFirst(parties: readonly string[], own: string | undefined): readonly string[] {
  return parties.toSorted((one, other) => Number(other === own) - Number(one === own));
}

/** Whose word is owed: of the reader's own side first, and then the longest awaited first. */
function awaited({ agenda: { dialogueId, awaiting, items }, own, parties }: AwaitedIn): Html {
  const whole = html`<a href="#claims-${dialogueId}">the dialogue as a whole</a>`;
  const all = [
    ...alike(awaiting).map((group): Owed => [whole, group]),
    ...items.flatMap(({ key, awaiting: own }) =>
      alike(own).map((group): Owed => [html`<a href="/irritants/${key}">${key}</a>`, group]),
    ),
  ].toSorted(
    ([, [one]], [, [other]]) =>
      Number(other.from === own) - Number(one.from === own) ||
      byLatestMoment({ edtf: one.since }, { edtf: other.since }),
  );
  if (all.length === 0) return html`<p class="none">No word is awaited from either side.</p>`;
  const rest = all.length - shownMax;
  const lists = ownFirst(parties, own).map(
    (party, index) =>
      html`${index === 0 ? '' : ' · '}<a href="/?awaiting=${party}&amp;dialogue=${dialogueId}"
          >what awaits a word of ${partyCode(party)}</a
        >`,
  );
  return html`<p class="quiet">All of it by irritant: ${lists}</p>
    <ul>
      ${all.slice(0, shownMax).map(awaitedItem)}
    </ul>
    ${rest > 0 ? html`<p class="quiet">And ${rest} more.</p>` : ''}`;
}

/** A commitment on several irritants is one commitment. */
function overdue({ items }: Agenda): Html {
  const all = new Map(
    items.flatMap(({ key, overdueCommitments }) =>
      overdueCommitments.map((one) => [one.commitmentId, { key, ...one }] as const),
    ),
  );
  if (all.size === 0) return html``;
  return html`<h4>Overdue commitments</h4>
    <ul>
      ${[...all.values()].map(
        (one) =>
          html`<li>
            Of <b>${one.obligors.join(' and ')}</b>:
            ${titled(wordsOf(one, 'text'), '(its words are erased)')}, due
            ${occurredInWords({ edtf: one.due ?? '' })}, on <a href="/irritants/${one.key}">${one.key}</a>
          </li>`,
      )}
    </ul>`;
}

interface AwaitedIn {
  readonly agenda: Agenda;
  readonly own: string | undefined;
  readonly parties: readonly string[];
}

/** What is due in the dialogue, in short, and the briefing books that this reader may read, which have it in full. */
export function agendaSection({
  dialogue,
  names,
  agenda,
  books,
  own,
}: Pick<DialogueReading, 'dialogue' | 'names' | 'agenda' | 'books' | 'own'>): Html {
  const { id, parties } = dialogue;
  const links = books.map(
    (party, index) =>
      html`${index === 0 ? '' : ' · '}<a href="/dialogues/${id}/brief?for=${party}"
          >for ${partyNamed(party, names)}</a
        >`,
  );
  return html`${books.length === 0 ? '' : html`<p>Briefing book ${links}</p>`}
  ${
    agenda === undefined
      ? ''
      : html`<h3 id="awaited-${id}">Awaited</h3>
          ${awaited({ agenda, own, parties })} ${overdue(agenda)}`
  }`;
}
