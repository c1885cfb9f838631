import { labelled, quoted, recorded, who, wording } from '#libs/decider';
import type { NameOf, NamesOf, SummariesOf } from '#libs/decider';
import { claimNames, claimsInWords } from '../kernel/claims.summaries.js';
import type { dialogueEvents, FirstKey } from './dialogue.events.js';

/** What a party's voice rests on: who made the first key of its negotiators, and when. */
export function firstKeyInWords(
  { madeBy, principalId, at, issuer }: FirstKey,
  inWords = (instant: string) => instant,
): string {
  const when = at === undefined ? '' : ` on ${inWords(at)}`;
  const first = `the first key of its negotiators was made`;
  switch (madeBy) {
    case 'operator':
      return `${first} by an operator (${principalId ?? 'unnamed'})${when}`;
    case 'folder':
      return `${first} by the command on the folder of the record${when}`;
    case 'demonstration':
      return `${first} by the demonstration${when}`;
    case 'issuer':
      return `its negotiator came with a token of ${issuer ?? 'an issuer'}${at === undefined ? '' : `, issued${when}`}`;
  }
}

/** Between the name of a verifier key and the key. */
function keyId(key: string): string {
  return key.split('+')[1] ?? key;
}

const claims = claimsInWords(() => 'the dialogue');

export const dialogueNames: NamesOf<typeof dialogueEvents> = {
  DialogueUnderstandingClaimed: claimNames,
};

export const dialogueSummaries: SummariesOf<typeof dialogueEvents> = {
  DialogueOpened: (e) =>
    `A dialogue between ${e.data.parties.join(' and ')} was opened${e.act.party === null ? '' : ` by ${e.act.party}`}${recorded(e)}${labelled(e.content.name)}`,
  PartyJoined: (e) =>
    `${who(e)} joined the dialogue and speaks for itself from here on${e.data.firstKey === undefined ? '' : `; ${firstKeyInWords(e.data.firstKey)}`}`,
  SecretariatEntered: () => 'A secretariat began to record in the dialogue',
  PartyKeyRecovered: (e) =>
    `An operator made a key for ${e.data.party} that no negotiator of ${e.data.party} approved: ${e.content.reason ?? '(erased)'}`,
  PartyKeyRegistered: (e) =>
    e.data.purpose === 'act'
      ? `${who(e)} registered the key ${e.data.thumbprint}, which signs its acts`
      : `${who(e)} named ${e.data.name ?? 'a witness'} as its own witness, with the key ${e.data.thumbprint}`,
  PartyKeyRevoked: (e) =>
    `${who(e)} revoked its key ${e.data.thumbprint}, which signs nothing from here on${quoted(e, 'reason')}`,
  SignedActsRequired: (e) => `${who(e)} asked that its own acts be taken only signed from here on`,
  SignedActsLifted: (e) => `${who(e)} asked that its own acts be taken unsigned again`,
  LogKeyRotated: (e) =>
    `The key of the log was changed: ${e.data.keys.map(keyId).join(' and ')} ${e.data.keys.length === 1 ? 'signs' : 'sign'} from here on${e.data.ended.length === 0 ? '' : `, and ${e.data.ended.join(' and ')} no more`}`,
  GuardLossAccepted: (e) =>
    `The operator accepted that the guard file of the log was lost: that ${e.data.size} entries were signed, only the store said`,
  LogBegunAnew: (e) =>
    `The log was begun anew: ${e.data.size} entries were signed under its old name ${e.data.origin}, and not all of them are here. ${e.content.reason ?? '(erased)'}`,
  PartyNamed: (e) => `${who(e)} calls itself ${wording(e.content.name)}`,
  DialogueUnderstandingClaimed: claims.claimed,
  DialogueUnderstandingConfirmed: claims.confirmed,
  DialogueUnderstandingDenied: claims.denied,
  DialogueUnderstandingClaimWithdrawn: claims.withdrawn,
  DialogueSuspended: (e) => `${who(e)} suspended the dialogue${quoted(e, 'reason')}`,
  DialogueResumed: (e) => `${who(e)} lifted its suspension of the dialogue${quoted(e, 'reason')}`,
  PartyAliasRecorded: (e) =>
    `${e.data.party} is also known as ${e.content.alias ?? '(erased)'}${e.act.party === null ? recorded(e) : `, as ${who(e)} says`}`,
  ThirdPartyRoleAsserted: (e, nameOf) =>
    `${e.data.thirdParty} is said${e.act.party === null ? '' : ` by ${e.act.party}`}${recorded(e)} to be ${e.data.role}${roundIn(e.data.roundId, nameOf, ' of')}${quoted(e, 'text')}`,
  CommentaryRecorded: (e, nameOf) =>
    `${e.content.speaker ?? 'A commentator'}${recorded(e)} said${aboutIn(e.data, nameOf)}${quoted(e, 'quote')}`,
};

function roundIn(roundId: string | undefined, nameOf: NameOf, preposition: string): string {
  return roundId === undefined ? '' : `${preposition} ${nameOf(roundId, 'round') ?? 'a round'}`;
}

interface Place {
  readonly irritantId?: string;
  readonly roundId?: string;
}

/** Of which matter it was said, and at which round. */
function aboutIn({ irritantId, roundId }: Place, nameOf: NameOf): string {
  const matter = irritantId === undefined ? '' : ` of ${nameOf(irritantId, 'irritant') ?? 'an irritant'}`;
  return `${matter}${roundIn(roundId, nameOf, ' at')}`;
}
