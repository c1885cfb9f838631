import { markedView } from '#libs/decider';
import type { Words, WordsOf } from '#libs/decider';
import { array, byKey, described, orNull, plainText } from '../platform/shapes/json-schema.js';
import type { Published } from '../platform/shapes/json-schema.js';
import { marked } from '../platform/shapes/said-shapes.js';
import { groundOf } from './irritant-grounds.facts.js';
import type { Grounds } from './irritant-grounds.facts.js';
import type { Raising } from './irritant-raising.facts.js';

type Marked = ReturnType<typeof markedView>;

/** Of what the words were before a correction, the rules alone: the other words stand, and are marked, where they are shown. */
function ofRules(marked: Marked): Marked {
  const corrected = marked['corrected'] as
    readonly { readonly was?: { readonly legalBasis?: unknown } }[] | undefined;
  if (corrected === undefined) return marked;
  return {
    ...marked,
    corrected: corrected.map(({ was, ...one }) =>
      was === undefined
        ? one
        : { ...one, was: was.legalBasis === undefined ? {} : { legalBasis: was.legalBasis } },
    ),
  };
}

/** Words without a legal basis have lost it by a correction, or are erased; erased words are marked as corrected no more. */
function isGiven({ legalBasis, corrected }: Words): boolean {
  return legalBasis !== undefined || corrected === undefined;
}

/** By party, the rules that it invokes itself, with the word by which it does. */
export function groundsView(irritant: Grounds & Pick<Raising, 'parties'>, wordsOf: WordsOf) {
  const given = irritant.parties.flatMap((party) => {
    const ground = groundOf(irritant, party, (word) => isGiven(wordsOf(word.eventId)));
    if (ground === undefined) return [];
    const { legalBasis = null } = wordsOf(ground.said.eventId) as { readonly legalBasis?: readonly string[] };
    return [[party, { rules: legalBasis, ...ofRules(markedView(ground.said, wordsOf)) }] as const];
  });
  return { legalBasis: Object.fromEntries(given) };
}

export const groundsShape: Published<typeof groundsView> = {
  legalBasis: described(
    byKey(
      marked({
        rules: described(
          orNull(array(plainText)),
          'The rules, each in one line; null where they are erased.',
        ),
      }),
    ),
    'By party, the legal basis that it gives itself, by its last word that gives one.',
  ),
};
