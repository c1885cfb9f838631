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
  ref,
  text,
} from '#libs/decider';
import type { FactOf, Said } from '#libs/decider';

export const pointKinds = ['noted', 'discussed', 'called-for', 'agreed', 'reiterated', 'next-round'] as const;
/** Who speaks in an account: one side, or the press, which speaks for neither. */
export const voices = ['party', 'press'] as const;
/** The text as it was issued, its issuer's own rendering in another language, or a translation by somebody else. */
export const renderings = ['original', 'official', 'translation'] as const;
export const delegationRoles = ['head', 'member', 'adviser', 'interpreter', 'observer'] as const;

/** An ISO 8601 duration of hours and minutes, as in `PT5H30M`. */
const duration = line(
  20,
  '^P(?=.)(\\d+D)?(T(?=.)(\\d+H)?(\\d+M)?(\\d+S)?)?$',
  'an ISO 8601 duration such as PT5H30M',
);

/** When, how long and as whose guest, as whoever says so gives it. */
export const particulars = {
  startsAt: optional(date),
  endsAt: optional(date),
  duration: optional(duration),
  hostParty: optional(party),
};

/** Where and at which level: labels that people read and no rule does. */
export const setting = { level: optional(line(120)), venue: optional(text) };

export const roundEvents = {
  RoundScheduled: event(
    {
      dialogueId: ref('dialogues', { owns: true }),
      number: integer(1, 100_000),
      synthetic: flag,
      ...particulars,
    },
    { name: optional(text), ...setting },
  ),
  DelegationNamed: event(
    { party, accountId: optional(id), personId: id, role: optional(choice(...delegationRoles)) },
    { nameAsGiven: line(200), titleAsGiven: optional(line(300)), lang: language },
  ),
  AgendaItemTabled: event({ irritantId: optional(ref('irritants')) }, { title: text }),
  AgendaItemDiscussed: event({ irritantId: ref('irritants') }, { note: optional(text) }),
  RoundConcluded: event({ ...particulars, startsAt: date }, setting),
  RoundConfirmedHeld: event({}, { note: optional(text) }),
  RoundPostponed: event({ startsAt: optional(date) }, { reason: optional(text) }),
  RoundCancelled: event({}, { reason: optional(text) }),
  RoundReinstated: event({ startsAt: optional(date) }, { reason: optional(text) }),
  NextRoundIndicated: event({ date: optional(date) }, { text: text }),
  AccountPublished: event(
    {
      accountId: id,
      voice: choice(...voices),
      sourceId: ref('sources'),
      lang: language,
      rendering: choice(...renderings),
      translationOf: optional(id),
      ...particulars,
    },
    setting,
  ),
  AccountPointRecorded: event(
    {
      accountId: id,
      pointId: id,
      irritantId: optional(ref('irritants')),
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
    { divergenceId: id, irritantId: optional(ref('irritants')), pointIds: optional(list(id, 0, 20)) },
    { text: text },
  ),
  DivergenceReconciled: event({ divergenceId: id }, { text: optional(text) }),
};

export type RoundFact = FactOf<typeof roundEvents>;

/** What other slices may read of a round: the fold of its own stream. */
export interface RoundFacts {
  readonly dialogueId: string;
  readonly number: number;
  /** The first act by which each side said that the round was held; never the press. */
  readonly heldBy: readonly Said[];
  /** The act by which both sides had said so for the first time, whatever has taken its place; null before. */
  readonly heldSince: Said | null;
  /** The first word of each side on each irritant that was discussed; never the press. */
  readonly discussions: readonly { readonly irritantId: string; readonly said: Said }[];
  /** The first account of a side, with its first point on each irritant that it names; null while there is none. */
  readonly firstAccount: {
    readonly said: Said;
    readonly named: readonly { readonly irritantId: string; readonly said: Said }[];
  } | null;
}
