import { claimProblems } from '../platform/problems/claim.problems.js';
import { rule } from '../platform/problems/rule.js';
import type { RefusalKind } from '../platform/problems/rule.js';
import { linkageProblems, resolutionProblems } from './irritant-resolution.problems.js';
import type { IrritantRefusal } from './irritant-terms.decider.js';

export const irritantProblems = {
  ...claimProblems,
  IRRITANT_CLOSED: rule(
    'The irritant is closed',
    'It is resolved, withdrawn or dormant, and takes statements only.',
    'Reopen it first, naming the event that closed it.',
  ),
  IRRITANT_NOT_CLOSED: rule(
    'The irritant is open',
    'Only a closed irritant is reopened.',
    'Go on with the open one.',
  ),
  RAISER_NOT_ACTING: rule(
    'The raiser is somebody else',
    'A party raises a matter by its own word, and joins in raising it likewise; nobody is named as raiser beside it.',
    'Name in "raisers" the party whose act it is, alone; where nobody says who raised it, leave the list empty and say no "party".',
  ),
  DESIGNATION_OF_ANOTHER: rule(
    'The name is given for another party',
    'What a party calls the matter, that party says.',
    'Leave it out of "designations"; that party says it with "designate".',
  ),
  NO_OTHER_RESPONDENT: rule(
    'Nobody else is asked to answer',
    'An irritant is answered by another party than the one that raises it.',
    'Name the other party in "respondents".',
  ),
  NOT_A_RESPONDENT: rule(
    'Not a respondent',
    'Only a respondent other than the party that raised the irritant acknowledges it.',
    'Let the respondent act, or co-raise it.',
  ),
  NOT_A_RAISER: rule(
    'Not a raiser',
    'Only those who raised an irritant withdraw it.',
    'Propose a resolution, or dormancy.',
  ),
  NO_RAISER: rule(
    'Nobody is on record as raising it',
    'A raising is acknowledged, and withdrawn, where somebody raised the matter.',
    'State a position, join in raising it, or propose a resolution or dormancy.',
  ),
  OWN_TITLE: rule(
    'The title is your own',
    'A title is neutral once the other side has accepted it.',
    'Wait for the other side, or correct the title.',
  ),
  ...resolutionProblems,
  ...linkageProblems,
  DORMANCY_ALREADY_PROPOSED: rule(
    'The other side has proposed it',
    'Both want the irritant to rest.',
    'Accept the proposal that is open.',
  ),
  NO_DORMANCY_PROPOSED: rule(
    'Nobody has proposed dormancy',
    'There is no proposal to answer.',
    'Propose it.',
  ),
  OWN_DORMANCY_PROPOSAL: rule(
    'The proposal is your own',
    'The other side answers it.',
    'Wait for the other side, or withdraw the proposal (POST …/withdraw-dormancy-proposal).',
  ),
  NOT_OWN_DORMANCY_PROPOSAL: rule(
    "The proposal is the other side's",
    'Only the party that proposed to let it rest withdraws the proposal.',
    'Decline it instead.',
  ),
  NOTHING_WITHDRAWN: rule(
    'Nothing is withdrawn',
    'A withdrawal is accepted once every raiser has withdrawn the matter.',
    'Wait for the raisers.',
  ),
  OWN_WITHDRAWAL: rule(
    'The withdrawal is your own',
    'What both sides agreed on, one side does not let go alone.',
    'Wait for the other side, or propose to let it rest (POST …/propose-dormancy).',
  ),
  NOT_THE_CLOSING_EVENT: rule(
    'Another event closed it',
    'A reopening names the event that closed the irritant.',
    'Take its id from the history, or from "milestones".',
  ),
  NO_REVIEW_OPEN: rule(
    'No review is open',
    'The stage is not under review.',
    'Nothing needs to be concluded.',
  ),
  REVIEW_ALREADY_OPEN: rule(
    'The stage is under review already',
    'One review is held at a time.',
    'Say with "conclude-stage-review" which stage holds.',
  ),
  STAGE_ABOVE_PRESENT: rule(
    'Higher than the present stage',
    'A review keeps the stage or lowers it.',
    'Name the present stage, or a lower one.',
  ),
} as const satisfies Record<IrritantRefusal, RefusalKind>;
