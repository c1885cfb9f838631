import type { SaidView } from '#libs/decider';
import { html, written } from '#libs/html';
import type { Html } from '#libs/html';
import type { DialogueDocument, Sources } from '../reading/documents.js';
import { quotations, saidLine } from './fragments.js';
import { term } from '../wording/terms.js';

/** What an entry is about; one about neither belongs to the dialogue as a whole. */
interface About {
  readonly roundId?: string;
  readonly irritantId?: string;
}

interface Shown {
  /** Tells the heading from those of other dialogues on the page. */
  readonly id: string;
  readonly level: 2 | 3;
  readonly isAbout: (one: About) => boolean;
}

/** Roles that somebody asserts of third parties, and what others said: shown apart, for it bears on no stage. */
export function thirdPartiesSection(
  dialogue: DialogueDocument,
  sources: Sources,
  { id, level, isAbout }: Shown,
): Html {
  const roles = dialogue.thirdParties as readonly (SaidView & About & { thirdParty: string; role: string })[];
  const commentary = dialogue.commentary as readonly (SaidView & About & { speaker?: string })[];
  const asserted = roles.filter(isAbout).map(
    (one) =>
      html`<article class="claim">
        <p><strong>${one.thirdParty} as ${term(one.role)}</strong></p>
        ${quotations(one, 'text')} ${saidLine(one, sources)}
      </article>`,
  );
  const said = commentary.filter(isAbout).map(
    (one) =>
      html`<article class="claim">
        <p>
          <strong>Commentary${one.speaker === undefined ? '' : html` of ${written(one.speaker)}`}</strong>
        </p>
        ${quotations(one, 'quote')} ${saidLine(one, sources)}
      </article>`,
  );
  if (asserted.length + said.length === 0) return html``;
  const title = 'Third parties and commentary';
  return html`<section aria-labelledby="${id}">
    ${level === 2 ? html`<h2 id="${id}">${title}</h2>` : html`<h3 id="${id}">${title}</h3>`}
    <p class="quiet">What a third party or the press says bears on no stage.</p>
    ${asserted} ${said}
  </section>`;
}

/** The sources that the shown entries cite. */
export function citedByThirdParties(
  dialogue: DialogueDocument,
  isAbout: Shown['isAbout'],
): readonly SaidView['sources'][number][] {
  const all = [...dialogue.thirdParties, ...dialogue.commentary] as readonly (SaidView & About)[];
  return all.filter(isAbout).flatMap((one) => one.sources);
}
