import { listed } from '#libs/decider';
import type { NameOf } from '#libs/decider';

/** The irritants that something is about, by their keys, so that two of the same words are told apart by them. */
export function onMatters(irritantIds: readonly string[], nameOf: NameOf): string {
  const keys = irritantIds.map((one) => nameOf(one, 'irritant') ?? 'another irritant');
  return keys.length === 0 ? '' : `, on ${listed(keys)}`;
}
