import type { SaidView } from '#libs/decider';
import { html } from '#libs/html';
import type { Html } from '#libs/html';
import type { ProposalDocument, RoadmapDocument, Sources } from '../reading/documents.js';
import { capacity, clocks, partyCode, quotations, saidLine } from './fragments.js';

type Text = ProposalDocument | RoadmapDocument;
type Assent = Text['assents'][number];

function assentOf({ party, capacity: how, adReferendum, confirmed, ...one }: Assent): Html {
  const stands = !adReferendum
    ? 'assents'
    : confirmed === null
      ? 'assents ad referendum: its capital has not confirmed yet'
      : 'assents, and its capital has confirmed';
  return html`<li>
    ${partyCode(party)} ${capacity(how)} ${stands} <span class="said">${clocks(one)}</span>
  </li>`;
}

/** Who stands to the latest version, and who took its assent back: only both in full are an agreement. */
export function assents({ assents: given, withdrawals, version, agreed }: Text, sources: Sources): Html {
  if (version === 0) return html``;
  const isAgreed = agreed?.version === version;
  const withdrawn = withdrawals.map(
    (one) =>
      html`<li>
        ${partyCode(one.party)} withdrew its assent ${quotations(one, 'reason')} ${saidLine(one, sources)}
      </li>`,
  );
  const none = given.length + withdrawn.length === 0;
  return html`<p>
      Version
      ${version}${isAgreed ? ': agreed by both sides' : ''}${none ? ': nobody has assented to it yet' : ''}
    </p>
    ${
      none
        ? ''
        : html`<ul>
            ${given.map(assentOf)} ${withdrawn}
          </ul>`
    }`;
}

/** Every version in the words in which it was tabled, the latest first; what is not held has its hash alone. */
export function versions<V extends SaidView & { readonly version: number }>(
  all: readonly V[],
  sources: Sources,
  words: (one: V) => Html | readonly Html[],
): Html {
  const items = all.toReversed().map((one) => {
    return html`<li>
      Version ${one.version}, tabled by ${partyCode(one.party)} ${words(one)} ${saidLine(one, sources)}
    </li>`;
  });
  return html`<details>
    <summary>${all.length === 1 ? 'The text as tabled' : `All ${all.length} versions as tabled`}</summary>
    <ul class="plain">
      ${items}
    </ul>
  </details>`;
}
