import type { Reached } from './told.js';

type Shown = Readonly<Record<string, unknown>>;
type Items = readonly Shown[];

const items = (value: unknown): Items => (value ?? []) as Items;
const named = (all: unknown, states: readonly string[]) =>
  items(all)
    .filter((one) => states.includes(String(one['state'])))
    .map(({ claimId, resolutionId, linkageId, state }) => [claimId ?? resolutionId ?? linkageId, state]);

/** Of the words of two parties on one thing, what both say. */
function same(words: unknown, field: string): unknown {
  const said = Object.values((words ?? {}) as Record<string, Shown>).map((one) => one[field]);
  return said.length === 2 && said[0] === said[1] ? said[0] : null;
}

function agreedText(shown: Shown): Shown {
  const { agreed, assents, status, completed } = shown;
  const { version, contentHash } = (agreed ?? {}) as Shown;
  const parties = items(assents).length;
  return {
    agreed: [version, contentHash],
    isAssentedToByBoth: parties > 1,
    isTerminated: agreed !== null && status === 'terminated',
    isCompleted: completed !== undefined && completed !== null,
  };
}

/** By the kind of entry, what its representation shows as holding for both sides. */
const jointly: { readonly [slice: string]: (shown: Shown) => Shown } = {
  irritants: ({ stage, milestones, claims, resolutions, linkages }) => ({
    stage,
    milestones: items(milestones).map((one) => one['eventId']),
    claims: named(claims, ['confirmed', 'partly-confirmed']),
    resolutions: named(resolutions, ['accepted', 'conditional']),
    linkages: named(linkages, ['accepted', 'ended']),
  }),
  dialogues: ({ claims }) => ({ claims: named(claims, ['confirmed', 'partly-confirmed']) }),
  commitments: ({ due, status }) => ({ due, isDischarged: status === 'discharged' }),
  assets: ({ returnedTo, agreed }) => {
    const { owner, tenure, holder } = (agreed ?? {}) as Shown;
    return { returnedTo, owner, tenure, holder };
  },
  rounds: ({ status, divergences }) => ({
    isHeld: status === 'held',
    reconciled: items(divergences)
      .filter((one) => items(one['reconciledBy']).length > 1)
      .map((one) => one['divergenceId']),
  }),
  exchanges: ({ status, completed, coverage, legalCharacters }) => ({
    isCompleted: completed !== null,
    isTerminated: completed !== null && status === 'terminated',
    covered: items(coverage)
      .filter((one) => one['byBoth'] === true)
      .map((one) => one['irritantId']),
    character: same(legalCharacters, 'character'),
  }),
  proposals: agreedText,
  roadmaps: agreedText,
};

export function jointlyShown({ folded }: Reached, shown: Shown): Shown {
  return jointly[folded.slice.name]?.(shown) ?? {};
}
