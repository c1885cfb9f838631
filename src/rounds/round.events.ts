import {
  choice,
  date,
  event,
  flag,
  id,
  integer,
  line,
  list,
  means,
  optional,
  party,
  text,
} from '#libs/decider';
import type { FactOf, Said } from '#libs/decider';
import * as common from '../kernel/fields.js';

export const pointKinds = ['noted', 'discussed', 'called-for', 'agreed', 'reiterated', 'next-round'] as const;
/** Who speaks in an account: one side, or the press, which speaks for neither. */
export const voices = ['party', 'press'] as const;
/** The text as it was issued, its issuer's own rendering in another language, or a translation by somebody else. */
export const renderings = ['original', 'official', 'translation'] as const;
export const delegationRoles = ['head', 'member', 'adviser', 'interpreter', 'observer'] as const;

const startsAt = means(date, 'When it began or is to begin, in EDTF.');

/** When, how long and as whose guest, as whoever says so gives it. */
export const particulars = {
  startsAt: optional(startsAt),
  endsAt: optional(date, 'When it ended, in EDTF.'),
  duration: optional(
    line(20, '^P(?=.)(\\d+D)?(T(?=.)(\\d+H)?(\\d+M)?(\\d+S)?)?$', 'an ISO 8601 duration such as PT5H30M'),
    'How long it took, as an ISO 8601 duration such as PT5H30M.',
  ),
  hostParty: optional(party, 'Whose guest the meeting was.'),
};

/** Where and at which level: labels that people read and no rule does. */
export const setting = {
  level: optional(line(120), 'At which level the meeting was.'),
  venue: optional(text, 'Where, by language.'),
};

const accountId = means(id, "An account of the round, from the round's `accounts`.");
const divergenceId = means(id, 'The divergence, from `divergences` of the round.');

export const roundEvents = {
  RoundScheduled: event(
    {
      ...common.inDialogue,
      number: means(
        integer(1, 100_000),
        'The number; the service gives the next one where a create leaves it out.',
      ),
      ...particulars,
    },
    { name: optional(common.name), ...setting },
  ),
  DelegationNamed: event(
    {
      party: common.concerned,
      accountId: optional(accountId),
      personId: means(id, 'The person; a fresh id where left out.'),
      role: optional(choice(...delegationRoles), 'In which role.'),
    },
    {
      nameAsGiven: means(line(200), 'The name exactly as the source spells it.'),
      titleAsGiven: optional(line(300), 'The title or office exactly as the source gives it.'),
      lang: common.lang,
    },
  ),
  AgendaItemTabled: event({ irritantId: optional(common.irritantId) }, { title: common.title }),
  AgendaItemDiscussed: event({ irritantId: common.irritantId }, { note: optional(common.note) }),
  RoundConcluded: event({ ...particulars, startsAt }, setting),
  RoundConfirmedHeld: event({}, { note: optional(common.note) }),
  RoundPostponed: event({ startsAt: optional(startsAt) }, common.why),
  RoundCancelled: event({}, common.why),
  RoundReinstated: event({ startsAt: optional(startsAt) }, common.why),
  NextRoundIndicated: event({ date: optional(date, 'When it is to be, in EDTF.') }, { text: common.words }),
  AccountPublished: event(
    {
      accountId,
      voice: means(
        choice(...voices),
        'Who speaks in the account: `party`, or the `press`, which speaks for no party.',
      ),
      sourceId: common.sourceId,
      lang: common.lang,
      rendering: means(
        choice(...renderings),
        'Which text it is: the original, its issuer’s own rendering in another language (`official`), or a translation by somebody else.',
      ),
      translationOf: optional(id, 'The account that this one translates; of the same party.'),
      ...particulars,
    },
    setting,
  ),
  AccountPointRecorded: event(
    {
      accountId,
      pointId: means(id, 'The point, from `points` of the round.'),
      irritantId: optional(common.irritantId),
      kind: means(choice(...pointKinds), 'What the account does with the matter.'),
      assertsJoint: means(flag, 'Whether the account says this of both sides, and not only of its own.'),
      claimId: optional(common.claimId),
      contradicts: optional(id, 'The point of the other account that this one contradicts.'),
      restates: optional(common.restates),
    },
    { quote: common.quote },
  ),
  AccountSuperseded: event(
    { accountId, supersededBy: optional(id, 'The account that takes its place.') },
    common.why,
  ),
  DivergenceNoted: event(
    {
      divergenceId,
      irritantId: optional(common.irritantId),
      pointIds: optional(list(id, 0, 20), 'The points of the accounts that diverge.'),
    },
    { text: common.words },
  ),
  DivergenceReconciled: event({ divergenceId }, common.remark),
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
