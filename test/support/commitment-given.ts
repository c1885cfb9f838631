import { asking, derived, directly, fact, RU, specification, US } from '#libs/decider/testing';
import type { GivenFact } from '#libs/decider/testing';
import { commitmentCommands } from '../../src/commitments/commitment.commands.js';
import { commitmentDecider } from '../../src/commitments/commitment.decider.js';
import type { CommitmentAct } from '../../src/commitments/commitment-terms.decider.js';
import { commitmentView } from '../../src/commitments/commitment.view.js';

/** What every specification of a commitment begins with: RU says what US is to owe it. */
export const { given } = specification(commitmentDecider, 'commitment-1');
export const ask = asking<CommitmentAct>(commitmentCommands);
export const terms = {
  dialogueId: 'd',
  obligors: ['US'],
  beneficiaries: ['RU'],
  mode: 'once',
  due: '2025-06-30',
  basis: { kind: 'exchange', id: 'e' },
  irritantIds: ['i'],
  textHash: 'h',
  synthetic: false,
};
export const mutual = { obligors: ['RU', 'US'], beneficiaries: ['RU', 'US'] };

export const asserted = (over: object = {}, act = RU) =>
  fact('CommitmentAsserted', act, { ...terms, ...over });
export const undertakes = (act = US) => fact('CommitmentUndertaken', act);
/** Asserted by one side, and undertaken by all that are to owe it. */
export const undertaken = (over: Partial<typeof terms> = {}): readonly GivenFact[] => [
  asserted(over),
  ...(over.obligors ?? terms.obligors).map((party) => undertakes(directly(party))),
];
export const reported = (act = US, reportId = 'r') => fact('FulfilmentReported', act, { reportId });
export const acknowledged = (act = US, reportId = 'r') => fact('FulfilmentAcknowledged', act, { reportId });
export const disputed = (act = US, reportId = 'r') => fact('FulfilmentDisputed', act, { reportId });
export const alleged = (act = US, breachId = 'b') => fact('BreachAlleged', act, { breachId });
export const answered = (act = US, breachId = 'b') => fact('BreachAnswered', act, { breachId });
export const withdrawn = (act = US, breachId = 'b') => fact('BreachWithdrawn', act, { breachId });
export const waived = (act = US) => fact('CommitmentWaived', act);
export const discharged = fact('CommitmentDischarged', derived);
export const extended = (due: string, act = US) => fact('CommitmentExtended', act, { due });

export const undertake = (act = US) => ask('UndertakeCommitment', act);
export const report = (act = US) => ask('ReportFulfilment', act, { reportId: 'n' });
const named = (reportId?: string) => (reportId === undefined ? {} : { reportId });
export const acknowledge = (act = RU, reportId?: string) =>
  ask('AcknowledgeFulfilment', act, named(reportId));
export const dispute = (act = RU, reportId?: string) => ask('DisputeFulfilment', act, named(reportId));
export const allege = (act = RU) => ask('AllegeBreach', act, { breachId: 'n' });
export const answer = (act = US, breachId = 'b') => ask('AnswerBreach', act, { breachId });
export const withdraw = (act = RU, breachId = 'b') => ask('WithdrawBreach', act, { breachId });
export const waive = (act = RU) => ask('WaiveCommitment', act);
export const extend = (act: typeof US, due: string) => ask('ExtendCommitment', act, { due });

export const stateOf = (...facts: readonly GivenFact[]) => given(facts).existing;
export const viewOf = (...facts: readonly GivenFact[]) => commitmentView(stateOf(...facts), () => ({}));
