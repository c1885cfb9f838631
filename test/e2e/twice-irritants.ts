import { done, made } from '../support/acting.js';
import type { Body, PrincipalName } from '../support/api.js';
import { raising } from '../support/scene.js';
import { words } from '../support/twice.js';
import type { Asked, Case, Cases, Talks } from '../support/twice.js';

const RU = 'ru-negotiator';
const US = 'us-negotiator';

interface View extends Body {
  readonly id: string;
  readonly claims: readonly { readonly claimId: string }[];
  readonly linkages: readonly { readonly linkageId: string }[];
  readonly resolutions: readonly { readonly resolutionId: string; readonly termsHash: string }[];
  readonly milestones: readonly { readonly eventId: string }[];
}

const at = ({ scene }: Talks) => `irritants/${scene.irritantId}`;
const act = (talks: Talks, command: string, as: PrincipalName, body: Body = {}) =>
  done<View>(talks.api, `${at(talks)}/${command}`, as, body);
/** An act that needs nothing before it but the raising. */
const plain = (command: string, as: PrincipalName, body: Body = {}): Pick<Case, 'ready'> => ({
  ready: (talks) => Promise.resolve({ path: `${at(talks)}/${command}`, as, body }),
});
/** An act that needs these acts before it. */
const after = (
  before: (talks: Talks) => Promise<View>,
  ask: (view: View) => readonly [string, PrincipalName, Body?],
): Pick<Case, 'ready'> => ({
  ready: async (talks): Promise<Asked> => {
    const [command, as, body] = ask(await before(talks));
    return { path: `${at(talks)}/${command}`, as, ...(body === undefined ? {} : { body }) };
  },
});

const claimed = (kind: string) => (talks: Talks) => act(talks, 'claim', RU, { kind, text: words });
const claimOf = (view: View) => `claims/${view.claims.at(-1)?.claimId}`;
const linked = async (talks: Talks) => {
  const other = await made<View>(talks.api, 'irritants', RU, raising(talks.scene.dialogueId));
  return act(talks, 'assert-linkage', RU, { irritantId: other.id, condition: 'together', text: words });
};
const linkageOf = (view: View) => `linkages/${view.linkages[0]?.linkageId}`;
const accepted = async (talks: Talks) => act(talks, `${linkageOf(await linked(talks))}/accept`, US);
const conditional = async (talks: Talks) => {
  await accepted(talks);
  return act(talks, 'accept-resolution', US, idAndHash(await proposed(talks)));
};
const proposed = (talks: Talks) => act(talks, 'propose-resolution', RU, { terms: words });
const idAndHash = (view: View) => ({
  ...idOfTerms(view),
  termsHash: view.resolutions.at(-1)?.termsHash,
});
const idOfTerms = (view: View) => ({ resolutionId: view.resolutions.at(-1)?.resolutionId });
const agreed = async (talks: Talks) => {
  const claim = claimOf(await claimed('agreement')(talks));
  return act(talks, `${claim}/confirm`, US, { mode: 'same-text' });
};
const reviewed = (talks: Talks) => act(talks, 'open-stage-review', RU, { stage: 'raised', reason: words });
const reason = { reason: words };

