import { randomUUID } from 'node:crypto';
import type { Document } from '../support/desk.js';
import { fitting, irritantOf, on, text } from './asking.js';
import type { Ask, Asks, Turn } from './asking.js';
import { named } from './naming.js';
import { otherSide } from './stage.js';
import type { Side, Stage, Things } from './stage.js';

interface Step {
  readonly stepId: string;
  readonly responsible: string;
  readonly after: readonly string[];
  readonly counterpart?: string;
  readonly mandatory: boolean;
}
interface StepView extends Step {
  readonly state: string;
}
interface Version {
  readonly version: number;
  readonly contentHash: string;
  readonly steps?: readonly Step[];
}

const proposalsMax = 3;
const roadmapsMax = 3;

function versionsOf(present: Document): readonly Version[] {
  return present['versions'] as Version[];
}

/** Mostly the version on the table, now and then an older one or another hash. */
function naming({ twist }: Turn, present: Document): { version: number; contentHash: string } | undefined {
  const versions = versionsOf(present);
  const named = versions.at(twist === 14 ? 0 : -1);
  return named && { version: named.version, contentHash: twist === 15 ? 'a'.repeat(64) : named.contentHash };
}

function assents(slice: Things, names: readonly [assent: string, confirm: string, withdraw: string]) {
  const [assent, confirm, withdraw] = names;
  return {
    assent: on(slice, assent, (turn, present) => {
      const named = naming(turn, present);
      return named && { ...named, adReferendum: turn.twist % 4 === 3 };
    }),
    assentAdReferendum: on(slice, assent, (turn, present) => {
      const named = naming(turn, present);
      return named && { ...named, adReferendum: true };
    }),
    confirm: on(slice, confirm, naming),
    withdraw: on(slice, withdraw, (turn, present) => {
      const named = naming(turn, present);
      return named && { version: named.version };
    }),
  };
}

const onProposal = assents('proposals', [
  'AssentToProposal',
  'ConfirmAssentToProposal',
  'WithdrawAssentToProposal',
]);
const onRoadmap = assents('roadmaps', ['AssentToRoadmap', 'ConfirmRoadmapAssent', 'WithdrawRoadmapAssent']);

async function proposed(stage: Stage, turn: Turn): Promise<object> {
  return {
    form: turn.twist % 6 === 5 ? 'non-paper' : 'proposal',
    irritantIds: [irritantOf(stage, turn)],
    texts: text,
    commitments: await named(stage, turn),
  };
}

const tableProposal: Ask = async (stage, turn) =>
  stage.things.proposals.length >= proposalsMax
    ? undefined
    : ['proposals.TableProposal', null, { dialogueId: stage.dialogueId, ...(await proposed(stage, turn)) }];

const draftRoadmap: Ask = (stage, turn) =>
  stage.things.roadmaps.length >= roadmapsMax
    ? undefined
    : [
        'roadmaps.DraftRoadmap',
        null,
        { dialogueId: stage.dialogueId, irritantIds: [irritantOf(stage, turn)] },
      ];

/**
 * Up to four steps, by turns of one side and the other. Of an earlier version most are kept; the last two may be
 * counterparts, and the graph may be one that no order satisfies.
 */
function stepsOf({ side, pick, twist }: Turn, present: Document): readonly Step[] {
  const kept = (versionsOf(present).at(-1)?.steps ?? []).slice(0, twist % 4);
  const steps: Step[] = [...kept];
  for (let added = 0; steps.length < 1 + (pick % 4); added += 1) {
    const before = steps.at(-1);
    const after = before === undefined || (twist + added) % 3 === 2 ? [] : [before.stepId];
    const responsible = added % 2 === 0 ? side : otherSide(side);
    steps.push({ stepId: randomUUID(), responsible, after, mandatory: (twist + added) % 5 !== 4 });
  }
  const [first, last] = [steps.at(-2), steps.at(-1)];
  if (first === undefined || last === undefined || twist % 3 !== 1) return steps;
  if (twist === 13)
    return [
      { ...first, after: [last.stepId] },
      { ...last, after: [first.stepId] },
    ];
  if (first.responsible === last.responsible || last.after.includes(first.stepId)) return steps;
  return steps.map((one) => (one === last ? { ...one, counterpart: first.stepId } : one));
}

const tableVersion: Ask = on('roadmaps', 'TableRoadmapVersion', async (turn, present, stage) => {
  const steps = stepsOf(turn, present);
  const texts = Object.fromEntries(steps.map((one) => [one.stepId, text]));
  const commitments = await named(stage, turn);
  return { irritantIds: [irritantOf(stage, turn)], steps, texts, commitments };
});

type Whose = 'own' | 'of-the-other';

/** On a step for which this is the side's turn and which stands as the act needs it, of whichever roadmap. */
function onStep(name: string, whose: Whose, states: readonly string[]): Ask {
  const isTheirs = (one: Step, side: Side) => (one.responsible === side) === (whose === 'own');
  return async ({ desk, things }, turn) => {
    const roadmaps = await Promise.all(things.roadmaps.map((id) => desk.read('roadmaps', id)));
    const steps = roadmaps.flatMap(({ id, steps: own }) => (own as StepView[]).map((step) => ({ id, step })));
    const fits = ({ step }: { step: StepView }) => isTheirs(step, turn.side) && states.includes(step.state);
    const found = fitting(steps, fits, turn);
    return found && [`roadmaps.${name}`, found.id, {}, { stepId: found.step.stepId }];
  };
}

export const textAsks = {
  tableProposal,
  reviseProposal: on('proposals', 'ReviseProposal', (turn, _present, stage) => proposed(stage, turn)),
  assentToProposal: onProposal.assent,
  assentToProposalAdReferendum: onProposal.assentAdReferendum,
  confirmProposal: onProposal.confirm,
  withdrawFromProposal: onProposal.withdraw,
  declineProposal: on('proposals', 'DeclineProposal'),
  terminateProposal: on('proposals', 'TerminateProposal'),
  lapseProposal: on('proposals', 'LapseProposal'),

  draftRoadmap,
  tableVersion,
  assentToRoadmap: onRoadmap.assent,
  assentToRoadmapAdReferendum: onRoadmap.assentAdReferendum,
  confirmRoadmap: onRoadmap.confirm,
  withdrawFromRoadmap: onRoadmap.withdraw,
  startStep: onStep('StartStep', 'own', ['open']),
  reportStep: onStep('ReportStepDone', 'own', ['started', 'rejected']),
  acceptStep: onStep('AcceptStep', 'of-the-other', ['reported']),
  rejectStep: onStep('RejectStep', 'of-the-other', ['reported']),
  blockStep: onStep('BlockStep', 'own', ['open', 'started']),
  unblockStep: onStep('UnblockStep', 'own', ['blocked']),
  waiveStep: onStep('WaiveStep', 'of-the-other', ['open', 'started', 'reported', 'blocked', 'rejected']),
  terminateRoadmap: on('roadmaps', 'TerminateRoadmap'),
} satisfies Asks;
