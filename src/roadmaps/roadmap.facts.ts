import { said } from '#libs/decider';
import type { Fact, Infer, Said } from '#libs/decider';
import { agreedOn, assented, confirmed, emptyText, tabled, withdrawn } from '#libs/versioned-text';
import type { Version, VersionedText } from '#libs/versioned-text';
import type { roadmapEvents, RoadmapFact, RoadmapFacts } from './roadmap.events.js';

type Data<T extends keyof typeof roadmapEvents> = Infer<(typeof roadmapEvents)[T]['data']>;
export type RoadmapVersion = Data<'RoadmapVersionTabled'> & Version;
export type Step = RoadmapVersion['steps'][number];

/** What was done about one step, under whichever version: an amendment loses nothing that was done. */
export interface Progress {
  readonly started?: Said;
  readonly reported?: Said;
  /** The last rejection; the step is reported anew after it. */
  readonly rejected?: Said;
  readonly accepted?: Said;
  readonly waived?: Said;
  readonly blocked?: Said;
}

/** A roadmap as the rules see it. */
export interface Roadmap extends RoadmapFacts, VersionedText<RoadmapVersion> {
  readonly agreed: VersionedText['agreed'];
  readonly parties: readonly string[];
  readonly synthetic: boolean;
  readonly drafted: Said;
  readonly progress: { readonly [stepId: string]: Progress };
  readonly terminatedBy: readonly Said[];
  readonly completed: Said | null;
  readonly updated: { readonly eventId: string; readonly recordedAt: string };
}

export function agreedVersion(roadmap: Roadmap): RoadmapVersion | undefined {
  return roadmap.versions.find((one) => one.version === roadmap.agreed?.version);
}

export function isSettled(progress: Progress | undefined): boolean {
  return progress?.accepted !== undefined || progress?.waived !== undefined;
}

export function openMandatory(steps: readonly Step[], progress: Roadmap['progress']): readonly string[] {
  return steps.flatMap((one) => (one.mandatory && !isSettled(progress[one.stepId]) ? [one.stepId] : []));
}

/** What follows from the agreed version and from what was done: a terminated roadmap asks for nothing more. */
function settled(roadmap: Roadmap): Roadmap {
  const version = agreedVersion(roadmap);
  const isOver = version === undefined || roadmap.terminatedBy.length > 0;
  const open = isOver ? [] : openMandatory(version.steps, roadmap.progress);
  return {
    ...roadmap,
    openMandatorySteps: open,
    agreedIrritantIds: version?.irritantIds ?? [],
    completed: open.length > 0 ? null : roadmap.completed,
  };
}

function withProgress(roadmap: Roadmap, stepId: string, change: (before: Progress) => Progress): Roadmap {
  const progress = { ...roadmap.progress, [stepId]: change(roadmap.progress[stepId] ?? {}) };
  return settled({ ...roadmap, progress });
}

function without<K extends keyof Progress>(progress: Progress, ...names: readonly K[]): Progress {
  return Object.fromEntries(Object.entries(progress).filter(([name]) => !names.includes(name as K)));
}

type StepFact = Extract<RoadmapFact, { type: `Step${string}` }>;

function stepNext(roadmap: Roadmap, fact: StepFact): Roadmap {
  const { stepId } = fact.data;
  const word = said(fact);
  switch (fact.type) {
    case 'StepStarted': {
      const started = withProgress(roadmap, stepId, (one) => ({ started: word, ...one }));
      return roadmap.agreed === null ? started : { ...started, firstStart: roadmap.firstStart ?? word };
    }
    case 'StepReportedDone':
      return withProgress(roadmap, stepId, (one) => ({ ...without(one, 'rejected'), reported: word }));
    case 'StepRejected':
      return withProgress(roadmap, stepId, (one) => ({ ...without(one, 'reported'), rejected: word }));
    case 'StepAccepted':
      return withProgress(roadmap, stepId, (one) => ({ ...one, accepted: word }));
    case 'StepWaived':
      return withProgress(roadmap, stepId, (one) => ({ ...one, waived: word }));
    case 'StepBlocked':
      return withProgress(roadmap, stepId, (one) => ({ ...one, blocked: word }));
    case 'StepUnblocked':
      return withProgress(roadmap, stepId, (one) => without(one, 'blocked'));
  }
}

function next(roadmap: Roadmap, fact: RoadmapFact): Roadmap {
  switch (fact.type) {
    case 'RoadmapVersionTabled': {
      const { irritantIds } = fact.data;
      const version = { ...fact.data, said: said(fact) };
      return {
        ...tabled(roadmap, version),
        irritantIds: [...new Set([...roadmap.irritantIds, ...irritantIds])],
      };
    }
    case 'RoadmapAssentGiven':
      return assented(roadmap, fact);
    case 'RoadmapAssentConfirmed':
      return confirmed(roadmap, fact);
    case 'RoadmapAssentWithdrawn':
      return withdrawn(roadmap, fact);
    case 'RoadmapVersionAgreed':
      return settled(agreedOn(roadmap, fact));
    case 'RoadmapTerminated':
      return settled({ ...roadmap, terminatedBy: [...roadmap.terminatedBy, said(fact)] });
    case 'RoadmapCompleted':
      return settled({ ...roadmap, completed: said(fact) });
    case 'RoadmapDrafted':
      return roadmap;
    default:
      return Object.hasOwn(fact.data, 'stepId') ? stepNext(roadmap, fact) : roadmap;
  }
}

/** What goes on counting when it is retracted: the agreement, the assents and the text it rests on, the first start. */
export function restsOn(roadmap: Roadmap): readonly string[] {
  const { agreed, firstStart } = roadmap;
  if (agreed === null) return [];
  const text = agreedVersion(roadmap);
  return [
    agreed.said.eventId,
    ...agreed.restsOn,
    ...(text === undefined ? [] : [text.said.eventId]),
    ...(firstStart === null ? [] : [firstStart.eventId]),
  ];
}

export function evolve(roadmap: Roadmap | null, fact: Fact): Roadmap | null {
  const known = fact as RoadmapFact;
  const updated = { eventId: fact.id, recordedAt: fact.recordedAt };
  if (roadmap !== null) return { ...next(roadmap, known), updated };
  if (known.type !== 'RoadmapDrafted') return null;
  const { dialogueId, parties, irritantIds, synthetic } = known.data;
  return {
    ...emptyText,
    dialogueId,
    parties,
    irritantIds,
    synthetic,
    drafted: said(fact),
    openMandatorySteps: [],
    agreedIrritantIds: [],
    firstStart: null,
    progress: {},
    terminatedBy: [],
    completed: null,
    updated,
  };
}

export const roadmapStatuses = ['drafted', 'tabled', 'agreed', 'completed', 'terminated'] as const;

export function statusOf(roadmap: Roadmap): (typeof roadmapStatuses)[number] {
  if (roadmap.terminatedBy.length > 0) return 'terminated';
  if (roadmap.completed !== null) return 'completed';
  if (roadmap.agreed !== null) return 'agreed';
  return roadmap.versions.length === 0 ? 'drafted' : 'tabled';
}
