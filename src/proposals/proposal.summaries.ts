import { bracketed, its, labelled, ownId, placed, quoted, who } from '#libs/decider';
import type { LangText, NameOf, NamesOf, SummariesOf } from '#libs/decider';
import { onMatters } from '../kernel/matters.summaries.js';
import type { proposalEvents } from './proposal.events.js';

const proposal = (e: { readonly stream: string }, nameOf: NameOf) => its('the proposal', e, nameOf);

interface Named {
  readonly commitmentId: string;
  readonly obligor: string;
  readonly due?: string;
}

type Worded = Parameters<typeof quoted>[0] & {
  readonly content: { readonly title?: LangText; readonly texts?: LangText };
};

/** How many commitments a sentence names; the event has them all. */
const namedMax = 3;

/** The commitments that a text names, by their names. */
function naming(commitments: readonly Named[], nameOf: NameOf): string {
  if (commitments.length === 0) return '';
  const names = commitments
    .slice(0, namedMax)
    .map(
      ({ commitmentId, obligor, due }) =>
        `${obligor}${bracketed(nameOf(commitmentId, 'commitment'))}${due === undefined ? '' : `, due ${due}`}`,
    );
  const more = commitments.length - names.length;
  return `, with what is owed by ${names.join(' and ')}${more > 0 ? ` and ${more} more` : ''}`;
}

/** Its title, or its words where it has none. */
function tail(e: Worded): string {
  return e.content.title === undefined ? quoted(e, 'texts') : labelled(e.content.title);
}

export const proposalSummaries: SummariesOf<typeof proposalEvents> = {
  ProposalTabled: (e, nameOf) =>
    `${who(e)} ${e.data.form === 'non-paper' ? 'handed over a non-paper' : 'tabled a proposal'}${onMatters(e.data.irritantIds, nameOf)}${naming(e.data.commitments ?? [], nameOf)}${tail(e)}`,
  ProposalRevised: (e, nameOf) =>
    `${who(e)} tabled version ${e.data.version} of ${its(`the ${e.data.form}`, e, nameOf)}${labelled(e.content.title)}`,
  AssentGiven: (e, nameOf) =>
    `${who(e)} assented to version ${e.data.version} of ${proposal(e, nameOf)}${e.data.adReferendum ? ', ad referendum' : ''}`,
  AssentConfirmed: (e, nameOf) =>
    `The capital of ${who(e)} confirmed the assent to version ${e.data.version} of ${proposal(e, nameOf)}`,
  AssentWithdrawn: (e, nameOf) =>
    `${who(e)} withdrew its assent to version ${e.data.version} of ${proposal(e, nameOf)}${quoted(e, 'reason')}`,
  ProposalAgreed: (e, nameOf) => `Version ${e.data.version} of ${proposal(e, nameOf)} is agreed`,
  ProposalTerminated: (e, nameOf) =>
    `${who(e)} terminated ${its('the agreed proposal', e, nameOf)}${quoted(e, 'reason')}`,
  ProposalDeclined: (e, nameOf) => `${who(e)} declined ${proposal(e, nameOf)}${quoted(e, 'reason')}`,
  ProposalLapsed: (e, nameOf) =>
    `${who(e)} let ${its('its proposal', e, nameOf)} lapse${quoted(e, 'reason')}`,
};

export const proposalNames: NamesOf<typeof proposalEvents> = {
  ProposalTabled: (e, seq) => [[ownId(e), placed(seq, e.content.title)]],
};
