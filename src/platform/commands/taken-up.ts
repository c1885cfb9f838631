import type { Decision } from '#libs/decider';
import { refuse } from '#libs/decider';
import type { Amending } from './amending-terms.js';
import { standingsIn } from '../record/dropping.js';
import type { Stored } from '../record/envelope.js';
import { isTakingUp } from '../record/taken-words.js';
import type { PlatformCode } from '../problems/platform.problems.js';

/** What the other side has accepted or answered are these very words: others it has not seen. */
export function takenUp(
  { events, declared, noRemedy }: Amending,
  target: Stored,
): Decision<PlatformCode> | undefined {
  const { dropped } = standingsIn(events);
  const answer = events.find(
    (one) => !dropped.has(one.id) && isTakingUp(one, target, declared(one)?.takesUp),
  );
  if (answer === undefined) return undefined;
  const { party } = answer.act;
  const instead = noRemedy === undefined ? declared(target)?.takenBackBy : undefined;
  return refuse(
    'CONTENT_SEALED',
    `${party} has taken these words up as they are, in ${answer.type} ${answer.id}, so they stay. Say what is otherwise in a new act${instead === undefined ? '' : `; the act that takes this one back: ${instead}`}.`,
  );
}
