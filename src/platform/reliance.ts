import type { Decision } from '#libs/decider';
import { refuse } from '#libs/decider';
import type { Amending } from './amending-terms.js';
import { amendmentEvents } from './amendments.js';
import { restingUpon, standingsIn } from './dropping.js';
import type { Stored } from './envelope.js';
import { fold } from './fold.js';
import type { PlatformCode } from './platform.problems.js';

/** What an act needs, and neither answers nor ends. */
const conditions = new Set(['IrritantReopened']);

/** What only points to an entry goes with it. */
const mereLinks = new Set(['InstrumentLinked']);

function named(event: Stored): string {
  return `${event.type} ${event.id}${event.act.party === null ? '' : ` of ${event.act.party}`}`;
}

/**
 * A word is taken back where that changes nothing for anybody else: no event of another party and no consequence relies
 * on it or answered it, and it answered, ended or replaced nothing of another party's. Undefined where it may be.
 */
export function reliedUpon(amending: Amending, target: Stored): Decision<PlatformCode> | undefined {
  const { events, takenBackBy } = amending;
  const { dropped, endorsed } = standingsIn(events);
  const byId = new Map(events.map((one) => [one.id, one]));
  const known = (ended: readonly string[] = []) => ended.flatMap((id) => byId.get(id) ?? []);
  const ids = restingUpon(events, [target.id]);
  const answers = events.filter((one) => one.ends?.includes(target.id) === true).map((one) => one.id);
  const relying = known([...ids, ...answers]).filter((one) => !dropped.has(one.id));
  const others = [...relying, ...amending.elsewhere(new Set([target.id, ...ids]))].find(
    (one) => !mereLinks.has(one.type) && one.act.party !== target.act.party,
  );
  const instead = takenBackBy(target) ?? 'none is meant for it: say what holds now in a new act of your own';
  const mend = `The act that takes it back: ${instead}.`;
  if (others !== undefined) return refuse('RELIED_UPON', `${named(others)} relies on it. ${mend}`);
  if (endorsed.has(target.id)) {
    return refuse(
      'RELIED_UPON',
      `${target.act.party} has endorsed it, so it is ${target.act.party}'s own word.`,
    );
  }
  const isOfOthers = (one: Stored) => one.act.party !== target.act.party;
  const touched =
    // What both brought about is another's as well: a closing that was reopened would be back.
    known(target.ends).find(isOfOthers) ??
    known(target.restsOn).find((one) => one.act.party !== null && isOfOthers(one));
  if (touched !== undefined)
    return refuse('RELIED_UPON', `It answered, ended or replaced ${named(touched)}. ${mend}`);
  const since = spokenSince(events, target, known([...(target.ends ?? []), ...(target.restsOn ?? [])]));
  if (since !== undefined) {
    return refuse(
      'RELIED_UPON',
      `What it ended would be back, and ${since.act.party} has spoken since, in ${named(since)}. ${mend}`,
    );
  }
  return movesStage(amending, target)
    ? refuse('RELIED_UPON', `It moved the stage, which is of both sides. ${mend}`)
    : undefined;
}

/**
 * What the other side has said since an act that ended an earlier word of its own party: taken back, that word would be
 * there again, and the other side would not have spoken as it did.
 */
function spokenSince(
  events: readonly Stored[],
  target: Stored,
  earlier: readonly Stored[],
): Stored | undefined {
  const hasEnded = earlier.some(
    (one) =>
      one.act.party === target.act.party &&
      one.revision > 0 &&
      one.type !== target.type &&
      !conditions.has(one.type),
  );
  return hasEnded
    ? events.find(
        (one) =>
          one.revision > target.revision &&
          one.act.party !== null &&
          one.act.party !== target.act.party &&
          !Object.hasOwn(amendmentEvents, one.type),
      )
    : undefined;
}

/** Whether the stage would be another one without it: a withdrawal, or the reopening of what its own party closed. */
function movesStage({ slice, events }: Amending, target: Stored): boolean {
  const last = events.at(-1);
  if (last === undefined) return false;
  const taking: Stored = {
    ...last,
    id: 'taken-back',
    type: 'EventRetracted',
    revision: last.revision + 1,
    data: { target: target.id },
    content: {},
  };
  const stageAfter = (all: readonly Stored[]) => {
    const folded = fold(slice, all);
    return folded === undefined ? undefined : slice.labels(folded.state)['stage'];
  };
  return stageAfter(events) !== stageAfter([...events, taking]);
}