export const irritantCases: Cases = {
  RaiseIrritant: {
    ready: ({ scene }) =>
      Promise.resolve({
        path: 'irritants',
        as: 'ru-registrar',
        body: { ...raising(scene.dialogueId), title: words, statement: words },
      }),
    again: 'recorded',
    other: 'recorded',
  },
  DesignateIrritant: plain('designate', 'us-registrar', { name: words }),
  AcceptTitle: plain('accept-title', 'us-registrar'),
  CoRaiseIrritant: plain('co-raise', 'us-registrar', { statement: words }),
  AcknowledgeIrritant: plain('acknowledge', US, { statement: words }),
  ContestIrritant: plain('contest', 'us-registrar', { statement: words }),
  StatePosition: {
    ...plain('state-position', 'us-registrar', { stance: 'contests', text: words }),
    number: { stance: 'acknowledges' },
  },
  ClaimUnderstanding: plain('claim', 'us-registrar', { kind: 'agreement', text: words }),
  ConfirmUnderstanding: {
    ...after(claimed('agreement'), (view) => [
      `${claimOf(view)}/confirm`,
      US,
      { mode: 'own-words', text: words },
    ]),
    other: 'already-said',
  },
  'ConfirmUnderstanding in part': after(claimed('agreement'), (view) => [
    `${claimOf(view)}/confirm`,
    US,
    { mode: 'partial', text: words },
  ]),
  DenyUnderstanding: after(claimed('agreement'), (view) => [`${claimOf(view)}/deny`, US, { text: words }]),
  WithdrawUnderstandingClaim: after(claimed('agreement'), (view) => [
    `${claimOf(view)}/withdraw`,
    RU,
    reason,
  ]),
  AssertLinkage: {
    ...after(linked, (view) => [
      'assert-linkage',
      US,
      {
        irritantId: (view.linkages[0] as unknown as { irritantId: string }).irritantId,
        condition: 'package',
        text: words,
      },
    ]),
    number: { condition: 'together' },
  },
  AcceptLinkage: after(linked, (view) => [`${linkageOf(view)}/accept`, US]),
  RejectLinkage: after(linked, (view) => [`${linkageOf(view)}/reject`, US, reason]),
  ReleaseLinkage: after(accepted, (view) => [`${linkageOf(view)}/release`, US, reason]),
  RetainLinkage: after(
    async (talks) => act(talks, `${linkageOf(await accepted(talks))}/release`, US),
    (view) => [`${linkageOf(view)}/retain`, RU, reason],
  ),
  ReportPartialResolution: plain('report-partial-resolution', 'us-registrar', { text: words }),
  ProposeResolution: plain('propose-resolution', US, { terms: words }),
  AcceptResolution: after(proposed, (view) => ['accept-resolution', US, idAndHash(view)]),
  RejectResolution: after(proposed, (view) => ['reject-resolution', US, { ...idOfTerms(view), ...reason }]),
  WithdrawResolutionProposal: after(proposed, (view) => [
    'withdraw-resolution-proposal',
    RU,
    { ...idOfTerms(view), ...reason },
  ]),
  WithdrawResolutionAcceptance: after(conditional, (view) => [
    'withdraw-resolution-acceptance',
    US,
    { ...idOfTerms(view), ...reason },
  ]),
  SuspendIrritant: plain('suspend', US, reason),
  ResumeIrritant: after(
    (talks) => act(talks, 'suspend', US),
    () => ['resume', US, reason],
  ),
  WithdrawIrritant: plain('withdraw', RU, reason),
  AcceptWithdrawal: after(
    async (talks) => (await agreed(talks), act(talks, 'withdraw', RU)),
    () => ['accept-withdrawal', US, reason],
  ),
  ReopenIrritant: {
    ...after(
      (talks) => act(talks, 'withdraw', RU),
      (view) => ['reopen', US, { closingEventId: view.milestones.at(-1)?.eventId, ...reason }],
    ),
    other: 'irritant-not-closed',
  },
  ProposeDormancy: plain('propose-dormancy', US, reason),
  WithdrawDormancyProposal: {
    ...after(
      (talks) => act(talks, 'propose-dormancy', US),
      () => ['withdraw-dormancy-proposal', US, reason],
    ),
    other: 'no-dormancy-proposed',
  },
  DeclineDormancy: {
    ...after(
      (talks) => act(talks, 'propose-dormancy', US),
      () => ['decline-dormancy', RU, reason],
    ),
    other: 'no-dormancy-proposed',
  },
  MakeIrritantDormant: after(
    (talks) => act(talks, 'propose-dormancy', US),
    () => ['accept-dormancy', RU, reason],
  ),
  OpenStageReview: plain('open-stage-review', US, { stage: 'raised', reason: words }),
  ConcludeStageReview: {
    ...after(reviewed, () => ['conclude-stage-review', US, { stage: 'raised', ...reason }]),
    other: 'no-review-open',
  },
};
