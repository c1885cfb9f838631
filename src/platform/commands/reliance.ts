import type { Decision } from '#libs/decider';
import { refuse } from '#libs/decider';
import type { Amending } from './amending-terms.js';
import { isAmendment } from '../record/amendment-events.js';
import { restingUpon, standingsIn } from '../record/dropping.js';
import type { Stored } from '../record/envelope.js';
import type { PlatformCode } from '../problems/platform.problems.js';
import { isLink } from '../record/is-link.js';
import { isOfOthers } from '../record/over-others.js';
import { targetOf } from '../record/redating.js';
import { hasReplaced } from '../record/replaced.js';
import { notCorrected } from './correcting.js';
import { pathsIn, withoutAddresses } from './remedies.js';
import { changesForOthers } from './reliance-effects.js';

function nameOf(event: Stored): string {
  return `${event.type} ${event.id}${event.act.party === null ? '' : ` of ${event.act.party}`}`;
}

/**
 * A word is taken back where that changes nothing for anybody else: no event of another party and no consequence relies
 * on it or answered it, it answered, ended or replaced nothing of another party's, nothing of its own party's comes back
 * by it after another has spoken, and what holds for both sides and how the words of others stand stays as it is.
 * Undefined where it may be.
 */
export function reliedUpon(amending: Amending, target: Stored): Decision<PlatformCode> | undefined {
  const because = whyNot(amending, target);
  if (because === undefined) return undefined;
  return refuse('RELIED_UPON', `${because} ${insteadOf(amending, target)}`);
}

/** What takes it back, if that is open now; or else what may be done instead. */
function insteadOf(amending: Amending, target: Stored): string {
  const declared = amending.declared(target)?.takenBackBy;
  if (declared === undefined)
    return 'The act that takes it back: none is meant for it: say what holds now in a new act of your own.';
  const why = amending.noRemedy ?? noAmendment(amending, target);
  if (why === undefined) return `The act that takes it back: ${declared}.`;
  const correcting =
    notCorrected(amending, target, { hasWords: true }) === undefined
      ? 'correct its words (POST …/correct), or '
      : '';
  return `It stands: what else takes such an act back (${withoutAddresses(declared)}) is not open now: ${why} Instead, ${correcting}say what holds now in a new act of your own.`;
}

/** The same of amendments: what is being refused is no way out, and a correction is corrected as what it corrects may be. */
function noAmendment(amending: Amending, target: Stored): string | undefined {
  const [path] = pathsIn(amending.declared(target)?.takenBackBy ?? '');
  if (!isAmendment(target)) return undefined;
  if (path === 'retract') return 'It can’t be retracted.';
  const right = amending.events.find(({ id }) => id === targetOf(target));
  const refused =
    path === 'correct' && right !== undefined ? notCorrected(amending, right, { hasWords: true }) : undefined;
  return refused !== undefined && 'refused' in refused ? refused.because : undefined;
}

/** The reason for which it is not taken back, in a sentence. */
function whyNot(amending: Amending, target: Stored): string | undefined {
  const { events } = amending;
  const { party, capacity } = target.act;
  const { dropped, endorsed } = standingsIn(events);
  if (endorsed.has(target.id)) return `${party} has endorsed it, so it is ${party}'s own word.`;
  if (capacity === 'direct' && amending.declared(target)?.bindsAtOnce === true)
    return `${party} has bound itself by it to the other side, which relies on it from then on.`;
  if (hasOwnWordsIn(events, target)) return `${party} has put its own words there.`;
  const byId = new Map(events.map((one) => [one.id, one]));
  const known = (ids: Iterable<string> = []) => [...ids].flatMap((id) => byId.get(id) ?? []);
  const ids = restingUpon(events, [target.id]);
  const resting = known(ids).filter((one) => !dropped.has(one.id));
  const answers = events.filter(({ id, ends }) => ends?.includes(target.id) === true && !dropped.has(id));
  const relying = [...resting, ...answers, ...amending.elsewhere.events].find(
    (one) => !isLink(one) && isOfOthers(one, target),
  );
  if (relying !== undefined) return `${nameOf(relying)} relies on it.`;
  // The own acts that rest on it go with it, and what they ended would be back as well.
  for (const one of [target, ...resting.filter((each) => !isLink(each))]) {
    const needed = known(one.restsOn);
    const touched =
      known(one.ends).find((each) => isOfOthers(each, one)) ??
      needed.find((each) => each.act.party !== null && isOfOthers(each, one));
    if (touched !== undefined) return `It answered, ended or replaced ${nameOf(touched)}.`;
    const since = spokenSince(amending, one, hasReplaced(byId, one));
    if (since !== undefined) return `What it ended would be back, and ${since}.`;
  }
  const changed = changesForOthers(amending, target);
  return changed.length === 0
    ? undefined
    : `What is not of ${party ?? 'its recorder'} alone would be otherwise without it: ${changed.join(', ')}.`;
}

/** Whether a party has itself worded what others recorded in its name. */
function hasOwnWordsIn(events: readonly Stored[], { id, act }: Stored): boolean {
  const { dropped } = standingsIn(events);
  return (
    act.capacity === 'attributed' &&
    events.some(
      (one) =>
        one.type === 'EventCorrected' &&
        targetOf(one) === id &&
        one.act.recorderParty === act.party &&
        !dropped.has(one.id),
    )
  );
}

/**
 * Why an earlier word of the same party, in whose place this one came, or the words before a correction, may not be
 * there again: the other side has spoken since, and would not have spoken as it did. What others recorded in the name of
 * a party is left as that party found it, once it has joined, endorsed anything, or spoken.
 */
function spokenSince({ events, dialogue }: Amending, one: Stored, isReplacing: boolean): string | undefined {
  const right = one.type === 'EventCorrected' ? events.find(({ id }) => id === targetOf(one)) : undefined;
  if (right === undefined && !isReplacing) return undefined;
  const { party, capacity } = (right ?? one).act;
  const named = capacity === 'attributed' && party !== one.act.recorderParty ? party : null;
  const since = events.find(
    ({ revision, act, type }) =>
      revision > one.revision &&
      act.party !== null &&
      (act.party === named
        ? act.capacity === 'direct'
        : act.party !== one.act.party && !isAmendment({ type })),
  );
  if (since !== undefined) return `${since.act.party} has spoken since, in ${nameOf(since)}`;
  return named !== null && dialogue?.joined.includes(named) === true
    ? `${named} has joined since and speaks for itself`
    : undefined;
}
