import { roundEvents } from './round.events.js';
import { roundStatuses } from './round.view.js';
import {
  array,
  described,
  flag,
  object,
  oneOfWords,
  orNull,
  ref,
  said,
  synthetic,
  text,
  uuid,
} from '../platform/shapes/json-schema.js';
import { everywhere, told, toldWithData } from '../platform/shapes/said-shapes.js';

/** A divergence that was noted, with who has said that it is settled. */
export const divergence = toldWithData(roundEvents.DivergenceNoted, {
  became: described(
    oneOfWords(['noted', 'reconciled']),
    '`reconciled` once both sides have said, each by its own word, that it is settled.',
  ),
  reconciledBy: array(told(roundEvents.DivergenceReconciled)),
});

const ended = described(orNull(said), 'The later word of the same side that ended it; null while it stands.');

export const roundRepresentation = object({
  ...everywhere,
  dialogueId: uuid,
  number: { type: 'integer' },
  synthetic,
  status: oneOfWords(roundStatuses),
  held: { ...flag, description: 'Whether both sides have said, each by its own word, that it was held.' },
  heldBy: array(said),
  scheduled: toldWithData(roundEvents.RoundScheduled),
  delegates: array(
    toldWithData(roundEvents.DelegationNamed, {
      saidBy: described(orNull(ref('Party')), 'Who names this delegate; `party` is whose delegate it is.'),
    }),
  ),
  agenda: array(toldWithData(roundEvents.AgendaItemTabled)),
  discussions: array(told(roundEvents.AgendaItemDiscussed, { irritantId: uuid }, { quote: text })),
  conclusions: array(toldWithData(roundEvents.RoundConcluded)),
  postponements: array(toldWithData(roundEvents.RoundPostponed, { ended })),
  cancellations: array(told(roundEvents.RoundCancelled, { ended })),
  reinstatements: array(toldWithData(roundEvents.RoundReinstated)),
  nextRound: array(toldWithData(roundEvents.NextRoundIndicated)),
  accounts: array(
    toldWithData(roundEvents.AccountPublished, { superseded: orNull(told(roundEvents.AccountSuperseded)) }),
  ),
  points: array(toldWithData(roundEvents.AccountPointRecorded)),
  divergences: array(divergence),
});
