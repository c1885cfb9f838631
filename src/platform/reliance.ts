import type { Decision } from '#libs/decider';
import { refuse } from '#libs/decider';
import type { Amending } from './amending-terms.js';
import { restingUpon, standingsIn } from './dropping.js';
import type { Stored } from './envelope.js';
import type { PlatformCode } from './platform.problems.js';

/** What only points to an entry goes with it. */
const mereLinks = new Set(['InstrumentLinked']);

function named(event: Stored): string {
  return `${event.type} ${event.id}${event.act.party === null ? '' : ` of ${event.act.party}`}`;
}

/**
 * A word is taken back where that changes nothing for anybody else: no event of another party and no consequence relies
 * on it, no other party has answered it, and it answered, ended or replaced nothing of another party's. Undefined where it may be taken back.
 */
export function reliedUpon(amending: Amending, target: Stored): Decision<PlatformCode> | undefined {
  const { events, takenBackBy } = amending;
  const { dropped, endorsed } = standingsIn(events);
  const byId = new Map(events.map((one) => [one.id, one]));
  const ids = restingUpon(events, [target.id]);
  const relying = [...ids].flatMap((id) => byId.get(id) ?? []).filter((one) => !dropped.has(one.id));
  const others = [...relying, ...amending.elsewhere(new Set([target.id, ...ids]))].find(
    (one) => !mereLinks.has(one.type) && one.act.party !== target.act.party,
  );
  const instead = takenBackBy(target) ?? 'none is meant for it: say what holds now in a new act of your own';
  const mend = `The act that takes it back: ${instead}.`;
  if (others !== undefined) return refuse('RELIED_UPON', `${named(others)} relies on it. ${mend}`);
  const answer = events.find(
    ({ id, act, ends = [] }) =>
      ends.includes(target.id) && !dropped.has(id) && act.party !== null && act.party !== target.act.party,
  );
  if (answer !== undefined) return refuse('RELIED_UPON', `${named(answer)} answered or ended it. ${mend}`);
  if (endorsed.has(target.id)) {
    return refuse(
      'RELIED_UPON',
      `${target.act.party} has endorsed it, so it is ${target.act.party}'s own word.`,
    );
  }
  const touched = [...(target.restsOn ?? []), ...(target.ends ?? [])]
    .flatMap((id) => byId.get(id) ?? [])
    .find((one) => one.act.party !== null && one.act.party !== target.act.party);
  return touched === undefined
    ? undefined
    : refuse('RELIED_UPON', `It answered, ended or replaced ${named(touched)}. ${mend}`);
}
