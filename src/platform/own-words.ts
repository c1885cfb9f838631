import type { Act, CommandDeclaration, Decided, Decision } from '#libs/decider';
import { standingsIn } from './dropping.js';
import type { Stored } from './envelope.js';
import { fold } from './fold.js';
import type { Slice } from './slice.js';

/** What a rule decides of the same act where the stream holds these events. */
export type Deciding = (events: readonly Stored[], state: unknown) => Promise<Decision>;

interface Speaking {
  readonly slice: Slice;
  readonly declaration: Pick<CommandDeclaration, 'contradicts'>;
  readonly act: Act;
}

/** What others recorded in the name of the party that now says the contrary itself; what it endorsed is its own. */
function saidInItsName({ declaration, act }: Speaking, events: readonly Stored[]): readonly Stored[] {
  const { contradicts = [] } = declaration;
  if (contradicts.length === 0 || act.capacity !== 'direct' || act.party === null) return [];
  const { dropped, unauthored, endorsed } = standingsIn(events);
  return events.filter(
    (one) =>
      contradicts.includes(one.type) &&
      one.act.party === act.party &&
      one.act.capacity === 'attributed' &&
      ![dropped, unauthored, endorsed].some((out) => out.has(one.id)),
  );
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
    return { ...event, id: `without-${one.id}`, type, data: { target: one.id }, content: {} };
  });
  return [...events, ...taking];
}

/**
 * A party's own word is not refused because of what was recorded in its name: that drops out, no more of it than stands
 * in the way. The decision stays as it was where the refusal has other grounds.
 */
export async function overWordsInItsName(
  speaking: Speaking,
  events: readonly Stored[],
  refusal: Decision,
  decide: Deciding,
): Promise<Decision> {
  const words = saidInItsName(speaking, events);
  const decideWithout = async (some: readonly Stored[]) => {
    const rest = without(events, some);
    const decision = await decide(rest, fold(speaking.slice, rest)?.state ?? null);
    return 'refused' in decision || decision.events.length === 0 ? undefined : decision;
  };
  let standing = words.length === 0 ? undefined : await decideWithout(words);
  if (standing === undefined) return refusal;
  let out = words;
  for (const one of words) {
    const fewer = out.filter((other) => other !== one);
    const decision = fewer.length === 0 ? undefined : await decideWithout(fewer);
    if (decision !== undefined) [out, standing] = [fewer, decision];
  }
  return { events: [...standing.events, ...out.map(contradictionOf)] };
}
