import type { Act, CommandDeclaration, Decided, Decision } from '#libs/decider';
import { restingUpon, standingsIn } from '../record/dropping.js';
import type { Stored } from '../record/envelope.js';
import { fold } from '../record/fold.js';
import { derivedAct } from '../record/recording.js';
import type { Slice } from '../record/slice.js';

/** What a rule decides of the same act where the stream holds these events. */
export type Deciding = (events: readonly Stored[], state: unknown) => Promise<Decision>;

interface Speaking {
  readonly slice: Slice;
  readonly declaration: Pick<CommandDeclaration, 'contradicts' | 'despite'>;
  readonly act: Act;
}

/** What of these others recorded in the name of one side; what that has endorsed is its own. */
function saidInName(
  types: readonly string[],
  events: readonly Stored[],
  isOf: (party: string | null) => boolean,
): readonly Stored[] {
  if (types.length === 0) return [];
  const { dropped, unauthored, endorsed } = standingsIn(events);
  return events.filter(
    (one) =>
      types.includes(one.type) &&
      isOf(one.act.party) &&
      one.act.capacity === 'attributed' &&
      ![dropped, unauthored, endorsed].some((out) => out.has(one.id)),
  );
}

/** What was recorded in the name of the party that now says the contrary itself. */
function saidInItsName({ declaration, act }: Speaking, events: readonly Stored[]): readonly Stored[] {
  const { contradicts = [] } = declaration;
  if (act.capacity !== 'direct' || act.party === null) return [];
  return saidInName(contradicts, events, (party) => party === act.party);
}

function contradictionOf(target: Stored): Decided {
  const data = { target: target.id };
  return { type: 'AttributionContradicted', data, content: {}, derivedFrom: [] };
}

/** The events as they would count without these, and what rests on them. */
function without(events: readonly Stored[], words: readonly Stored[]): readonly Stored[] {
  const taking = words.map((one): Stored => {
    const { restsOn: _, ...event } = one;
    const type = 'AttributionContradicted';
    const data = { target: one.id };
    return { ...event, id: `without-${one.id}`, type, act: derivedAct, data, content: {} };
  });
  return [...events, ...taking];
}

/** What the rule decides as if these had not been said, and what rests on them; nothing where it refuses that too. */
async function decidedWithout(
  { slice }: Speaking,
  events: readonly Stored[],
  words: readonly Stored[],
  decide: Deciding,
) {
  if (words.length === 0) return undefined;
  const rest = without(events, words);
  const decision = await decide(rest, fold(slice, rest)?.state ?? null);
  return 'refused' in decision || decision.events.length === 0 ? undefined : decision;
}

/** Whether the other side has itself ended what both were held to, and that word would drop out with these. */
function isOverWith({ slice, act }: Speaking, events: readonly Stored[], words: readonly Stored[]): boolean {
  const ending = Object.values(slice.commands).flatMap(({ undoes, event }) => (undoes ? [event] : []));
  const { dropped, endorsed } = standingsIn(events);
  const ids = restingUpon(
    events,
    words.map(({ id }) => id),
  );
  return events.some(
    (one) =>
      ids.has(one.id) &&
      !dropped.has(one.id) &&
      ending.includes(one.type) &&
      one.act.party !== act.party &&
      (one.act.capacity === 'direct' || endorsed.has(one.id)),
  );
}

/**
 * A party's own word is not refused because of what was recorded in its name: that drops out, no more of it than stands
 * in the way. The decision stays as it was where the refusal has other grounds, and where the other side has ended itself
 * what both were held to: its word is not lost by what this one says of it once it is over.
 */
export async function overWordsInItsName(
  speaking: Speaking,
  events: readonly Stored[],
  refusal: Decision,
  decide: Deciding,
): Promise<Decision> {
  const words = saidInItsName(speaking, events);
  const decideWithout = (some: readonly Stored[]) => decidedWithout(speaking, events, some, decide);
  let standing = await decideWithout(words);
  if (standing === undefined) return refusal;
  let out = words;
  for (const one of words) {
    const fewer = out.filter((other) => other !== one);
    const decision = await decideWithout(fewer);
    if (decision !== undefined) [out, standing] = [fewer, decision];
  }
  if (isOverWith(speaking, events, out)) return refusal;
  return { events: [...standing.events, ...out.map(contradictionOf)] };
}

/**
 * A party takes back its own word although it was said in the name of the other side that there is nothing to take back:
 * should that drop out, the word would count again, and the other side could take it up. What was said so stays.
 */
export async function takingBackDespite(
  speaking: Speaking,
  events: readonly Stored[],
  refusal: Decision,
  decide: Deciding,
): Promise<Decision> {
  const { declaration, act } = speaking;
  const words = saidInName(declaration.despite ?? [], events, (party) => party !== act.party);
  return (await decidedWithout(speaking, events, words, decide)) ?? refusal;
}
