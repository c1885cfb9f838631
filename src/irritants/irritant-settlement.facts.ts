import { entries, firstOf, refuse } from '#libs/decider';
import type { Entries, LookUp } from '#libs/decider';
import type { CommitmentFacts } from '../commitments/commitment.events.js';
import type { RoadmapFacts } from '../roadmaps/roadmap.events.js';
import { instrumentKinds } from './irritant.events.js';
import type { InstrumentKind } from './irritant.events.js';
import type { Irritant } from './irritant.facts.js';

/** An instrument of the irritant at the revision that is looked at. */
export interface Checked {
  readonly kind: string;
  readonly id: string;
  readonly stream: string;
  readonly revision: number;
  readonly roadmap?: RoadmapFacts;
  readonly commitment?: CommitmentFacts;
}

/** As many irritants, and as many streams, as one event names. */
export const linkedMax = 100;
export const checkedMax = 500;

export const tooMuch = refuse(
  'LINKAGES_TOO_MANY',
  'More is linked with it than one event can name: end linkages, and accept anew.',
);

/** What an irritant can be linked to, by kind. */
export const instruments = {
  round: entries('rounds'),
  exchange: entries('exchanges'),
  proposal: entries('proposals'),
  roadmap: entries<RoadmapFacts>('roadmaps'),
  commitment: entries<CommitmentFacts>('commitments'),
  asset: entries('assets'),
} as const satisfies { readonly [kind in InstrumentKind]: Entries<unknown> };

/** The kind of instrument that a slice holds; undefined where its entries are none. */
export function kindOf(slice: string): InstrumentKind | undefined {
  return instrumentKinds.find((kind) => instruments[kind].slice === slice);
}

/** Whether it depends on instruments of this kind if an irritant can be resolved. */
export function decides(kind: InstrumentKind): kind is 'roadmap' | 'commitment' {
  return kind === 'roadmap' || kind === 'commitment';
}

/** Those of its instruments on which it depends whether the irritant can be resolved. */
export function instrumentsOf(irritant: Irritant, lookUp: LookUp): readonly Checked[] {
  return irritant.instruments.flatMap(({ kind, id }) => {
    const found = decides(kind) ? lookUp<unknown>(instruments[kind], id) : undefined;
    return found === undefined
      ? []
      : [{ kind, id, stream: found.stream, revision: found.revision, [kind]: found.facts }];
  });
}

/** What stands against a resolution at the revisions that are checked, whoever accepts it and however late. */
export function unsettled(self: string, instruments: readonly Checked[]) {
  // Of a roadmap over several irritants, only the steps towards this one.
  const steps = instruments.flatMap(({ roadmap }) =>
    (roadmap?.openMandatorySteps ?? []).flatMap((one) => (one.irritantIds.includes(self) ? one.stepId : [])),
  );
  if (steps.length > 0) {
    return refuse(
      'MANDATORY_STEPS_OPEN',
      `Mandatory steps are neither accepted nor waived: ${firstOf(steps)}.`,
    );
  }
  const breaches = instruments.filter((one) => one.commitment?.breachOpen === true);
  return breaches.length > 0
    ? refuse(
        'BREACH_OPEN',
        `A breach is alleged and not cleared: commitment ${firstOf(breaches.map((one) => one.id))}.`,
      )
    : undefined;
}
