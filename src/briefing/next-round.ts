import type { RoundDocument } from '../reading/documents.js';
import type { Talks } from './talks.js';

/** Not held by anybody's word, and not cancelled by both: what one side calls off alone is still to come for the other. */
const toCome: readonly RoundDocument['status'][] = [
  'scheduled',
  'postponed-by-one-side',
  'postponed',
  'cancelled-by-one-side',
];

/** Which sides say that the round is off, and what each says. */
function calledOff({ postponements, cancellations }: RoundDocument) {
  const of = (as: 'postponed' | 'cancelled', words: RoundDocument['postponements']) =>
    words.flatMap(({ ended, party, ...word }) => {
      const { startsAt } = word as { readonly startsAt?: string };
      return ended === null ? [{ party, as, ...(startsAt === undefined ? {} : { startsAt }) }] : [];
    });
  return [...of('postponed', postponements), ...of('cancelled', cancellations)];
}

interface Dated {
  readonly party?: string | null;
  readonly startsAt?: string;
}

/** The last word of a side by which it is to be on a day; what nobody says any more gives none. */
export function dayOf({ scheduled, reinstatements }: RoundDocument): Dated | undefined {
  const words = [scheduled, ...reinstatements] as readonly Dated[];
  return words.findLast((one) => one.startsAt !== undefined && typeof one.party === 'string');
}

/** What each side has said of the meeting to come, in the last round of which anything was said. */
export function nextRoundOf({ rounds }: Pick<Talks, 'rounds'>) {
  const planned = rounds.filter((one) => toCome.includes(one.status));
  const indicated = rounds.findLast((one) => one.nextRound.length > 0);
  return {
    scheduled: planned.map((round) => {
      const { id, number } = round;
      return { roundId: id, number, startsAt: dayOf(round)?.startsAt ?? null, calledOff: calledOff(round) };
    }),
    indicated: indicated?.nextRound ?? [],
  };
}
