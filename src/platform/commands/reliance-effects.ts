import { isDeepStrictEqual } from 'node:util';
import type { Said } from '#libs/decider';
import type { Amending } from './amending-terms.js';
import type { Stored } from '../record/envelope.js';
import { fold } from '../record/fold.js';
import { derivedAct } from '../record/recording.js';

/** The stream as it would be read once the event is taken back: by nobody's word, which no party signs. */
function without(events: readonly Stored[], last: Stored, target: Stored): readonly Stored[] {
  const { restsOn: _, signature: _s, ...event } = last;
  const taking: Stored = {
    ...event,
    id: 'taken-back',
    type: 'AttributionVoid',
    act: derivedAct,
    revision: last.revision + 1,
    data: { target: target.id },
    content: {},
  };
  return [...events, taking];
}

function isSaid(value: unknown): value is Said {
  return typeof value === 'object' && value !== null && 'eventId' in value && 'capacity' in value;
}

/** Where in the state each word of others stands, and how: with what is told of it beside. Consequences are others' too. */
function wordsOfOthers(
  value: unknown,
  party: string | null,
  place = '',
  found: Set<string> = new Set(),
): ReadonlySet<string> {
  if (typeof value !== 'object' || value === null) return found;
  const { said = value } = value as { readonly said?: unknown };
  if (isSaid(said) && (said.party !== party || said.capacity === 'derived')) {
    const beside = said === value ? [] : Object.entries(value).filter(([, one]) => typeof one !== 'object');
    found.add(JSON.stringify([place, said.eventId, beside]));
  }
  for (const [name, member] of Object.entries(value)) {
    wordsOfOthers(member, party, Array.isArray(value) ? place : `${place}/${name}`, found);
  }
  return found;
}

/**
 * What would be otherwise without the event, and is not its own party's alone: what holds for both sides, each by its
 * name; how the words of others stand; and what would follow from the words that are left. Nothing where a retraction
 * makes, undoes and revives nothing.
 */
export function changesForOthers({ slice, events, state }: Amending, target: Stored): readonly string[] {
  const last = events.at(-1);
  const after = last === undefined ? undefined : fold(slice, without(events, last, target));
  if (after === undefined) return [];
  const [was, is] = [slice.joint(state), slice.joint(after.state)];
  const changed = Object.keys({ ...was, ...is }).filter((name) => !isDeepStrictEqual(was[name], is[name]));
  const [words, wordsWithout] = [state, after.state].map((one) => wordsOfOthers(one, target.act.party));
  const due = (slice.follows?.(state) ?? []).map(({ type }) => type);
  const following = (slice.follows?.(after.state) ?? []).map(({ type }) => type);
  return [
    ...changed,
    ...(isDeepStrictEqual(words, wordsWithout) ? [] : ['how the words of others stand']),
    ...following.filter((type) => !due.includes(type)),
  ];
}
