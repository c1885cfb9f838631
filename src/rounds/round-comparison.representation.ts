import { event } from '#libs/decider';
import { why } from '../kernel/fields.js';
import { occasions } from './round-comparison.view.js';
import { outcomes, results } from './round-results.view.js';
import { delegationRoles, particulars, pointKinds, renderings, roundEvents, voices } from './round.events.js';
import { optionalOf } from '../platform/shapes/fields.js';
import {
  all,
  array,
  byKey,
  described,
  flag,
  object,
  oneOfWords,
  orNull,
  parties,
  plainText,
  ref,
  uuid,
} from '../platform/shapes/json-schema.js';
import { divergence } from './round.view.js';
import { told, toldWithData } from '../platform/shapes/said-shapes.js';

const Account = orNull(
  object({
    accountId: uuid,
    voice: oneOfWords(voices),
    of: described(orNull(ref('Party')), 'Whose account it is; null where the press speaks.'),
    rendering: oneOfWords(renderings),
    sourceId: uuid,
    superseded: flag,
  }),
);

const points = array(toldWithData(roundEvents.AccountPointRecorded));
const outcome = oneOfWords(outcomes);

const ComparedSubject = object({
  key: described(orNull(plainText), 'The key of the irritant.'),
  irritantId: orNull(uuid),
  kind: described(
    orNull(oneOfWords(pointKinds)),
    'Only of points that name no irritant: these are told apart by their kind.',
  ),
  result: described(
    oneOfWords(results),
    '`agreed`: both say that it was agreed. `discussed`: both say that it was discussed, and neither more. `differing`: one says agreed, the other less, or one discussed and the other less. `silent`: not both mention it. `contradicted`: one contradicts a point of the other. `side-by-side`: each its own, such as what it calls for or expects of the next round.',
  ),
  wordedDifferently: described(
    orNull(flag),
    'Of what both say: whether their words in one language differ; null where they can’t be compared.',
  ),
  silent: described(parties, 'The parties whose account does not mention it.'),
  byParty: byKey(points),
  press: described(points, 'What the press says of it; no party’s word.'),
  contradictions: array(object({ pointId: uuid, contradicts: uuid, became: outcome })),
  divergences: array(divergence),
  became: described(
    orNull(outcome),
    'What became of the divergences and contradictions of this matter: nobody noted one of them, one is noted only, or both sides have said of all that they are settled.',
  ),
});

const Name = object({
  personId: uuid,
  party: orNull(ref('Party')),
  given: array(
    told(roundEvents.DelegationNamed, { account: Account }, { role: oneOfWords(delegationRoles) }),
  ),
});

/** The accounts of a round, matter by matter. */
export const Comparison = all(
  ref('Moment'),
  object({
    roundId: uuid,
    number: { type: 'integer' },
    parties,
    accounts: byKey(array(toldWithData(roundEvents.AccountPublished, { superseded: flag }))),
    pressAccounts: array(toldWithData(roundEvents.AccountPublished, { superseded: flag })),
    subjects: array(ComparedSubject),
    scheduledDuring: described(
      array(told(event({}, why))),
      'The suspensions of the dialogue that stood when the round was scheduled; one that was taken out since is not among them.',
    ),
    divergences: described(array(divergence), 'Those noted of no point that stands in an account.'),
    names: array(Name),
    particulars: array(
      all(
        ref('Said'),
        object(
          { as: described(oneOfWords(occasions), 'On which occasion it was said.'), account: Account },
          { ...optionalOf(particulars), venue: ref('LangText'), level: plainText },
        ),
      ),
    ),
    nextRound: array(toldWithData(roundEvents.NextRoundIndicated)),
  }),
);
