import { derived, fact, forRu, idAt, RU, specification, US } from '#libs/decider/testing';
import type { GivenFact } from '#libs/decider/testing';
import { irritantCommands } from '../../src/irritants/irritant.commands.js';
import { irritantDecider } from '../../src/irritants/irritant.decider.js';
import { stageOf } from '../../src/irritants/irritant-stage.facts.js';

/** What every specification of an irritant begins with: RU has raised it, and US is to answer. */
export const { given, ask } = specification(irritantDecider, 'irritant-1', irritantCommands);
export const hash = 'a'.repeat(64);
/** Whoever keeps the record says it, and nobody is said to have said it. */
export const ofNobody = { ...forRu, party: null };
export const raising = {
  dialogueId: 'd',
  key: 'RUUS-1',
  parties: ['RU', 'US'],
  raisers: ['RU'],
  respondents: ['US'],
  raisedBasis: 'stated',
  category: 'property',
  synthetic: false,
};
export const raised = fact('IrritantRaised', RU, raising);
export const unraised = fact('IrritantRaised', ofNobody, { ...raising, raisers: [] });

export const acknowledged = (act = US) => fact('IrritantAcknowledged', act);
export const coRaised = (act = US) => fact('IrritantCoRaised', act);
export const suspended = (act = US) => fact('IrritantSuspended', act);
export const withdrawn = (act = RU) => fact('IrritantWithdrawn', act);
export const claimed = (kind: string) =>
  fact('UnderstandingClaimed', RU, { claimId: 'c', kind, textHash: hash });
export const confirmed = (mode = 'same-text', act = US) =>
  fact('UnderstandingConfirmed', act, { claimId: 'c', mode });
export const denied = (act = US) => fact('UnderstandingDenied', act, { claimId: 'c' });
export const tabled = (resolutionId = 'r') =>
  fact('ResolutionProposed', RU, { resolutionId, termsHash: hash });
export const accepted = (act = US, more: object = {}) =>
  fact('ResolutionAccepted', act, { resolutionId: 'r', termsHash: hash, checked: [], ...more });
export const rejected = (act = US) => fact('ResolutionRejected', act, { resolutionId: 'r' });
export const resolved = (basis = 'direct', ...places: readonly number[]) =>
  fact('IrritantResolved', derived, { resolutionId: 'r', basis, restsOn: places.map(idAt) });
export const reopened = (closing: number, act = US) =>
  fact('IrritantReopened', act, { closingEventId: idAt(closing) });
export const letRest = [fact('DormancyProposed', RU), fact('IrritantMadeDormant', US)];
export const reviewed = (stage: string, opening = RU, concluding = US) => [
  fact('StageReviewOpened', opening, { stage }),
  fact('StageReviewConcluded', concluding, { stage }),
];
export const reached = (type: string, data: object, basis = 'direct') =>
  fact(type, derived, { basis, restsOn: [], ...data });
export const begun = (kind: string, id: string) => reached('ImplementationBegan', { by: { kind, id } });

export const stateOf = (...facts: readonly GivenFact[]) => given(facts).existing;
export const stageAfter = (...facts: readonly GivenFact[]) => stageOf(stateOf(...facts));
