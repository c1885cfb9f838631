import type { Decision } from '#libs/decider';
import { refuse } from '#libs/decider';
import type { Amending } from './amending-terms.js';
import { standingsIn } from '../record/dropping.js';
import type { Stored } from '../record/envelope.js';
import type { PlatformCode } from '../problems/platform.problems.js';

/** What the other side has accepted or answered are these very words: others it has not seen. */
export function takenUp(
  { events, declared, noRemedy }: Amending,
  target: Stored,
): Decision<PlatformCode> | undefined {
  const { dropped } = standingsIn(events);
  const isTakingUp = (one: Stored) =>
    one.act.party !== null &&
    one.act.party !== target.act.party &&
    !dropped.has(one.id) &&
    declared(one)?.takesUp?.includes(target.type) === true &&
    [...(one.restsOn ?? []), ...(one.ends ?? [])].includes(target.id);
  const answer = events.find(isTakingUp);
  if (answer === undefined) return undefined;
  const { party } = answer.act;
  const instead = noRemedy === undefined ? declared(target)?.takenBackBy : undefined;
  return refuse(
    'CONTENT_SEALED',
    `${party} has taken these words up as they are, in ${answer.type} ${answer.id}, so they stay. Say what is otherwise in a new act${instead === undefined ? '' : `; the act that takes this one back: ${instead}`}.`,
  );
}
