import {
  choice,
  date,
  event,
  flag,
  id,
  integer,
  language,
  line,
  list,
  optional,
  party,
  text,
} from '#libs/decider';
import type { FactOf, Said } from '#libs/decider';

export const pointKinds = ['noted', 'discussed', 'called-for', 'agreed', 'reiterated', 'next-round'] as const;
export const renderings = ['original', 'official', 'press'] as const;
export const delegationRoles = ['head', 'member', 'adviser', 'interpreter', 'observer'] as const;

/** An ISO 8601 duration of hours and minutes, as in `PT5H30M`. */
const duration = line(
  20,
  '^P(?=.)(\\d+D)?(T(?=.)(\\d+H)?(\\d+M)?(\\d+S)?)?$',
  'an ISO 8601 duration such as PT5H30M',
);

/** When, how long, at which level and as whose guest, in the words of whoever says so. */
const particulars = {
  startsAt: optional(date),
  endsAt: optional(date),
  duration: optional(duration),
  level: optional(line(60)),
  hostParty: optional(party),
};

export const roundEvents = {
  RoundScheduled: event(
    { dialogueId: id, number: integer(1, 100_000), synthetic: flag, ...particulars },
    { name: optional(text), venue: optional(text) },
  ),
  DelegationNamed: event(
    { party, accountId: optional(id), personId: id, role: choice(...delegationRoles) },
    { nameAsGiven: line(200), titleAsGiven: optional(line(300)), lang: language },
  ),
  AgendaItemTabled: event({ irritantId: optional(id) }, { title: text }),
  AgendaItemDiscussed: event({ irritantId: id }, { note: optional(text) }),
  RoundConcluded: event({ ...particulars, startsAt: date }, { venue: optional(text) }),
  RoundConfirmedHeld: event({}, { note: optional(text) }),
  RoundCancelled: event({}, { reason: optional(text) }),
  NextRoundIndicated: event({ date: optional(date) }, { text: text }),
  AccountPublished: event(
    {
      accountId: id,
      party,
      sourceId: id,
      lang: language,
      rendering: choice(...renderings),
      translationOf: optional(id),
      ...particulars,
    },
    { venue: optional(text) },
  ),
  AccountPointRecorded: event(
    {
      accountId: id,
      pointId: id,
      irritantId: optional(id),
      kind: choice(...pointKinds),
      assertsJoint: flag,
      claimId: optional(id),
      contradicts: optional(id),
      restates: optional(id),
    },
    { quote: text },
  ),
  AccountSuperseded: event({ accountId: id, supersededBy: optional(id) }, { reason: optional(text) }),
  DivergenceNoted: event(
    { divergenceId: id, irritantId: optional(id), pointIds: optional(list(id, 0, 20)) },
    { text: text },
  ),
  DivergenceReconciled: event({ divergenceId: id }, { text: optional(text) }),
};

export type RoundFact = FactOf<typeof roundEvents>;

/** What other slices may read of a round: the fold of its own stream. */
export interface RoundFacts {
  readonly dialogueId: string;
  readonly number: number;
  /** The first act by which each side said that the round was held. */
  readonly heldBy: readonly Said[];
  /** The first word of each side on each irritant that was discussed. */
  readonly discussions: readonly { readonly irritantId: string; readonly said: Said }[];
}
