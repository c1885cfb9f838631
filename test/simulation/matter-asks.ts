import type { Document } from '../support/desk.js';
import { among, fitting, irritantOf, newest, on, onItem, text } from './asking.js';
import type { Ask, Asks, Turn } from './asking.js';
import { otherSide } from './stage.js';
import type { Stage } from './stage.js';

interface Access {
  readonly accessId: string;
  readonly party: string;
  readonly state: string;
}
interface Damage {
  readonly damageId: string;
  readonly party: string;
}

interface Breach {
  readonly breachId: string;
  readonly party: string;
}

const commitmentsMax = 3;
const assetsMax = 2;

/** What both sides said of the irritant: an agreed text, or a completed exchange that covers it. */
function isJointOn(irritantId: string, one: Document): boolean {
  const { coverage = [], irritantIds = [] } = one as {
    readonly coverage?: readonly { readonly irritantId: string; readonly byBoth: boolean }[];
    readonly irritantIds?: readonly string[];
  };
  const covered = coverage.filter(({ byBoth }) => byBoth).map((each) => each.irritantId);
  return (
    ['completed', 'agreed'].includes(String(one['status'])) &&
    [...covered, ...irritantIds].includes(irritantId)
  );
}

/** Mostly what both sides said, where there is any. */
async function basisOf(stage: Stage, turn: Turn): Promise<object | undefined> {
  const read = (slice: 'exchanges' | 'proposals' | 'roadmaps') =>
    Promise.all(stage.things[slice].map((id) => stage.desk.read(slice, id)));
  const exchanges = (await read('exchanges')).map((one) => ({ kind: 'exchange', one }));
  const proposals = (await read('proposals')).map((one) => ({ kind: 'proposal', one }));
  const roadmaps = (await read('roadmaps')).map((one) => ({ kind: 'roadmap', one }));
  const isJoint = ({ one }: { one: Document }) => isJointOn(irritantOf(stage, turn), one);
  const found = fitting([...exchanges, ...proposals, ...roadmaps], isJoint, turn);
  return found && { kind: found.kind, id: found.one.id };
}

/** Whoever asserts it says who should owe what: it is in force for an obligor by that obligor's own word alone. */
const assertDebt: Ask = async (stage, turn) => {
  if (stage.things.commitments.length >= commitmentsMax) return undefined;
  const basis = await basisOf(stage, turn);
  const { side, twist } = turn;
  const isMutual = twist % 2 === 1;
  const obligor = twist % 4 === 2 ? otherSide(side) : side;
  const mode = among(['once', 'once', 'continuous', 'conditional'], twist >> 1);
  const body = {
    dialogueId: stage.dialogueId,
    obligors: isMutual ? ['RU', 'US'] : [obligor],
    beneficiaries: isMutual ? ['RU', 'US'] : [otherSide(obligor)],
    mode,
    due: '2025-06-30',
    ...(basis === undefined ? {} : { basis }),
    irritantIds: [irritantOf(stage, turn)],
    text,
    ...(mode === 'conditional' ? { conditions: text } : {}),
  };
  return ['commitments.AssertCommitment', null, body];
};

function onBreach(name: string, whose: (one: Breach, side: string) => boolean): Ask {
  return onItem<Breach>(['commitments', name], ['allegations', 'breachId'], whose);
}

const registerAsset: Ask = (stage, turn) =>
  stage.things.assets.length >= assetsMax
    ? undefined
    : ['assets.RegisterAsset', null, { dialogueId: stage.dialogueId, ...ownership(turn, stage) }];

function ownership(turn: Turn, stage: Stage): object {
  return {
    irritantIds: [irritantOf(stage, turn)],
    owner: turn.side,
    tenure: 'owned',
    holder: turn.twist % 4 === 3 ? turn.side : otherSide(turn.side),
    name: text,
  };
}

const theirs = (one: { readonly party: string }, side: string) => one.party !== side;

export const matterAsks = {
  assertDebt,
  undertake: on('commitments', 'UndertakeCommitment'),
  report: on('commitments', 'ReportFulfilment'),
  acknowledgeReport: on('commitments', 'AcknowledgeFulfilment'),
  dispute: on('commitments', 'DisputeFulfilment'),
  allege: on('commitments', 'AllegeBreach'),
  answerBreach: onBreach('AnswerBreach', theirs),
  withdrawBreach: onBreach('WithdrawBreach', (one, side) => !theirs(one, side)),
  extend: on('commitments', 'ExtendCommitment', ({ twist }) => ({
    due: twist % 3 === 0 ? '2025-09-30' : '2025-12-31',
  })),
  waive: on('commitments', 'WaiveCommitment'),

  registerAsset,
  assertOwnership: on('assets', 'AssertOwnership', (turn, _present, stage) => ownership(turn, stage)),
  requestAccess: on('assets', 'RequestAccess', () => ({ purpose: 'inspection' })),
  grantAccess: onItem<Access>(['assets', 'GrantAccess'], ['accesses', 'accessId'], theirs, () => ({
    until: '2025-12-31',
  })),
  denyAccess: onItem<Access>(['assets', 'DenyAccess'], ['accesses', 'accessId'], theirs, () => ({
    reason: text,
  })),
  inspect: on('assets', 'RecordInspection', ({ pick, twist }, present) => {
    const access = newest(present['accesses'] as Access[], pick);
    return { findings: text, ...(access === undefined || twist < 8 ? {} : { accessId: access.accessId }) };
  }),
  assessDamage: on('assets', 'AssessDamage', () => ({ amount: '1250000.50', currency: 'USD' })),
  disputeDamage: onItem<Damage>(['assets', 'DisputeDamage'], ['damages', 'damageId'], theirs, () => ({
    reason: text,
  })),
  recordReturn: on('assets', 'RecordReturn', ({ twist }) => ({ to: twist % 4 === 3 ? 'US' : 'RU' })),
} satisfies Asks;
