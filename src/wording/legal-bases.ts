/** A legal basis as views give it: the rules, and what they were before the words that give them were corrected. */
interface Given {
  readonly rules: readonly string[] | null;
  readonly corrected?: unknown;
}

type Corrections = readonly { readonly was?: { readonly legalBasis?: readonly string[] } }[];

/** The rules as people read them, each in one line. */
export function rulesIn({ rules }: Given): readonly string[] {
  return rules ?? ['(erased)'];
}

/** What was given until a correction gave other rules, the earliest first. */
export function rulesBefore({ rules, corrected = [] }: Given): readonly (readonly string[])[] {
  const before = (corrected as Corrections).flatMap(({ was }) =>
    was === undefined ? [] : [was.legalBasis ?? []],
  );
  return before.filter((one, place) => {
    const next = before[place + 1] ?? rules ?? [];
    return one.length > 0 && JSON.stringify(one) !== JSON.stringify(next);
  });
}
