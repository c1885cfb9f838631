import { choice, event, id, line, means, optional, party, shape, text } from '#libs/decider';
import type { Infer } from '#libs/decider';
import * as common from '../kernel/fields.js';

export const thirdPartyRoles = ['host', 'facilitator', 'mediator', 'observer'] as const;

/** How the first key of a party's negotiators came about: every later one takes one of its negotiators. */
const firstKey = means(
  shape({
    madeBy: choice('operator', 'folder', 'demonstration', 'issuer'),
    /** The operator that made it. */
    principalId: optional(id),
    keyId: optional(id),
    /** When the key was made, or the token issued, where it says so. */
    at: optional(line(30, '^\\d{4}-\\d\\d-\\d\\dT[0-9:.]+Z$', 'an instant in UTC')),
    issuer: optional(line(500, '^https?://[\\x21-\\x7E]+$', 'the address of an issuer')),
  }),
  'How the first key of its negotiators came about.',
);
export type FirstKey = Infer<(typeof firstKey)['of']>;

const keyId = means(id, 'The key that was made.');

export const dialogueEvents = {
  DialogueOpened: event(
    {
      parties: common.parties,
      keyPrefix: means(
        line(12, '^[A-Z][A-Z0-9]{1,11}$', '2 to 12 capital letters and digits, beginning with a letter'),
        'What the keys of its irritants begin with, as in RUUS-1; no other dialogue may have it.',
      ),
      synthetic: optional(common.synthetic),
    },
    {
      name: common.name,
      series: optional(line(60), 'The series of meetings that the dialogue belongs to.'),
      aim: optional(text, 'What the dialogue is for, by language.'),
    },
  ),
  /** A party speaks for itself from here on, and can't leave; and what its voice rests on. */
  PartyJoined: event({ firstKey: optional(firstKey) }),
  /** A secretariat recorded something for the first time, and not in the stream of the dialogue itself. */
  SecretariatEntered: event({}),
  /** An operator made a key for a party whose negotiators could not approve it: both sides see that. */
  PartyKeyRecovered: event(
    { party: common.concerned, keyId },
    { reason: means(line(500), 'Why, in one line.') },
  ),
  /** What a party calls itself. */
  PartyNamed: event({}, { name: common.name }),
  DialogueSuspended: event({}, common.why),
  DialogueResumed: event({}, common.why),
  PartyAliasRecorded: event(
    { party: common.concerned },
    { alias: means(line(200), 'Another name under which the party appears in sources.') },
  ),
  ThirdPartyRoleAsserted: event(
    {
      thirdParty: means(party, 'A party that the dialogue is not between.'),
      role: means(choice(...thirdPartyRoles), 'In which role.'),
      roundId: optional(common.roundId),
    },
    common.remark,
  ),
  CommentaryRecorded: event(
    { irritantId: optional(common.irritantId), roundId: optional(common.roundId) },
    { speaker: optional(line(200), 'Who said it, as the source names the speaker.'), quote: common.quote },
  ),
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
}
