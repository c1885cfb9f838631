import type { Document } from '../support/desk.js';
import type { Turn } from './asking.js';
import type { Stage } from './stage.js';

interface Owed extends Document {
  readonly obligors: readonly string[];
  readonly beneficiaries: readonly string[];
  readonly mode: string;
  readonly due: string | null;
  readonly originalDue: string | null;
}

/** Mostly on its terms, now and then on the date that it had at first, on another one or on none. */
function namedOn({ pick, twist }: Turn, { id, obligors, beneficiaries, mode, ...dates }: Owed): object {
  const obligor = obligors[pick % obligors.length];
  const due = [dates.originalDue, '2026-03-31', undefined][twist % 8] ?? dates.due ?? undefined;
  const isUndated = twist % 8 === 2;
  return {
    commitmentId: id,
    obligor,
    beneficiary: beneficiaries.find((one) => one !== obligor),
    mode: twist === 15 ? 'conditional' : mode,
    ...(isUndated || due === undefined ? {} : { due }),
  };
}

/** Some of the commitments of the history. */
export async function named({ desk, things }: Stage, turn: Turn): Promise<readonly object[]> {
  const some = things.commitments.filter((_, index) => (turn.twist + index) % 3 !== 0);
  return (await Promise.all(some.map((id) => desk.read('commitments', id)))).map((one) =>
    namedOn(turn, one as Owed),
  );
}
