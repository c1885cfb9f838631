import { labelled, quoted, who } from '#libs/decider';
import type { SummariesOf } from '#libs/decider';
import type { proposalEvents } from './proposal.events.js';

export const proposalSummaries: SummariesOf<typeof proposalEvents> = {
  ProposalTabled: (e) =>
    `${who(e)} ${e.data.form === 'non-paper' ? 'handed over a non-paper' : 'tabled a proposal'}${labelled(e.content.title)}`,
  ProposalRevised: (e) =>
    `${who(e)} tabled version ${e.data.version} of the ${e.data.form}${labelled(e.content.title)}`,
  AssentGiven: (e) =>
    `${who(e)} assented to version ${e.data.version} of the proposal${e.data.adReferendum ? ', ad referendum' : ''}`,
  AssentConfirmed: (e) => `The capital of ${who(e)} confirmed the assent to version ${e.data.version}`,
  AssentWithdrawn: (e) =>
    `${who(e)} withdrew its assent to version ${e.data.version} of the proposal${quoted(e, 'reason')}`,
  ProposalAgreed: (e) => `Version ${e.data.version} of the proposal is agreed`,
  ProposalTerminated: (e) => `${who(e)} terminated the agreed proposal${quoted(e, 'reason')}`,
  ProposalDeclined: (e) => `${who(e)} declined the proposal${quoted(e, 'reason')}`,
  ProposalLapsed: (e) => `${who(e)} let its proposal lapse${quoted(e, 'reason')}`,
};
