import type { Stored } from '../../src/platform/record/envelope.js';
import { expectSame, ofKind, shown } from './told.js';
import type { Reached, Told } from './told.js';

interface Milestone {
  readonly stage: string;
  readonly eventId: string;
  readonly restsOn: readonly string[];
  readonly by?: { readonly kind: string; readonly id: string };
}

type Events = ReadonlyMap<string, Stored>;

/** By which words each kind of ground is reached; what else a milestone rests on, both sides had said before. */
const speaking: { readonly [kind: string]: readonly string[] } = {
  round: ['AgendaItemDiscussed', 'AccountPointRecorded'],
  roadmap: ['StepStarted', 'StepAccepted'],
  commitment: ['FulfilmentReported', 'FulfilmentAcknowledged'],
};
const closing = ['IrritantWithdrawn', 'WithdrawalAccepted'];

/** The sides whose words brought the matter there; undefined where it takes the words of both by its nature. */
function sidesOf(
  { eventId, restsOn, by }: Milestone,
  events: Events,
): readonly (string | null)[] | undefined {
  const own = events.get(eventId);
  if (own?.type === 'IrritantReopened') return [own.act.party];
  // Where consultation began by an instrument, one side had put it forward and the other assented.
  const isDerived =
    own?.type === 'ImplementationBegan' || (own?.type === 'ConsultationBegan' && by?.kind === 'round');
  const types = closing.includes(own?.type ?? '')
    ? closing
    : isDerived
      ? speaking[by?.kind ?? '']
      : undefined;
  if (types === undefined) return undefined;
  return restsOn.flatMap((id) => {
    const word = events.get(id);
    const isWord = word !== undefined && types.includes(word.type) && word.data['kind'] !== 'next-round';
    return isWord ? [word.act.party] : [];
  });
}

/** The one side that has spoken of all of them; undefined where both have. */
function aloneIn(milestones: readonly Milestone[], events: Events): string | undefined {
  const sides = milestones.map((one) => sidesOf(one, events));
  const all = new Set(sides.flatMap((one) => one ?? ['RU', 'US']));
  return all.size === 1 ? ([...all][0] ?? undefined) : undefined;
}

/** What the other side has said since of the same discussion, step or report, and still says. */
function saidByBoth({ by, restsOn }: Milestone, irritantId: string, told: Told): boolean {
  const last = told.streams.get(`${by?.kind}-${by?.id}`)?.at(-1);
  const state = last?.folded.state as
    | {
        readonly discussions?: readonly { readonly irritantId: string }[];
        readonly starts?: readonly {
          readonly said: { readonly eventId: string };
          readonly accepted: unknown;
        }[];
        readonly reports?: readonly {
          readonly said: { readonly eventId: string };
          readonly answers: readonly { readonly kind: string }[];
        }[];
      }
    | undefined;
  const { discussions = [], starts = [], reports = [] } = state ?? {};
  return (
    discussions.filter((one) => one.irritantId === irritantId).length > 1 ||
    starts.some(({ said, accepted }) => accepted !== null && restsOn.includes(said.eventId)) ||
    reports.some(
      ({ said, answers }) =>
        restsOn.includes(said.eventId) && answers.some(({ kind }) => kind === 'acknowledged'),
    )
  );
}

/**
 * Whatever one side does alone, a stage that it reached by that says so; and none says so that the other side's word, still
 * standing, has reached as well.
 */
export function aloneIsSaid(told: Told): void {
  const events: Events = new Map(told.entries.map(({ event }) => [event.id, event]));
  for (const last of ofKind(told, 'irritant').map((all) => all.at(-1) as Reached)) {
    const { stage, byWordOf, milestones, id } = shown(last) as unknown as {
      readonly stage: string;
      readonly byWordOf?: string;
      readonly milestones: readonly Milestone[];
      readonly id: string;
    };
    const reached = milestones.filter((one) => one.stage === stage);
    const alone = stage === 'raised' ? undefined : aloneIn(reached, events);
    expectSame(last, { stage, byWordOf }, { stage, byWordOf: alone });
    const isByBoth = byWordOf !== undefined && reached.some((one) => saidByBoth(one, id, told));
    expectSame(last, { byWordOf, isByBoth }, { byWordOf, isByBoth: false });
  }
}
