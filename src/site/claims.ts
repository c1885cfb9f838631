import { html } from '#libs/html';
import type { Html } from '#libs/html';
import type { SaidView } from '#libs/decider';
import type { ClaimDocument, DialogueDocument, Sources } from '../reading/documents.js';
import { claimInWords, modeInWords } from '../wording/claims.js';
import { term } from '../wording/terms.js';
import { partyCode, quotations, saidLine } from './fragments.js';

function answerOf({ state, answer }: ClaimDocument, sources: Sources): Html {
  if (answer === undefined) {
    return state === 'unanswered'
      ? html`<p class="quiet">Silence is not denial: the claim stands unanswered.</p>`
      : html``;
  }
  return html`<p>Answer of ${partyCode(answer.party)}${modeInWords(answer)}</p>
    ${quotations(answer, 'text')} ${saidLine(answer, sources)}`;
}

/** What became of the claim beside the last answer to it. */
function besidesOf({ partial, withdrawn }: ClaimDocument, sources: Sources): Html {
  return html`${
    partial === undefined
      ? ''
      : html`<p>Confirmed in part by ${partyCode(partial.party)}</p>
          ${quotations(partial, 'text')} ${saidLine(partial, sources)}`
  }${
    withdrawn === undefined
      ? ''
      : html`<p>Withdrawn by ${partyCode(withdrawn.party)}</p>
          ${quotations(withdrawn, 'reason')} ${saidLine(withdrawn, sources)}`
  }`;
}

/** One side's claim in its words, and what the other side says to it. */
export function claimArticle(claim: ClaimDocument, sources: Sources, level: 3 | 4 = 3): Html {
  const id = `claim-${claim.claimId}`;
  const head = html`${claimInWords(claim)} <span class="badge">${term(claim.state)}</span>`;
  return html`<article class="claim" aria-labelledby="${id}">
    ${level === 3 ? html`<h3 id="${id}">${head}</h3>` : html`<h4 id="${id}">${head}</h4>`}
    ${quotations(claim, 'text')} ${saidLine(claim, sources)} ${besidesOf(claim, sources)}
    ${answerOf(claim, sources)}
  </article>`;
}

/** So many stand on the page of the record; the briefing book has them all. */
const shownMax = 8;

/** What awaits an answer first, then what both sides hold, and of each the latest first. */
function shownClaims({ claims }: DialogueDocument): readonly ClaimDocument[] {
  const rank = ({ state }: ClaimDocument) => ['unanswered', 'partly-confirmed', 'confirmed'].indexOf(state);
  const last = 3;
  const place = (one: ClaimDocument) => (rank(one) < 0 ? last : rank(one));
  return claims.toReversed().toSorted((one, other) => place(one) - place(other));
}

/** What is claimed of the dialogue as a whole, which bears on the stage of no irritant. */
export function claimsOnDialogue(dialogue: DialogueDocument, sources: Sources, hasBook: boolean): Html {
  if (dialogue.claims.length === 0) return html``;
  const all = shownClaims(dialogue);
  const rest = all.length - shownMax;
  const id = `claims-${dialogue.id}`;
  return html`<section aria-labelledby="${id}">
    <h3 id="${id}">Claims on the dialogue as a whole</h3>
    <p class="quiet">They concern no irritant, and move no stage, also once both sides hold them.</p>
    ${all.slice(0, shownMax).map((one) => claimArticle(one, sources, 4))}
    ${rest > 0 ? html`<p class="quiet">And ${rest} more${hasBook ? ', in the briefing book' : ''}.</p>` : ''}
  </section>`;
}

/** The sources that the shown claims and answers cite. */
export function citedByClaims(dialogue: DialogueDocument): readonly SaidView['sources'][number][] {
  return shownClaims(dialogue)
    .slice(0, shownMax)
    .flatMap((one) => [one, one.answer, one.partial, one.withdrawn])
    .flatMap((one) => one?.sources ?? []);
}
