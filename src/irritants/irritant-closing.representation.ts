import { irritantEvents, linkageConditions } from './irritant.events.js';
import {
  array,
  described,
  object,
  oneOfWords,
  only,
  orNull,
  plainText,
  ref,
  uuid,
} from '../platform/shapes/json-schema.js';
import { told, toldWithData } from '../platform/shapes/said-shapes.js';

const condition = object({ linkageId: uuid, on: described(uuid, 'The other irritant.') });

export const Resolution = toldWithData(
  irritantEvents.ResolutionProposed,
  {
    state: oneOfWords(['proposed', 'conditional', 'accepted', 'rejected', 'withdrawn']),
  },
  {
    answer: told(irritantEvents.ResolutionRejected),
    conditions: described(
      array(condition),
      'While it is conditional: the accepted linkages by which it waits, and the irritants that it waits for.',
    ),
    takenBack: described(
      told(irritantEvents.ResolutionAcceptanceWithdrawn),
      'The withdrawal of an acceptance that was conditional; the terms are open again.',
    ),
  },
);

const linkage = {
  irritantId: described(uuid, 'The other irritant.'),
  linkageId: uuid,
  condition: oneOfWords(linkageConditions),
  state: oneOfWords(['asserted', 'accepted', 'rejected', 'ended']),
  released: described(
    array(told(irritantEvents.LinkageReleased)),
    'The sides that say that the accepted linkage ends; the second of them ends it.',
  ),
};
const answer = { answer: told(irritantEvents.LinkageRejected) };

export const Linkage = {
  oneOf: [
    told(irritantEvents.LinkageAsserted, { direction: only('outgoing'), ...linkage }, answer),
    object({ direction: only('incoming'), irritantId: linkage.irritantId }),
  ],
};

export const IncomingLinkage = told(
  irritantEvents.LinkageAsserted,
  { direction: only('incoming'), ...linkage, key: plainText, title: orNull(ref('LangText')) },
  answer,
);
