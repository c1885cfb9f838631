import {
  choice,
  event,
  hash,
  id,
  integer,
  line,
  list,
  means,
  nonce,
  optional,
  shape,
  text,
  derived,
} from '#libs/decider';
import * as common from '../kernel/fields.js';

const resolutionId = means(id, 'The proposed resolution, from `resolutions` of the irritant.');
const termsHash = means(
  hash,
  'The hash of the terms that are accepted: it proves that they were read as they are.',
);
const checked = means(
  list(shape({ stream: line(80), revision: integer(0, Number.MAX_SAFE_INTEGER) }), 0, 500),
  'The instruments that were looked at, each with its revision.',
);
const conditions = means(
  list(shape({ linkageId: id, on: id }), 0, 100),
  'The linkages by which an acceptance waits, each with the other irritant.',
);

/** How an irritant is resolved, or closed otherwise, and opened again. */
export const irritantClosingEvents = {
  PartialResolutionReported: event({}, { text: common.words }),
  ResolutionProposed: event(
    { resolutionId, termsHash },
    { terms: means(text, 'The terms that would resolve the irritant, by language.'), nonce },
    { sealed: true },
  ),
  ResolutionAccepted: event({
    resolutionId,
    termsHash,
    checked,
    /** None where what it waits for is settled already, and absent where it waits for nothing. */
    conditions: optional(conditions),
  }),
  /** While it stands conditional; the terms are open again. */
  ResolutionAcceptanceWithdrawn: event({ resolutionId }, common.why),
  ResolutionRejected: event({ resolutionId }, common.why),
  ResolutionProposalWithdrawn: event({ resolutionId }, common.why),
  IrritantResolved: derived(
    event({
      resolutionId,
      basis: common.basis,
      restsOn: common.restsOn(1_000),
      /** Where the acceptance was conditional: what was looked at again, and the irritants that it waited for. */
      checked: optional(checked),
      linked: optional(list(id, 0, 100), 'The irritants that it waited for.'),
    }),
    'Both sides have accepted the same terms, and nothing stands in the way any more: the irritant is resolved.',
  ),
  /** What an acceptance still waits for, and what has fallen away by the closing of another irritant. */
  ResolutionConditionsChanged: derived(
    event({
      resolutionId,
      conditions,
      lifted: means(
        list(shape({ linkageId: id, on: id, closed: choice('resolved', 'withdrawn', 'dormant') }), 0, 100),
        'The linkages that fell away by the closing of the other irritant, and how that was closed.',
      ),
    }),
    'What an accepted resolution waits for has changed, because a linked irritant was closed or a linkage came about or ended.',
  ),
  IrritantSuspended: event({}, common.why),
  IrritantResumed: event({}, common.why),
  IrritantWithdrawn: event({}, common.why),
  /** Of what both sides had agreed on, one side does not let go alone. */
  WithdrawalAccepted: event({}, common.why),
  IrritantReopened: event(
    { closingEventId: means(id, 'The event that closed the irritant: its id is in `milestones`.') },
    { reason: common.reason },
  ),
  DormancyProposed: event({}, common.why),
  DormancyDeclined: event({}, common.why),
  DormancyProposalWithdrawn: event({}, common.why),
  IrritantMadeDormant: event({}, common.why),
};
