import { toldView } from '#libs/decider';
import type { WordsOf } from '#libs/decider';
import type { Irritant } from './irritant.facts.js';
import type { Linkage } from './irritant-linkages.facts.js';

function outgoing({ said, answer, released, ...linkage }: Linkage, wordsOf: WordsOf) {
  return {
    direction: 'outgoing' as const,
    ...linkage,
    ...toldView(said, wordsOf),
    ...(answer === undefined ? {} : { answer: toldView(answer, wordsOf) }),
    released: released.map((one) => toldView(one, wordsOf)),
  };
}

/** Those asserted here with their words; of those asserted on another irritant, only which one that is. */
export function linkagesView(irritant: Irritant, wordsOf: WordsOf) {
  return [
    ...irritant.linkages.map((one) => outgoing(one, wordsOf)),
    ...irritant.linkedFrom.map((irritantId) => ({ direction: 'incoming' as const, irritantId })),
  ];
}

/** The linkages that still want the other side's word. */
export function unansweredLinkages(irritant: Irritant): readonly Linkage[] {
  return irritant.linkages.filter((one) => one.state === 'asserted');
}
