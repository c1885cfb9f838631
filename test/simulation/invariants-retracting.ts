import { decideAmendment } from '../../src/platform/commands/amending.js';
import { amendmentEvents } from '../../src/platform/record/amendment-events.js';
import { restingUpon, standingsIn } from '../../src/platform/record/dropping.js';
import type { Stored } from '../../src/platform/record/envelope.js';
import { fold, represent } from '../../src/platform/record/fold.js';
import { jointlyShown } from './jointly-shown.js';
import { expectSame, shown } from './told.js';
import type { Entry, Reached, Told } from './told.js';
import { wordsStanding } from './without.js';

const bindingAtOnce: readonly string[] = ['CommitmentUndertaken', 'CommitmentWaived'];
const reason = { en: 'Entered in error.' };

/** How many retractions were found to be refused, and how many may be given. */
export interface Asked {
  refused: number;
  allowed: number;
}

interface At {
  readonly one: Reached;
  readonly events: readonly Stored[];
  readonly target: Stored;
  /** The events of other streams up to there. */
  readonly others: readonly Entry[];
}

const endorsed: ReadonlySet<string> = new Set();

/** The events of other streams that rest on any of these, however far removed. */
function restingAmong(others: readonly Entry[], ids: readonly string[]): readonly Stored[] {
  const all = others.map(({ event }) => event);
  const found = restingUpon(all, ids);
  return all.filter(({ id }) => found.has(id));
}

/** Whether its recorder may take the event back at that place, in whatever role it needs. */
function isTakenBack({ one, events, target, others }: At): boolean {
  const { slice, state } = one.folded;
  const { act } = target;
  const decision = decideAmendment({
    slice,
    events,
    state,
    request: { type: 'RetractEvent', act, data: { target: target.id }, content: { reason } },
    principal: { id: act.recordedBy, party: act.recorderParty, roles: [] } as never,
    roleFor: () => undefined,
    declared: ({ type }) => Object.values(slice.commands).find((command) => command.event === type),
    dialogue: undefined,
    elsewhere: { events: restingAmong(others, [target.id, ...restingUpon(events, [target.id])]), endorsed },
  });
  return !('refused' in decision) && decision.events.length > 0;
}

/** The stream with the retraction at its end. */
function takenBack({ events, target }: At): readonly Stored[] {
  const last = events.at(-1) ?? target;
  const retraction: Stored = {
    ...last,
    id: 'the-retraction',
    type: 'EventRetracted',
    revision: last.revision + 1,
    act: { ...target.act, capacity: 'direct' },
    data: { target: target.id },
    content: {},
  };
  return [...events, retraction];
}

/** What has gone with it, after which the other side has spoken: then nothing of its party may come back by that. */
function isSpokenSince({ events, target }: At): boolean {
  const resting = restingUpon(events, [target.id]);
  const gone = events.filter(({ id, act }) => id === target.id || (resting.has(id) && act.party !== null));
  const isLater = ({ revision, act, type }: Stored, first: Stored) =>
    revision > first.revision &&
    act.party !== null &&
    act.party !== target.act.party &&
    !Object.hasOwn(amendmentEvents, type);
  return gone.every((first) => events.some((one) => isLater(one, first)));
}

function expectNothingMade(at: At): void {
  const { one, events, target } = at;
  const { party, capacity } = target.act;
  const after = fold(one.folded.slice, takenBack(at));
  if (after === undefined) throw new Error(`${target.type} takes the whole entry with it.`);
  const is = JSON.parse(JSON.stringify(represent(after))) as Readonly<Record<string, unknown>>;
  const was = shown(one);
  const without = `without ${target.type} r${target.revision} of ${party}`;
  expectSame(one, { without, ...jointlyShown(one, is) }, { without, ...jointlyShown(one, was) });
  const [others, othersBefore] = [is, was].map((each) => Object.fromEntries(wordsStanding(each, party)));
  expectSame(one, { without, others }, { without, others: othersBefore });
  const isOwn = new Set(events.filter(({ act }) => act.party === party).map(({ id }) => id));
  const back = [...eventsIn(is)].filter((id) => isOwn.has(id) && !eventsIn(was).has(id));
  if (isSpokenSince(at)) expectSame(one, { without, back }, { without, back: [] });
  const isBinding = capacity === 'direct' && bindingAtOnce.includes(target.type);
  expectSame(one, { without, isBinding }, { without, isBinding: false });
}

/** The ids of all events that a representation shows as somebody's word. */
function eventsIn(value: unknown, found: Set<string> = new Set()): ReadonlySet<string> {
  if (typeof value !== 'object' || value === null) return found;
  const { eventId } = value as { readonly eventId?: unknown };
  if (typeof eventId === 'string') found.add(eventId);
  for (const member of Object.values(value)) eventsIn(member, found);
  return found;
}

/**
 * Whatever its recorder may take back at whatever place: nothing joint holds after it that did not hold before, and the
 * other way round; no word of the other side has another standing; and nothing of its own party's is back that the other
 * side has spoken after.
 */
export function retractionsMakeNothing({ entries, streams }: Told, asked: Asked): void {
  for (const [stream, reached] of streams) {
    for (const [index, one] of reached.entries()) {
      const events = reached.slice(0, index + 1).map(({ event }) => event);
      const others = entries.filter(({ seq, event }) => seq <= one.seq && event.stream !== stream);
      const { dropped } = standingsIn(events);
      for (const target of events.filter(({ id, revision }) => revision > 0 && !dropped.has(id))) {
        const at = { one, events, target, others };
        if (!isTakenBack(at)) {
          asked.refused += 1;
          continue;
        }
        asked.allowed += 1;
        expectNothingMade(at);
      }
    }
  }
}
