import { Ids } from '../../src/platform/ids.js';
import type { Meta } from '../../src/platform/envelope.js';
import { derivedAct } from '../../src/platform/recording.js';
import type { Stage } from './moves.js';

const ids = new Ids();
const hash = 'c'.repeat(64);

function meta(party: string | null): Meta {
  return {
    schemaVersion: 1,
    act:
      party === null
        ? derivedAct
        : { party, capacity: 'direct', recordedBy: `p-${party}`, recorderParty: party },
    sources: [],
    audience: 'both',
    correlationId: 'appended',
  };
}

/** Appends events of slices that take no commands yet, as if their commands had been given. */
export async function append(
  { desk }: Pick<Stage, 'desk'>,
  stream: string,
  events: readonly { type: string; data: object; party: string | null }[],
): Promise<void> {
  const present = await desk.record.world.events(stream);
  const [first, ...others] = events.map(({ type, data, party }) => ({
    id: ids.next(),
    type,
    data: data as never,
    content: {},
    salt: ids.salt(),
    meta: meta(party) as never,
  }));
  if (first === undefined) return;
  const expected = present.length === 0 ? 'no_stream' : BigInt(present.length - 1);
  await desk.record.store.append(stream, [first, ...others], { expected });
}

/** A roadmap that both sides agree, with a step that may be started and accepted. */
export async function appendRoadmap(stage: Stage, pick: number): Promise<void> {
  const stepId = ids.next();
  const version = {
    version: 1,
    contentHash: hash,
    languages: ['en'],
    authentic: [],
    irritantIds: [stage.irritantId],
    steps: [{ stepId, responsible: 'US', after: [], mandatory: true }],
  };
  const agreed = [
    { type: 'RoadmapAssentGiven', data: { version: 1, contentHash: hash, adReferendum: false }, party: 'RU' },
    { type: 'RoadmapAssentGiven', data: { version: 1, contentHash: hash, adReferendum: false }, party: 'US' },
    {
      type: 'RoadmapVersionAgreed',
      data: { version: 1, contentHash: hash, basis: 'direct', restsOn: [] },
      party: null,
    },
  ];
  const started = [
    { type: 'StepStarted', data: { stepId }, party: 'US' },
    { type: 'StepAccepted', data: { stepId }, party: 'RU' },
  ];
  await append(stage, `roadmap-${ids.next()}`, [
    { type: 'RoadmapDrafted', data: { dialogueId: stage.dialogueId, synthetic: false }, party: 'RU' },
    { type: 'RoadmapVersionTabled', data: version, party: 'RU' },
    ...agreed.slice(0, 1 + (pick % 3)),
    ...(pick % 6 === 5 ? started : []),
  ]);
}

/** A commitment whose breach is alleged, and perhaps withdrawn. */
export async function appendBreach(stage: Stage, pick: number): Promise<void> {
  const data = {
    dialogueId: stage.dialogueId,
    obligors: ['US'],
    beneficiaries: ['RU'],
    mode: 'once',
    basis: { kind: 'exchange', id: ids.next() },
    irritantIds: [stage.irritantId],
    synthetic: false,
  };
  await append(stage, `commitment-${ids.next()}`, [
    { type: 'CommitmentUndertaken', data, party: 'US' },
    { type: 'BreachAlleged', data: {}, party: 'RU' },
    ...(pick % 2 === 0 ? [{ type: 'BreachWithdrawn', data: {}, party: 'RU' }] : []),
  ]);
}

/** The words of some event are erased, as two principals will be able to ask for. */
export async function appendErasure(stage: Stage, pick: number): Promise<void> {
  const stream = `irritant-${stage.irritantId}`;
  const events = await stage.desk.record.world.events(stream);
  const target = events[(pick * 5 + 1) % events.length]?.id;
  await append(stage, stream, [
    { type: 'ContentErased', data: { target, basis: 'personal-data' }, party: null },
  ]);
}
