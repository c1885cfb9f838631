import { its, labelled, ownId, placed, quoted, who } from '#libs/decider';
import type { NameOf, NamesOf, SummariesOf } from '#libs/decider';
import type { proposalEvents } from './proposal.events.js';

const proposal = (e: { readonly stream: string }, nameOf: NameOf) => its('the proposal', e, nameOf);

export const proposalSummaries: SummariesOf<typeof proposalEvents> = {
  ProposalTabled: (e) =>
    `${who(e)} ${e.data.form === 'non-paper' ? 'handed over a non-paper' : 'tabled a proposal'}${labelled(e.content.title)}`,
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
  ProposalLapsed: (e, nameOf) => `${who(e)} let ${its('its proposal', e, nameOf)} lapse${quoted(e, 'reason')}`,
};

export const proposalNames: NamesOf<typeof proposalEvents> = {
  ProposalTabled: (e, seq) => [[ownId(e), placed(seq, e.content.title)]],
};
