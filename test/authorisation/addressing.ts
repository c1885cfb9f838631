import type { Body } from '../support/api.js';
import { filled } from '../support/bodies.js';
import { otherSide } from '../support/sides.js';
import type { Side } from '../support/sides.js';
import { absentId } from './ground.js';
import type { Ground } from './ground.js';
import { pathOf } from './operations.js';
import type { Described } from './operations.js';

/** A party answers for what was recorded in its name. */
function isAnswering({ operationId }: Described): boolean {
  return /^(endorse|disavow)Attribution/.test(operationId);
}

function answeredIn({ slice }: Described, { attributed }: Ground): Record<string, string> {
  const entry = attributed[slice];
  return entry === undefined ? {} : { [slice]: entry.id };
}

function targetOf(operation: Described, ground: Ground, side: Side): string | undefined {
  const { operationId, slice } = operation;
  if (isAnswering(operation)) return ground.attributed[slice]?.[side] ?? ground.ownActs[slice]?.[side];
  return operationId.startsWith('repudiateAct') ? ground.ownActs[slice]?.[side] : ground.targets[slice];
}

/** The address of an operation on this ground, as that side would call it. */
export function addressOf(operation: Described, ground: Ground, side: Side): string {
  const ids: Record<string, string> = {
    dialogues: ground.dialogueId,
    irritants: ground.irritantId,
    rounds: ground.roundId,
    exchanges: ground.exchangeId,
    proposals: ground.proposalId,
    roadmaps: ground.roadmapId,
    assets: ground.assetId,
    sources: ground.heldSourceId,
    commitments: ground.commitmentId,
    keys: ground.keyId,
    // What was recorded in the name of each side before it joined stands in entries of its own.
    ...(isAnswering(operation) && answeredIn(operation, ground)),
  };
  const isAnswer = /^(accept|reject|waive)Step$/.test(operation.operationId);
  const ownClaim = operation.operationId === 'withdrawUnderstandingClaim';
  const [, , collection = ''] = operation.path.split('/');
  return pathOf(operation, {
    id: ids[collection] ?? absentId,
    eventId: absentId,
    type: 'IrritantRaised',
    level: '0',
    place: '000.p/1',
    seq: '0',
    importId: absentId,
    name: 'irritants',
    claimId: ground.claims[ownClaim ? side : otherSide[side]],
    noteId: ground.notes[otherSide[side]],
    stepId: ground.steps[isAnswer ? otherSide[side] : side],
    inReplyTo: ground.notes[otherSide[side]],
    breachId: ground.breaches[operation.operationId === 'withdrawBreach' ? side : otherSide[side]],
    linkageId: ground.linkages[otherSide[side]],
    accessId: ground.accesses[otherSide[side]],
    damageId: ground.damages[otherSide[side]],
  });
}

let prefixes = 0;

/** The example with the parties of this ground in the place of its own. */
function translated(example: object, { RU, US }: Ground['parties']): Body {
  return JSON.parse(
    JSON.stringify(example).replaceAll('"RU"', `"${RU}"`).replaceAll('"US"', `"${US}"`),
  ) as Body;
}

/** The example of the document with things that exist in the place of its ids, as that side would send it. */
export function bodyOf(operation: Described, ground: Ground, side: Side): Body {
  const { operationId, slice, example = {} } = operation;
  const { parties } = ground;
  prefixes += 1;
  const isOwn = operationId === 'withdrawResolutionProposal';
  const real: Body = {
    dialogueId: ground.dialogueId,
    irritantId: operationId === 'assertLinkage' ? ground.otherIrritantId : ground.irritantId,
    irritantIds: [ground.irritantId],
    ...ground.onTable[slice],
    obligors: [parties[side]],
    beneficiaries: [parties[otherSide[side]]],
    accountId: ground.accounts[side],
    divergenceId: ground.divergenceId,
    ...ground.resolutions[isOwn ? side : otherSide[side]],
    sourceId: ground.sources[side],
    sources: [{ sourceId: ground.sources[side] }],
    target: targetOf(operation, ground, side),
    keyPrefix: `GR${prefixes}`,
    raisers: [parties[side]],
    respondents: [parties[otherSide[side]]],
    from: parties[side],
    to: parties[otherSide[side]],
    // Left to the service: the number of the example may be taken.
    number: undefined,
  };
  // To this machine, and of what never comes: nothing is delivered meanwhile.
  if (operationId === 'makeWebhook') return { url: 'http://127.0.0.1:9/', types: ['PartyKeyRecovered'] };
  // The words of a correction depend on the event; when it happened can be corrected of any.
  if (operationId.startsWith('correctEvent')) return { target: real['target'], occurred: '2025-04-09' };
  // A delegate is named by an account, which says whose word it is.
  const account = operationId === 'nameDelegate' ? { accountId: ground.accounts[side] } : {};
  // An erasure has a basis of another kind.
  const basis =
    operationId === 'assertCommitment' ? { basis: { kind: 'exchange', id: ground.exchangeId } } : {};
  return { ...filled(translated(example, parties), real), ...account, ...basis };
}
