import { Titled } from '../irritants/irritant-raising.view.js';
import { categories, stages, stances } from '../irritants/irritant.events.js';
import {
  array,
  byKey,
  described,
  flag,
  instant,
  kept,
  momentMembers,
  object,
  oneOfWords,
  orNull,
  parties,
  plainText,
  ref,
  seq,
  sometimes,
  synthetic,
  uuid,
} from '../platform/shapes/json-schema.js';
import { flagsShape } from '../reading/entry-flags.representation.js';
import { roundEvents } from '../rounds/round.events.js';
import type { Properties } from '../platform/shapes/json-schema.js';
import { inPartShape } from '../platform/shapes/claim-shapes.js';
import { doubted, toldWithData } from '../platform/shapes/said-shapes.js';
import { correctedAct } from '../reading/corrected-act.representation.js';
import {
  capacity,
  nextStep,
  reopened,
  since,
  text,
  unansweredClaims,
} from './agenda-parts.representation.js';
import { statisticsFigures } from './statistics.representation.js';

/** What every answer drawn from a whole dialogue says about itself. */
const about: Properties = {
  kept,
  synthetic,
  at: described(instant, 'The instant at which things count as due, overdue or silent.'),
  asOfSeq: seq,
  ...momentMembers,
  foldVersion: described(
    seq,
    'The versions of all folds that it is drawn from, added up: another one with any of them.',
  ),
};

const awaited = object(
  { what: plainText, from: ref('Party'), since },
  {
    on: object({ kind: plainText, id: uuid }),
    claimId: uuid,
    inPart: inPartShape,
    resolutionId: uuid,
    stepId: uuid,
    accessId: uuid,
    damageId: uuid,
    breachId: uuid,
    linkageId: uuid,
    reportId: uuid,
    irritantId: uuid,
  },
);

const item = object({
  irritantId: uuid,
  key: plainText,
  title: text,
  titled: Titled,
  category: oneOfWords(categories),
  raisers: parties,
  stage: oneOfWords(stages),
  basis: oneOfWords(['direct', 'attributed']),
  byWordOf: sometimes(
    described(
      ref('Party'),
      'The side by whose word alone the stage was reached; absent where both have spoken.',
    ),
  ),
  reopened: sometimes(described(reopened, 'Who reopened it last, and what it was before.')),
  stageSince: since,
  overlays: array(plainText),
  positions: byKey(
    object({ stance: oneOfWords(stances), capacity, since, text }, { wording: ref('Wording') }),
  ),
  awaiting: described(array(awaited), 'Longest owed first, on the irritant and on its instruments.'),
  unansweredClaims,
  nextSteps: described(array(nextStep), 'Steps of agreed roadmaps that nothing stands before.'),
  overdueCommitments: array(
    object({
      commitmentId: uuid,
      text,
      obligors: parties,
      beneficiaries: parties,
      due: ref('EdtfDate'),
      status: plainText,
      breachOpen: flag,
    }),
  ),
  proposals: described(
    array(
      object({
        proposalId: uuid,
        title: text,
        status: oneOfWords(['non-paper', 'tabled', 'ad-referendum']),
        version: seq,
        tabledBy: orNull(ref('Party')),
        assents: array(object({ party: orNull(ref('Party')), adReferendum: flag })),
        validUntil: orNull(ref('EdtfDate')),
        expired: flag,
      }),
    ),
    'On the table: neither agreed nor declined nor lapsed.',
  ),
});

const roundsToCome = described(
  array(
    object({
      roundId: uuid,
      number: seq,
      startsAt: orNull(ref('EdtfDate')),
      calledOff: described(
        array(
          object(
            { party: orNull(ref('Party')), as: oneOfWords(['postponed', 'cancelled']) },
            { startsAt: ref('EdtfDate') },
          ),
        ),
        'The sides that say it is off, and what each says.',
      ),
    }),
  ),
  'To come: neither held by the word of a side nor cancelled by both.',
);

const Agenda = object({
  dialogueId: uuid,
  name: text,
  parties,
  suspendedBy: parties,
  awaiting: described(
    array(awaited),
    'Longest owed first, on the dialogue as a whole: it concerns no irritant.',
  ),
  unansweredClaims: described(unansweredClaims, 'On the dialogue as a whole.'),
  nextRound: object({
    scheduled: roundsToCome,
    indicated: described(
      array(toldWithData(roundEvents.NextRoundIndicated)),
      'What each side has said of the meeting to come.',
    ),
  }),
  items: described(array(item), 'Every open irritant, in the order of the keys.'),
  inYourName: described(
    byKey(
      array(
        object(
          {
            seq,
            eventId: uuid,
            stream: plainText,
            revision: seq,
            type: plainText,
            recordedAt: instant,
            recorderParty: orNull(ref('Party')),
            summary: plainText,
          },
          { corrected: correctedAct, doubted, flags: flagsShape },
        ),
      ),
    ),
    'By party, what others recorded in its name and it has neither endorsed nor disavowed.',
  ),
  ...about,
});

const lastHeard = object({
  at: instant,
  party: orNull(ref('Party')),
  eventId: uuid,
  summary: plainText,
});
const silentMonths = described(seq, 'Whole calendar months since then.');

const Stale = object({
  dialogueId: uuid,
  months: seq,
  before: described(instant, 'What was last heard of by then is silent.'),
  irritants: array(
    object({
      irritantId: uuid,
      key: plainText,
      title: text,
      titled: Titled,
      stage: oneOfWords(stages),
      lastHeard,
      silentMonths,
      awaiting: array(awaited),
    }),
  ),
  commitments: array(object({ commitmentId: uuid, text, obligors: parties, lastHeard, silentMonths })),
  ...about,
});

const Statistics = object({ dialogueId: uuid, parties, ...statisticsFigures, ...about });

export const briefingSchemas: Properties = { Agenda, Stale, Statistics };
