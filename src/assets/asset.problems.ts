import { ownWordProblem } from '../platform/problems/own-word.problems.js';
import { rule } from '../platform/problems/rule.js';
import type { RefusalKind } from '../platform/problems/rule.js';
import type { AssetRefusal } from './asset.decider.js';

export const assetProblems = {
  HOLDER_ASKS_ITSELF: rule(
    'The holder asks itself',
    'Access is asked of the side that holds the asset: as the asking side says itself, or, while it is silent, as the other side says.',
    'Let the other side ask, or say with "assert-ownership" who holds it.',
  ),
  ACCESS_UNKNOWN: rule(
    'There is no such request for access here',
    'Nobody asked for access to this asset under this id.',
    'Take the accessId from "accesses".',
  ),
  OWN_REQUEST: rule(
    'The request is your own',
    'Access is granted or denied by the side that did not ask for it.',
    'Wait for the other side, or ask anew for what is wanted now (POST …/request-access).',
  ),
  ACCESS_NOT_GRANTED: rule(
    'The access is not granted',
    'An inspection under an access needs that access to be granted, by the last answer to it.',
    'Wait for the grant, or leave "accessId" out if the inspection did without.',
  ),
  INSPECTION_UNKNOWN: rule(
    'There is no such inspection here',
    'No inspection of this asset is recorded under this id.',
    'Take the inspectionId from "inspections", or leave it out.',
  ),
  DAMAGE_UNKNOWN: rule(
    'There is no such damage here',
    'No damage to this asset was assessed under this id.',
    'Take the damageId from "damages".',
  ),
  OWN_ASSESSMENT: rule(
    'The assessment is your own',
    'An assessment is disputed by the side that did not make it.',
    'Assess the damage anew, or retract the assessment.',
  ),
  AMOUNT_WITHOUT_CURRENCY: rule(
    'An amount and its currency go together',
    'A dispute names another amount with its currency, or neither.',
    'Give "amount" and "currency", or leave both out.',
  ),
  ASSET_RETURNED: rule(
    'The asset is returned',
    'Both sides say that it was returned; only damage and ownership are still spoken of.',
    'Speak of damage or ownership, or register what is at issue now as another asset.',
  ),
  ...ownWordProblem,
} as const satisfies Record<AssetRefusal, RefusalKind>;
