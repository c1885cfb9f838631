import fc from 'fast-check';
import { faultKinds } from './faults.js';
import type { Fault, FaultKind } from './faults.js';

/** A fault, and how long after the one before it. */
export interface Step extends Fault {
  readonly afterMs: number;
}

export const actKinds = ['cites', 'raises', 'states'] as const;

/** One act of a writer: through which server, and what is done once it is acknowledged. */
export interface PlannedAct {
  readonly kind: (typeof actKinds)[number];
  readonly server: number;
  readonly afterMs: number;
  /** It is sent once more, to the other server, as if the answer had not come. */
  readonly repeats: boolean;
  /** The list of the other server is asked for it. */
  readonly reads: boolean;
}

/** What happens to the cluster and our servers, and what two writers and those who meet at a round do meanwhile. */
export interface Schedule {
  readonly steps: readonly Step[];
  readonly writers: readonly (readonly PlannedAct[])[];
  /** Through which server each act of the round goes that has a consequence, and how long after the one before it. */
  readonly round: readonly { readonly server: number; readonly afterMs: number }[];
}

const server = fc.nat({ max: 1 });
const act: fc.Arbitrary<PlannedAct> = fc.record({
  kind: fc.constantFrom(...actKinds, 'states'),
  server,
  afterMs: fc.nat({ max: 200 }),
  repeats: fc.boolean(),
  reads: fc.boolean(),
});

/** Schedules in which those kinds of faults occur, each as likely as the others. */
export function scheduleOf(kinds: readonly FaultKind[] = faultKinds): fc.Arbitrary<Schedule> {
  const step: fc.Arbitrary<Step> = fc.record({
    kind: fc.constantFrom(...kinds),
    at: fc.nat({ max: 2 }),
    afterMs: fc.nat({ max: 300 }),
    forMs: fc.integer({ min: 20, max: 700 }),
  });
  return fc.record({
    steps: fc.array(step, { minLength: 1, maxLength: 6, size: 'max' }),
    writers: fc.tuple(
      fc.array(act, { minLength: 1, maxLength: 4, size: 'max' }),
      fc.array(act, { minLength: 1, maxLength: 4, size: 'max' }),
    ),
    round: fc.array(fc.record({ server, afterMs: fc.nat({ max: 150 }) }), { minLength: 5, maxLength: 5 }),
  });
}

/** As it is read by whoever looks for the reason of a failure. */
export function toldOf({ steps }: Schedule): string {
  return steps
    .map(({ kind, at, afterMs, forMs }) => `+${afterMs} ms ${kind} (${at}, ${forMs} ms)`)
    .join('; ');
}
