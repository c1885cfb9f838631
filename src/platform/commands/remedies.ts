import type { CommandDeclaration, Decision } from '#libs/decider';
import type { Amending, Fields } from './amending-terms.js';
import type { Stored } from '../record/envelope.js';
import type { Slice } from '../record/slice.js';

interface Named {
  readonly name: string;
  readonly declaration: CommandDeclaration;
}

/** The last part of an address in a remedy: `/v1/assets/{id}/x` and `…/x` alike; nothing of what begins an entry. */
const address = /\(?POST (?:…|\/v1\/[a-z]+\/\{id\})\/([^\s,)]+)/g;

/** The paths that the words name of acts in the same entry. */
export function pathsIn(words: string): readonly string[] {
  return [...words.matchAll(address)].flatMap(([, path]) => path ?? []);
}

/** The same words for whoever can't take that way. */
export function withoutAddresses(words: string): string {
  return words.replace(/ \(POST [^)]*\)/g, '');
}

/** What an act needs, out of the one that it takes back; undefined where that does not have all of it. */
function dataFrom(slice: Slice, { event, assigned = {} }: CommandDeclaration, target: Stored) {
  const given: Fields = target.data;
  const fields = Object.entries(slice.schemas[event]?.data ?? {});
  const isThere = fields.every(
    ([field, { optional }]) =>
      optional === true || Object.hasOwn(assigned, field) || given[field] !== undefined,
  );
  if (!isThere) return undefined;
  return Object.fromEntries(
    fields.flatMap(([field, { optional }]) =>
      optional === true || Object.hasOwn(assigned, field) ? [] : [[field, given[field]] as const],
    ),
  );
}

/** What an act of the same kind would say in other words, so that it is no repeat; it is judged, and never recorded. */
function otherWords(value: unknown): unknown {
  if (typeof value === 'string') return `${value} …`;
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([name, one]) => [name, otherWords(one)]));
}

/**
 * Why every act that is declared to take the target back is not open now, in a sentence; undefined where one of them is, where
 * it is the other side's, or where it needs more than the target says, so that it can't be told before somebody asks.
 */
export async function whyNoRemedy(
  { slice, declared }: Pick<Amending, 'slice' | 'declared'>,
  target: Stored,
  judged: (command: Named & { readonly data: Fields; readonly content: Fields }) => Promise<Decision>,
): Promise<string | undefined> {
  const words = declared(target)?.takenBackBy ?? '';
  if (words.startsWith('none of one’s own')) return undefined;
  let why: string | undefined;
  for (const path of pathsIn(words)) {
    const found = Object.entries(slice.commands).find(([, one]) => one.path === path);
    // Corrections and retractions are judged where they are named: no act of the slice.
    if (found === undefined) return undefined;
    const [name, declaration] = found;
    const data = dataFrom(slice, declaration, target);
    const isAnew = declaration.event === target.type;
    if (data === undefined || (isAnew && Object.keys(target.content).length === 0)) return undefined;
    const content = isAnew ? (otherWords(target.content) as Fields) : {};
    const decision = await judged({ name, declaration, data, content });
    const isSaid = !('refused' in decision) && decision.events.length === 0;
    if (!('refused' in decision) && (!isSaid || isAnew)) return undefined;
    why ??= 'refused' in decision ? decision.because : 'That is said already.';
  }
  return why;
}
