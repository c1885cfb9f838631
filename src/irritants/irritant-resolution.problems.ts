import { rule } from '../platform/problems/rule.js';

/** Why terms of a resolution are not accepted, answered or taken back. */
export const resolutionProblems = {
  RESOLUTION_UNKNOWN: rule(
    'There is no such proposal here',
    'The irritant has no proposed resolution with this id.',
    'Take the resolutionId from "resolutions".',
  ),
  RESOLUTION_NOT_OPEN: rule(
    'The proposal is no longer open',
    'It was accepted, rejected or withdrawn.',
    'Propose terms anew.',
  ),
  RESOLUTION_CONDITIONAL: rule(
    'Other terms are accepted on a condition',
    'Both sides hold other terms already, which wait for a linked irritant.',
    'Have that acceptance withdrawn first (POST …/withdraw-resolution-acceptance).',
  ),
  RESOLUTION_NOT_CONDITIONAL: rule(
    'No acceptance that waits',
    'An acceptance is withdrawn only while it stands conditional on a linked irritant.',
    'Before it, reject the terms; once it is in effect, reopen the irritant.',
  ),
  RESOLUTION_IN_EFFECT: rule(
    'The condition is fulfilled',
    'All that is linked is accepted or closed, so the acceptance takes effect, for the other irritants too.',
    'Reopen the irritant instead, once it is resolved.',
  ),
  OWN_RESOLUTION: rule(
    'The terms are your own',
    'The other side accepts or rejects terms.',
    'Wait for the other side, or withdraw them (POST …/withdraw-resolution-proposal).',
  ),
  NOT_OWN_RESOLUTION: rule(
    "The terms are the other side's",
    'Only the party that proposed terms withdraws them.',
    'Reject them instead.',
  ),
  MANDATORY_STEPS_OPEN: rule(
    'Mandatory steps are open',
    'A mandatory step of the agreed roadmap is neither accepted nor waived.',
    'Accept or waive the steps that "detail" names.',
  ),
  BREACH_OPEN: rule(
    'A breach is open',
    'A breach of a linked commitment is alleged and not cleared.',
    'Clear it first: by withdrawal, waiver or discharge.',
  ),
};

/** Why a linkage is not asserted, answered or ended. */
export const linkageProblems = {
  LINKED_TO_ITSELF: rule(
    'An irritant is not linked with itself',
    'A linkage is a condition between two irritants.',
    'Name the other irritant in "irritantId".',
  ),
  LINKAGE_UNKNOWN: rule(
    'There is no such linkage here',
    'No linkage with this id is asserted on this irritant.',
    'Take the linkageId from "linkages" of the irritant on which it was asserted.',
  ),
  OWN_LINKAGE: rule(
    'The linkage is your own',
    'A linkage is accepted or rejected by the side that did not assert it.',
    'Wait for the other side, or release the linkage (POST …/linkages/{linkageId}/release).',
  ),
  LINKAGE_ACCEPTED: rule(
    'Both sides hold to the linkage',
    'What both accepted, one side does not end alone.',
    'Release it (POST …/linkages/{linkageId}/release); it ends once the other side has released it too.',
  ),
  LINKAGE_NOT_ACCEPTED: rule(
    'The linkage binds nobody',
    'Only an accepted linkage is held on to, or released by the side that did not assert it.',
    'Accept or reject it first.',
  ),
  LINKAGE_ENDED: rule(
    'The linkage is ended',
    'Both sides have said that it ends, or the side that asserted it, where the other has not accepted it.',
    'Assert it anew.',
  ),
  LINKAGES_TOO_MANY: rule(
    'Too much is linked',
    'A resolution looks at all that is linked with it, so there is a bound.',
    'End linkages that are not needed any more.',
  ),
};
