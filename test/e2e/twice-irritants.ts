import { done, made } from '../support/acting.js';
import type { Body, PrincipalName } from '../support/api.js';
import { shownLast, words } from '../support/bodies.js';
import { raising } from '../support/scene.js';
import type { Case, Cases, Entry, Talks } from '../support/twice.js';

const RU = 'ru-negotiator';
const US = 'us-negotiator';
type Before = (talks: Talks) => Promise<Entry>;

const act = ({ api, scene }: Talks, command: string, as: PrincipalName, body: Body = {}) =>
  done<Entry>(api, `irritants/${scene.irritantId}/${command}`, as, body);
/** After this act on the matter. */
const acted =
  (command: string, as: PrincipalName, body: Body = {}): Before =>
  (talks) =>
    act(talks, command, as, body);

const claimed = acted('claim', RU, { kind: 'agreement', text: words });
const linked: Before = async (talks) => {
  const other = await made<Entry>(talks.api, 'irritants', RU, raising(talks.scene.dialogueId));
  return act(talks, 'assert-linkage', RU, { irritantId: other.id, condition: 'together', text: words });
};
const onLinkage = async (talks: Talks, command: string, entry: Entry) =>
  act(talks, `linkages/${String(shownLast(entry, 'linkageId'))}/${command}`, US);
const accepted: Before = async (talks) => onLinkage(talks, 'accept', await linked(talks));
const proposed = acted('propose-resolution', RU, { terms: words });
const conditional: Before = async (talks) => {
  await accepted(talks);
  const entry = await proposed(talks);
  const [resolutionId, termsHash] = [shownLast(entry, 'resolutionId'), shownLast(entry, 'termsHash')];
  return act(talks, 'accept-resolution', US, { resolutionId, termsHash });
};
const rest = acted('propose-dormancy', US);
const registrar: Case = { as: 'us-registrar' };

export const irritantCases: Cases = {
  RaiseIrritant: { as: 'ru-registrar', again: 'recorded', other: 'recorded' },
  DesignateIrritant: registrar,
  AcceptTitle: registrar,
  CoRaiseIrritant: registrar,
  AcknowledgeIrritant: {},
  ContestIrritant: registrar,
  StatePosition: { ...registrar, number: { stance: 'acknowledges' } },
  ClaimUnderstanding: registrar,
  ConfirmUnderstanding: { on: claimed, own: { mode: 'own-words' }, other: 'already-said' },
  'ConfirmUnderstanding in part': { on: claimed, own: { mode: 'partial' } },
  DenyUnderstanding: { on: claimed },
  WithdrawUnderstandingClaim: { on: claimed, as: RU },
  AssertLinkage: {
    on: linked,
    own: (_, entry) => ({ irritantId: shownLast(entry, 'irritantId'), condition: 'package' }),
    number: { condition: 'together' },
  },
  AcceptLinkage: { on: linked },
  RejectLinkage: { on: linked },
  ReleaseLinkage: { on: accepted },
  RetainLinkage: {
    as: RU,
    on: async (talks) => onLinkage(talks, 'release', await accepted(talks)),
  },
  ReportPartialResolution: registrar,
  ProposeResolution: {},
  AcceptResolution: { on: proposed },
  RejectResolution: { on: proposed },
  WithdrawResolutionProposal: { on: proposed, as: RU },
  WithdrawResolutionAcceptance: { on: conditional },
  SuspendIrritant: {},
  ResumeIrritant: { on: acted('suspend', US) },
  WithdrawIrritant: { as: RU },
  AcceptWithdrawal: {
    on: async (talks) => {
      const claim = String(shownLast(await claimed(talks), 'claimId'));
      await act(talks, `claims/${claim}/confirm`, US, { mode: 'same-text' });
      return act(talks, 'withdraw', RU);
    },
  },
  ReopenIrritant: {
    on: acted('withdraw', RU),
    own: (_, entry) => ({ closingEventId: (entry['milestones'] as readonly Body[]).at(-1)?.['eventId'] }),
    other: 'irritant-not-closed',
  },
  ProposeDormancy: {},
  WithdrawDormancyProposal: { on: rest, other: 'no-dormancy-proposed' },
  DeclineDormancy: { on: rest, as: RU, other: 'no-dormancy-proposed' },
  MakeIrritantDormant: { on: rest, as: RU },
  OpenStageReview: { own: { stage: 'raised' } },
  ConcludeStageReview: {
    on: acted('open-stage-review', RU, { stage: 'raised' }),
    own: { stage: 'raised' },
    other: 'no-review-open',
  },
};
