import { said, withWord } from '#libs/decider';
import type { Fact, Infer, Said } from '#libs/decider';
import { agreedOn, assented, confirmed, emptyText, latestOf, tabled, withdrawn } from '#libs/versioned-text';
import type { Version, VersionedText } from '#libs/versioned-text';
import type { OpenStep, roadmapEvents, RoadmapFact, RoadmapFacts } from './roadmap.events.js';

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
}

export function agreedVersion(roadmap: Roadmap): RoadmapVersion | undefined {
  return roadmap.versions.find((one) => one.version === roadmap.agreed?.version);
}

export function isSettled(progress: Progress | undefined): boolean {
  return progress?.accepted !== undefined || progress?.waived !== undefined;
}

/** The steps of the version in force that are neither accepted nor waived; none once the roadmap is over. */
export function openSteps(roadmap: Roadmap): readonly Step[] {
  if (statusOf(roadmap) !== 'agreed') return [];
  return (agreedVersion(roadmap)?.steps ?? []).filter(({ stepId }) => !isSettled(roadmap.progress[stepId]));
}

/** A step is one towards all that its version is about, unless it says towards which of them. */
export function openMandatory(
  { steps, irritantIds: all }: Pick<RoadmapVersion, 'steps' | 'irritantIds'>,
  progress: Roadmap['progress'],
): readonly OpenStep[] {
  return steps.flatMap(({ stepId, mandatory, irritantIds = all }) =>
    mandatory && !isSettled(progress[stepId]) ? [{ stepId, irritantIds }] : [],
  );
}

/** What it is about: the version in force, and the one on the table; before both, what it was drafted for. */
function concerned(roadmap: Roadmap, agreed: RoadmapVersion | undefined): readonly string[] {
  const versions = [agreed, latestOf(roadmap)].flatMap((one) => one?.irritantIds ?? []);
  return versions.length === 0 ? roadmap.irritantIds : [...new Set(versions)];
}

/** What follows from the agreed version and from what was done: a terminated roadmap asks for nothing more. */
function settled(roadmap: Roadmap): Roadmap {
  const version = agreedVersion(roadmap);
  const isOver = version === undefined || roadmap.terminatedBy.length > 0;
  const open = isOver ? [] : openMandatory(version, roadmap.progress);
  return {
    ...roadmap,
    openMandatorySteps: open,
    agreedIrritantIds: version?.irritantIds ?? [],
    agreedCommitments: version?.commitments ?? [],
    irritantIds: concerned(roadmap, version),
    completed: open.length > 0 || version === undefined ? null : roadmap.completed,
  };
}

function withProgress(roadmap: Roadmap, stepId: string, change: (before: Progress) => Progress): Roadmap {
  const progress = { ...roadmap.progress, [stepId]: change(roadmap.progress[stepId] ?? {}) };
  return settled({ ...roadmap, progress });
}

function without<K extends keyof Progress>(progress: Progress, ...names: readonly K[]): Progress {
  return Object.fromEntries(Object.entries(progress).filter(([name]) => !names.includes(name as K)));
}

/** A side's own word takes the place of one attributed to it, among the starts too. */
function started(roadmap: Roadmap, fact: Extract<RoadmapFact, { type: 'StepStarted' }>): Roadmap {
  const { stepId } = fact.data;
  const before = roadmap.progress[stepId]?.started;
  const [word] = withWord(before === undefined ? [] : [before], fact);
  if (word === undefined) return roadmap;
  const begun = withProgress(roadmap, stepId, (one) => ({ ...one, started: word }));
  const starts =
    before === undefined
      ? [...roadmap.starts, { stepId, said: word, accepted: begun.progress[stepId]?.accepted ?? null }]
      : withStart(roadmap, stepId, { said: word });
  return { ...begun, starts };
}

function withStart(
  { starts }: Roadmap,
  stepId: string,
  changed: Partial<Roadmap['starts'][number]>,
): Roadmap['starts'] {
  return starts.map((one) => (one.stepId === stepId ? { ...one, ...changed } : one));
}

type StepFact = Extract<RoadmapFact, { type: `Step${string}` }>;

const ofWhoeverOwesIt: readonly string[] = [
  'StepStarted',
  'StepReportedDone',
  'StepBlocked',
  'StepUnblocked',
];

/** Whether it is for that side to say: no request records a step that one side takes for the other, or accepts of itself. */
function isForItsSide(roadmap: Roadmap, { type, act, data: { stepId } }: StepFact): boolean {
  const step = agreedVersion(roadmap)?.steps.find((one) => one.stepId === stepId);
  return step === undefined || (step.responsible === act.party) === ofWhoeverOwesIt.includes(type);
}

function stepNext(roadmap: Roadmap, fact: StepFact): Roadmap {
  const { stepId } = fact.data;
  if (!isForItsSide(roadmap, fact)) return roadmap;
  const word = said(fact);
  switch (fact.type) {
    case 'StepStarted':
      return started(roadmap, fact);
    case 'StepReportedDone':
      return withProgress(roadmap, stepId, (one) => ({ ...without(one, 'rejected'), reported: word }));
    case 'StepRejected':
      return withProgress(roadmap, stepId, (one) => ({ ...without(one, 'reported'), rejected: word }));
    case 'StepAccepted': {
      const starts = withStart(roadmap, stepId, { accepted: word });
      return withProgress({ ...roadmap, starts }, stepId, (one) => ({ ...one, accepted: word }));
    }
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
      const { authentic = [] } = fact.data;
      const version: RoadmapVersion = { ...fact.data, authentic, said: said(fact) };
      return settled(tabled(roadmap, version));
    }
    case 'RoadmapAssentGiven':
      return assented(roadmap, fact);
    case 'RoadmapAssentConfirmed':
      return confirmed(roadmap, fact);
    case 'RoadmapAssentWithdrawn':
      return withdrawn(roadmap, fact);
    case 'RoadmapVersionAgreed':
      return settled(agreedOn(roadmap, fact));
    case 'RoadmapTerminated': {
      const terminatedBy = withWord(roadmap.terminatedBy, fact);
      return settled({ ...roadmap, terminatedBy, terminated: terminatedBy[0] ?? null });
    }
    case 'RoadmapCompleted':
      return settled({ ...roadmap, completed: said(fact) });
    case 'RoadmapDrafted':
      return roadmap;
    default:
      return Object.hasOwn(fact.data, 'stepId') ? stepNext(roadmap, fact) : roadmap;
  }
}

export function evolve(roadmap: Roadmap | null, fact: Fact): Roadmap | null {
  const known = fact as RoadmapFact;
  if (roadmap !== null) return next(roadmap, known);
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
    agreedCommitments: [],
    starts: [],
    progress: {},
    terminated: null,
    terminatedBy: [],
    completed: null,
  };
}

export const roadmapStatuses = ['drafted', 'tabled', 'agreed', 'completed', 'terminated'] as const;

export function statusOf(roadmap: Roadmap): (typeof roadmapStatuses)[number] {
  if (roadmap.terminatedBy.length > 0) return 'terminated';
  if (roadmap.completed !== null) return 'completed';
  if (roadmap.agreed !== null) return 'agreed';
  return roadmap.versions.length === 0 ? 'drafted' : 'tabled';
}
