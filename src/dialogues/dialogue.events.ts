import {
  choice,
  derived,
  event,
  id,
  integer,
  line,
  list,
  means,
  optional,
  party,
  shape,
  text,
} from '#libs/decider';
import type { Infer } from '#libs/decider';
import { claimConfirmed, claimDenied, claimed, claimWithdrawn } from '../kernel/claims.events.js';
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

export const keyPurposes = ['act', 'witness'] as const;

const jwk = means(
  shape({
    crv: choice('Ed25519'),
    kty: choice('OKP'),
    x: line(43, '^[A-Za-z0-9_-]{42}[AEIMQUYcgkosw048]$', 'the 32 bytes of the key in base64url'),
  }),
  'The public key, as a JSON Web Key (RFC 8037).',
);
const thumbprint = means(
  line(43, '^[A-Za-z0-9_-]{43}$', 'a thumbprint as RFC 7638 has it'),
  'The thumbprint of the key (RFC 7638): the name under which it signs.',
);
/** C2SP signed-note: no space, no plus sign, nothing that could end a line. */
const witnessName = line(
  100,
  '^[A-Za-z0-9][A-Za-z0-9./_-]{0,99}$',
  'letters, digits, dots, dashes and slashes, beginning with a letter or digit',
);

const logOrigin = line(300, '^[^\\s+]+/[^\\s+]+$', 'the name of a log');
const logRoot = line(44, '^[A-Za-z0-9+/]{43}=$', 'a SHA-256 in base64');
const logSize = integer(1, Number.MAX_SAFE_INTEGER);

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
  SecretariatEntered: derived(
    event({}),
    'A secretariat recorded something of the dialogue for the first time, outside the stream of the dialogue itself.',
  ),
  /** An operator made a key for a party whose negotiators could not approve it: both sides see that. */
  PartyKeyRecovered: derived(
    event({ party: common.concerned, keyId }, { reason: means(line(500), 'Why, in one line.') }),
    'An operator made a key for a party whose negotiators could not approve it; both sides see that.',
  ),
  /**
   * A party says which key is its own: it signs the party's acts, or what the party's own witness has seen. These four are
   * part of the ledger's format (`keyEvents` of `#libs/ledger`), so that whoever verifies needs nothing else.
   */
  PartyKeyRegistered: event({
    purpose: means(
      choice(...keyPurposes),
      '`act`: it signs acts of the party. `witness`: the party’s own witness signs with it what it has seen of the log.',
    ),
    jwk,
    possession: means(
      line(88, '^[A-Za-z0-9+/]{85}[AQgw]==$', '64 bytes in base64'),
      'The signature of the new key over the RFC 8785 bytes of `{jwk, origin}`, the origin being that of the dialogue’s log.',
    ),
    name: optional(witnessName, 'Of a witness, the name under which it signs.'),
    thumbprint,
  }),
  /** From here on the key signs nothing; what it signed before stays signed. */
  PartyKeyRevoked: event({ thumbprint }, common.why),
  /** From here on what the party says itself is taken only signed, by a key of its own that is in force. */
  SignedActsRequired: event({}),
  SignedActsLifted: event({}),
  /**
   * The log says of itself by which keys it is signed from here on. These three are part of the ledger's format (`logEvents` of
   * `#libs/ledger`).
   */
  LogKeyRotated: derived(
    event({
      keys: means(
        list(line(400, '^[^\\s+]+\\+[0-9a-f]{8}\\+[A-Za-z0-9+/]{44}$', 'a verifier key'), 1, 2),
        'The verifier keys (c2sp.org/signed-note) that sign from here on, the new one first.',
      ),
      ended: means(
        list(line(8, '^[0-9a-f]{8}$', 'the id of a key'), 0, 4),
        'The ids of those that sign no more.',
      ),
    }),
    'Other keys sign the log from here on.',
  ),
  /** The operator accepted that nothing but the store knew what was signed of this log: up to here, and by which root. */
  GuardLossAccepted: derived(
    event({
      size: means(logSize, 'How many leaves were signed, as the store said.'),
      root: means(logRoot, 'Their root in base64.'),
    }),
    'The operator accepted that nothing but the store knew what was signed of the log.',
  ),
  /** Something that was signed is gone, so that the log goes on under another name; its old one is over with what it signed. */
  LogBegunAnew: derived(
    event(
      {
        origin: means(logOrigin, 'The name that is over.'),
        size: means(logSize, 'How many leaves were signed last under it.'),
        root: means(logRoot, 'Their root in base64.'),
      },
      { reason: means(line(500), 'Why, in one line.') },
    ),
    'Something that was signed is gone; the log goes on under another name.',
  ),
  /** What a party calls itself. */
  PartyNamed: event({}, { name: common.name }),
  /** What concerns no irritant, in one party's words: it moves no stage. */
  DialogueUnderstandingClaimed: claimed,
  DialogueUnderstandingConfirmed: claimConfirmed,
  DialogueUnderstandingDenied: claimDenied,
  DialogueUnderstandingClaimWithdrawn: claimWithdrawn,
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

/** A key of a party that is in force. */
export interface PartyKey {
  readonly party: string;
  readonly purpose: (typeof keyPurposes)[number];
  readonly thumbprint: string;
  /** The public key in base64url. */
  readonly x: string;
  /** Of a witness. */
  readonly name?: string;
}

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
  /** The keys that parties have registered and not revoked. */
  readonly keys: readonly PartyKey[];
  /** The parties whose acts are taken only signed. */
  readonly signing: readonly string[];
}
