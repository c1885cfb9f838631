import { means, party } from '#libs/decider';

/** The label by which a list finds what waits for a word of a party. */
export const awaitedLabel = 'awaiting';

/** The filter of a list by whose word is awaited; several parties may owe one. */
export const awaitedFilter = means(party, 'Only what waits for a word of this party, as `awaiting` says.');

/** The labels by which it finds an entry: each party once, however much it owes. */
export function awaitedLabels(awaiting: readonly { readonly from: string }[]): readonly string[] {
  return [...new Set(awaiting.map(({ from }) => from))];
}
