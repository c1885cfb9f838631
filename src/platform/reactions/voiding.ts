import { isOfStranger } from '#libs/decider';
import type { Stored } from '../record/envelope.js';
import { restingUpon, standingsIn } from '../record/dropping.js';
import { carriesWordOf } from '../record/evidence.js';
import type { Evidence, Talks, Voices } from '../record/evidence.js';
import { fold, streamOf } from '../record/fold.js';
import { isLink } from '../record/is-link.js';
import type { PassedStreams } from './passed.js';
import type { Taken } from '../record/place.js';
import { targetOf } from '../record/redating.js';
import { hasReplaced } from '../record/replaced.js';
import { commandFor } from '../record/slice.js';
import { isUnsigned } from '../record/unsigned.js';
import { unheardIn } from '../record/voices.js';

/** Reads a stream as it is now. */
type Read = (stream: string) => Promise<readonly Stored[]>;

/** What takes part in deciding whether an event is void, at its place in the record. */
interface Place {
  /** The stream up to the event and with it. */
  readonly prefix: () => readonly Stored[];
  /** The id of its dialogue; empty where it is of none. */
  readonly log: string;
  readonly taken: Taken;
  readonly passed: PassedStreams;
  readonly read: Read;
}

type Talking = Voices & Pick<Talks, 'parties' | 'keys' | 'signing'>;

/**
 * Who had joined, who kept the record, and by which keys each signs, just before the event; of the dialogue itself nothing:
 * what stands in the stream of the keys was judged by that stream.
 */
function talksBefore({ stream }: Stored, { log, passed, taken }: Place): Talking | undefined {
  if (log === '') return undefined;
  const before = { ...taken, ordinal: taken.ordinal - 1 };
  const own = streamOf(passed.registry.part('dialogue'), log);
  return own === stream ? undefined : (passed.at(own, before)?.facts as Talking | undefined);
}

/**
 * Whether something had landed in another stream before the event, by which it could not be recorded any more: the order
 * in the store decides. The party in whose name it speaks had joined; a secretariat had entered what one side kept alone;
 * the party had said that the source is not its own; or its party had asked that its acts be taken only signed. And no
 * request records what a stranger to the dialogue says.
 */
export async function isVoid(fact: Stored, place: Place): Promise<boolean> {
  const isAmending = fact.type === 'EventCorrected' || fact.type === 'EventRetracted';
  const { capacity } = fact.act;
  if (capacity === 'derived' && !isAmending) return false;
  const voices = talksBefore(fact, place);
  if (voices === undefined) return false;
  if (isUnsigned(fact, voices) || isOfStranger(fact.act, voices.parties)) return true;
  if (capacity !== 'attributed' && !isAmending) return false;
  if (isAmending) return isOfAnother(fact, place.prefix().slice(0, -1), voices);
  const { party, recorderParty } = fact.act;
  const isBySide = recorderParty !== null;
  if (party === null)
    return isBySide && isNobodys(fact, place) && (voices.hasSecretariat || voices.joined.length !== 1);
  return (
    voices.joined.includes(party) ||
    (isBySide && voices.hasSecretariat) ||
    (await isOnBarredSource(fact, party, voices, place))
  );
}

/** What is on record as said by nobody, as the side that keeps it alone may say. */
function isNobodys({ stream, type, data }: Stored, { passed }: Place): boolean {
  const declared = commandFor(passed.registry.ofStream(stream), type);
  const named = data[declared?.nobodysWhereEmpty ?? ''];
  return Array.isArray(named) && named.length === 0;
}

/**
 * What was recorded in the name of a party is that party's to correct from its joining on: void is somebody else's
 * correction, the taking back of one, and that of a word in whose place an earlier one would be back.
 */
function isOfAnother(fact: Stored, before: readonly Stored[], { joined }: Voices): boolean {
  const byId = new Map(before.map((one) => [one.id, one]));
  const target = byId.get(targetOf(fact));
  if (target === undefined) return false;
  const corrected = target.type === 'EventCorrected' ? byId.get(targetOf(target)) : undefined;
  const { party, capacity } = (corrected ?? target).act;
  const isOfJoined = capacity === 'attributed' && party !== null && joined.includes(party);
  if (!isOfJoined || fact.act.recorderParty === party) return false;
  if (fact.type === 'EventCorrected' || corrected !== undefined) return true;
  const { dropped } = standingsIn(before);
  const resting = restingUpon(before, [target.id]);
  const going = before.filter(({ id }) => id === target.id || (resting.has(id) && !dropped.has(id)));
  return going.some((one) => !isLink(one) && hasReplaced(byId, one));
}

/** Nothing that it cites carries the word of the party but what that party had said not to be its own. */
async function isOnBarredSource(
  { sources }: Stored,
  party: string,
  voices: Voices,
  place: Place,
): Promise<boolean> {
  const cited = await Promise.all(sources.map(({ sourceId }) => sourceBefore(sourceId, place)));
  const carrying = cited.filter((one) => one !== undefined && carriesWordOf(party, one, voices));
  return carrying.length > 0 && carrying.every((one) => one?.barredBy.includes(party));
}

/**
 * The source, with what had been said of it before the event: the bar follows the disavowal, and counts from the place of
 * that on. Events are taken in their order, so the bars of all earlier disavowals are there.
 */
async function sourceBefore(
  sourceId: string,
  { passed: { registry }, taken, read }: Place,
): Promise<Evidence | undefined> {
  const isEarlier = ({ causationId }: Stored) =>
    causationId === undefined || (taken.record.byId(causationId)?.ordinal ?? Infinity) < taken.ordinal;
  const evidence = registry.part('evidence');
  const events = await read(streamOf(evidence, sourceId));
  return fold(evidence, events.filter(isEarlier))?.state as Evidence | undefined;
}

/** Whether the party has since made it its own, as it then stood: no rule takes a party's own word away from it. */
export function isEndorsedSince({ id, type, data, revision }: Stored, events: readonly Stored[]): boolean {
  const endorsed = type === 'EventCorrected' ? data['target'] : id;
  const unheard = unheardIn(events);
  const isEndorsing = (one: Stored) =>
    one.type === 'AttributionEndorsed' && one.data['target'] === endorsed && !unheard.has(one.id);
  return events.some((one) => isEndorsing(one) && one.revision > revision);
}
