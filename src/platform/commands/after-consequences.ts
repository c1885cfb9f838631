import type { CommandDeclaration } from '#libs/decider';
import { Problem } from '#libs/problem-details';
import type { Projections } from '#libs/projections';
import { platformProblems } from '../problems/platform.problems.js';
import type { Stored } from '../record/envelope.js';
import { Once } from '../record/once.js';
import { staleRevision } from '../record/refusals.js';
import type { StoredStreams } from '../record/stored-streams.js';

const waitMs = 2_000;

/** The stream as an act is decided on it, and the revision that whoever acts has seen. */
export interface Seen {
  readonly stream: string;
  readonly revision: bigint;
  readonly once: Once;
}

/** Waits, where the act needs that, until all that follows from what is stored is stored too; then it is read anew. */
export type AfterConsequences = (
  declaration: Pick<CommandDeclaration, 'afterConsequences'>,
  seen: Seen,
) => Promise<Seen>;

export function afterConsequences(
  streams: StoredStreams,
  projections: { readonly drawn: Pick<Projections['drawn'], 'upToNow'> },
): AfterConsequences {
  return async (declaration, seen) => {
    if (declaration.afterConsequences !== true) return seen;
    const found = await seen.once.stream(seen.stream);
    if (staleRevision(found.events, seen.revision) !== undefined) return seen;
    const drawn = await projections.drawn.upToNow({ timeoutMs: waitMs });
    if (drawn === 'lagging') throw notDrawn();
    return drawn === 'level' ? seen : withWhatFollowed(seen, new Once(streams));
  };
}

/**
 * Whether words read otherwise by it: those that a correction had given are gone, or all are. No rule reads words, so that
 * whoever takes them up would do so unseen.
 */
export function isAboutWords({ type, data }: Stored, events: readonly Stored[]): boolean {
  const isOfCorrection = () => events.find(({ id }) => id === data['target'])?.type === 'EventCorrected';
  return type === 'ContentErased' || (type === 'AttributionVoid' && isOfCorrection());
}

/**
 * Whoever acts has seen all that was said before the act: what followed from that is judged by the rule and does not make
 * the act stale. Another act does, and whatever has words read otherwise.
 */
async function withWhatFollowed({ stream, revision }: Seen, once: Once): Promise<Seen> {
  const { events } = await once.stream(stream);
  const since = events.filter((one) => BigInt(one.revision) > revision);
  const last = since.at(-1);
  const isOnlyDrawn = since.every((one) => one.act.capacity === 'derived' && !isAboutWords(one, events));
  return { stream, once, revision: last !== undefined && isOnlyDrawn ? BigInt(last.revision) : revision };
}

function notDrawn(): Problem {
  return new Problem(platformProblems.PROJECTION_LAGGING, {
    detail:
      'What follows from earlier acts is not drawn yet, and this act is decided only after that; of what was sent nothing was recorded.',
    headers: { 'Retry-After': '1' },
  });
}
