import { expectSame } from './told.js';
import type { Entry, Told } from './told.js';

const carriers: readonly string[] = ['note', 'statement', 'joint-text'];
/** What only the party itself can say. */
const ownWords: readonly string[] = [
  ...['PartyJoined', 'AttributionEndorsed', 'AttributionDisavowed', 'ActRepudiated', 'ActReviewConcluded'],
  'StageReviewConcluded',
];

interface Registered {
  readonly kind: string;
  readonly issuers: readonly string[];
}

/** Before the place: the parties that had joined, and whether a secretariat had a hand in it. */
function talksBefore(told: Told, seq: number) {
  const dialogue = told.streams.get(`dialogue-${told.stage.dialogueId}`) ?? [];
  const before = dialogue.filter((one) => one.seq < seq);
  const joined = before.flatMap(({ event }) => (event.type === 'PartyJoined' ? [event.act.party] : []));
  const hasSecretariat = before.some(
    ({ event }) => event.act.recorderParty === null && event.act.capacity !== 'derived',
  );
  return { joined, hasSecretariat };
}

/** Issued by the party, carried by its own words, and registered by nobody of the other side but a sole keeper. */
function isEvidence(told: Told, { event, seq }: Entry, sourceId: string): boolean {
  const source = (told.streams.get(`source-${sourceId}`) ?? []).filter((one) => one.seq < seq);
  const [first] = source;
  if (first === undefined) return false;
  const { kind, issuers } = first.event.data as unknown as Registered;
  const { party } = event.act;
  const { joined, hasSecretariat } = talksBefore(told, seq);
  const keeper = joined.length === 1 && !hasSecretariat ? joined[0] : party;
  const isBarred = source.some(
    (one) => one.event.type === 'SourceBarred' && one.event.data['party'] === party,
  );
  const mayCarry = [null, party, keeper].includes(first.event.act.recorderParty);
  return carriers.includes(kind) && issuers.includes(party ?? '') && mayCarry && !isBarred;
}

/** Nobody speaks for a party that has joined; of one that has not, what is attributed to it stands on its own word. */
export function voicesAreTheirOwn(told: Told): void {
  for (const entry of told.entries) {
    const { act, sources, type } = entry.event;
    if (act.capacity === 'direct') expectSame(entry, act.party, act.recorderParty);
    if (act.capacity !== 'attributed') continue;
    expectSame(entry, { sources: sources.length > 0 }, { sources: true });
    if (act.party === null) continue;
    const { joined, hasSecretariat } = talksBefore(told, entry.seq);
    const found = {
      joined: joined.includes(act.party),
      ownWord: ownWords.includes(type),
      byKeeper: act.recorderParty === null || (!hasSecretariat && joined.length === 1),
      evidence: sources.some((one) => isEvidence(told, entry, one.sourceId)),
    };
    expectSame(entry, found, { joined: false, ownWord: false, byKeeper: true, evidence: true });
  }
}
