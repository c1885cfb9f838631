import {
  choice,
  event,
  flag,
  id,
  integer,
  line,
  list,
  optional,
  party,
  ref,
  shape,
  text,
} from '#libs/decider';
import type { Infer } from '#libs/decider';

export const thirdPartyRoles = ['host', 'facilitator', 'mediator', 'observer'] as const;

/** How the first key of a party's negotiators came about: every later one takes one of its negotiators. */
const firstKey = shape({
  madeBy: choice('operator', 'folder', 'demonstration', 'issuer'),
  /** The operator that made it. */
  principalId: optional(id),
  keyId: optional(id),
  /** When the key was made, or the token issued, where it says so. */
  at: optional(line(30, '^\\d{4}-\\d\\d-\\d\\dT[0-9:.]+Z$', 'an instant in UTC')),
  issuer: optional(line(500, '^https?://[\\x21-\\x7E]+$', 'the address of an issuer')),
});
export type FirstKey = Infer<(typeof firstKey)['of']>;

export const dialogueEvents = {
  DialogueOpened: event(
    {
      parties: list(party, 2, 2),
      keyPrefix: line(
        12,
        '^[A-Z][A-Z0-9]{1,11}$',
        '2 to 12 capital letters and digits, beginning with a letter',
      ),
      synthetic: optional(flag),
    },
    { name: text, series: optional(line(60)), aim: optional(text) },
  ),
  /** A party speaks for itself from here on, and can't leave; and what its voice rests on. */
  PartyJoined: event({ firstKey: optional(firstKey) }),
  /** A secretariat recorded something for the first time, and not in the stream of the dialogue itself. */
  SecretariatEntered: event({}),
  /** An operator made a key for a party whose negotiators could not approve it: both sides see that. */
  PartyKeyRecovered: event({ party, keyId: id }, { reason: line(500) }),
  /** What a party calls itself. */
  PartyNamed: event({}, { name: text }),
  DialogueSuspended: event({}, { reason: optional(text) }),
  DialogueResumed: event({}, { reason: optional(text) }),
  PartyAliasRecorded: event({ party }, { alias: line(200) }),
  ThirdPartyRoleAsserted: event(
    { thirdParty: party, role: choice(...thirdPartyRoles), roundId: optional(ref('rounds')) },
    { text: optional(text) },
  ),
  CommentaryRecorded: event(
    { irritantId: optional(ref('irritants')), roundId: optional(ref('rounds')) },
    { speaker: optional(line(200)), quote: text },
  ),
  IrritantKeyAssigned: event({ key: line(24), number: integer(1, 1_000_000), irritantId: ref('irritants') }),
};

/** What other slices may read of a dialogue: the fold of its own stream. */
export interface DialogueFacts {
  readonly dialogueId: string;
  readonly parties: readonly string[];
  readonly keyPrefix: string;
  readonly synthetic: boolean;
  /** The parties that have joined and speak for themselves. */
  readonly joined: readonly string[];
  /** Whether a secretariat opened the dialogue or recorded in it. */
  readonly hasSecretariat: boolean;
  readonly irritants: readonly {
    readonly number: number;
    readonly key: string;
    readonly irritantId: string;
  }[];
}
