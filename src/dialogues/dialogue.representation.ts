import { event } from '#libs/decider';
import { dialogueEvents } from './dialogue.events.js';
import {
  array,
  described,
  object,
  orNull,
  parties,
  plainText,
  ref,
  said,
  sometimes,
  synthetic,
  text,
  uuid,
} from '../platform/shapes/json-schema.js';
import { optionalOf, required } from '../platform/shapes/fields.js';
import { claimsShape, inPartShape } from '../platform/shapes/claim-shapes.js';
import { awaitingOf, represented, told, toldWithData } from '../platform/shapes/said-shapes.js';
import type { dialogueView } from './dialogue.view.js';

const { purpose, jwk, thumbprint, name } = dialogueEvents.PartyKeyRegistered.data;
const { party: forParty, keyId } = dialogueEvents.PartyKeyRecovered.data;

export const dialogueRepresentation = represented<typeof dialogueView>({
  parties,
  keyPrefix: plainText,
  series: orNull(plainText),
  synthetic,
  kept: ref('Kept'),
  joined: described(
    array(toldWithData(dialogueEvents.PartyJoined)),
    'The parties that have joined, and so speak for themselves; `firstKey` says how the first key of their negotiators came about.',
  ),
  names: described(array(told(dialogueEvents.PartyNamed)), 'What each party calls itself.'),
  recoveries: described(
    array(told(dialogueEvents.PartyKeyRecovered, required({ forParty, keyId }))),
    'Keys that an operator made on the folder of the record for a party (`forParty`), without a negotiator’s approval. It is the operator’s act, and so no party’s: `party` is null.',
  ),
  name: orNull(text),
  aim: orNull(text),
  ...claimsShape,
  awaiting: awaitingOf(['answer-to-claim'], { claimId: uuid, inPart: inPartShape }),
  suspensions: array(told(dialogueEvents.DialogueSuspended)),
  aliases: array(object({ party: ref('Party'), alias: orNull(plainText), recorded: said })),
  thirdParties: array(toldWithData(dialogueEvents.ThirdPartyRoleAsserted)),
  commentary: array(toldWithData(dialogueEvents.CommentaryRecorded)),
  irritantsUrl: described(
    plainText,
    'Where the irritants of the dialogue are listed: a dialogue of many is as short as one of few.',
  ),
  opened: said,
  keys: sometimes(
    described(
      array(told(event({}), required({ purpose, jwk, thumbprint }), optionalOf({ name }))),
      'The keys that parties have registered and not revoked. Absent where there are none.',
    ),
  ),
  signing: sometimes(
    described(
      array(told(dialogueEvents.SignedActsRequired)),
      'The parties whose own acts are taken only signed, and since when. Absent where there are none.',
    ),
  ),
});
