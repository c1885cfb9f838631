import type { Meta } from '../../src/platform/envelope.js';
import { Ids } from '../../src/platform/ids.js';
import type { OpenRecord } from '../../src/platform/record.js';
import { derivedAct } from '../../src/platform/recording.js';

const ids = new Ids();
const contentHash = 'c'.repeat(64);

export interface Appended {
  readonly type: string;
  readonly data?: object;
  readonly party?: string;
}

export interface About {
  readonly dialogueId: string;
  readonly irritantId: string;
}

function metaOf(party: string | undefined): Meta {
  return {
    schemaVersion: 1,
    act:
      party === undefined
        ? derivedAct
        : { party, capacity: 'direct', recordedBy: `p-${party}`, recorderParty: party },
    sources: [],
    audience: 'both',
    correlationId: 'appended',
  };
}

/** Appends events whose commands are not built yet, as if those had been given. */
export async function append(record: OpenRecord, stream: string, events: readonly Appended[]): Promise<void> {
  const present = await record.world.events(stream);
  const [first, ...others] = events.map(({ type, data = {}, party }) => ({
    id: ids.next(),
    type,
    data: data as never,
    content: {},
    salt: ids.salt(),
    meta: metaOf(party) as never,
  }));
  if (first === undefined) return;
  const expected = present.length === 0 ? 'no_stream' : BigInt(present.length - 1);
  await record.store.append(stream, [first, ...others], { expected });
}

/** A roadmap with one mandatory step: drafted and tabled, assented by one side, or agreed by both. */
export async function appendRoadmap(
  record: OpenRecord,
  about: About & { readonly until: 'tabled' | 'one-assent' | 'agreed' },
) {
  const id = ids.next();
  const stepId = ids.next();
  const assent = { version: 1, contentHash, adReferendum: false };
  const upTo = { tabled: 0, 'one-assent': 1, agreed: 3 }[about.until];
  const tabled = {
    version: 1,
    contentHash,
    languages: ['en'],
    authentic: [],
    irritantIds: [about.irritantId],
    steps: [{ stepId, responsible: 'US', after: [], mandatory: true }],
  };
  const agreeing = [
    { type: 'RoadmapAssentGiven', data: assent, party: 'RU' },
    { type: 'RoadmapAssentGiven', data: assent, party: 'US' },
    { type: 'RoadmapVersionAgreed', data: { version: 1, contentHash, basis: 'direct', restsOn: [] } },
  ];
  const stream = `roadmap-${id}`;
  await append(record, stream, [
    {
      type: 'RoadmapDrafted',
      data: {
        dialogueId: about.dialogueId,
        parties: ['RU', 'US'],
        irritantIds: [about.irritantId],
        synthetic: false,
      },
      party: 'RU',
    },
    { type: 'RoadmapVersionTabled', data: tabled, party: 'RU' },
    ...agreeing.slice(0, upTo),
  ]);
  return {
    id,
    start: () => append(record, stream, [{ type: 'StepStarted', data: { stepId }, party: 'US' }]),
    accept: () => append(record, stream, [{ type: 'StepAccepted', data: { stepId }, party: 'RU' }]),
  };
}

/** A commitment whose breach is alleged, and may be withdrawn. */
export async function appendBreach(record: OpenRecord, { dialogueId, irritantId }: About) {
  const stream = `commitment-${ids.next()}`;
  const data = {
    dialogueId,
    obligors: ['US'],
    beneficiaries: ['RU'],
    mode: 'once',
    basis: { kind: 'exchange', id: ids.next() },
    irritantIds: [irritantId],
    synthetic: false,
  };
  await append(record, stream, [
    { type: 'CommitmentUndertaken', data, party: 'US' },
    { type: 'BreachAlleged', party: 'RU' },
  ]);
  return { withdraw: () => append(record, stream, [{ type: 'BreachWithdrawn', party: 'RU' }]) };
}

/** The words of one event of the stream are erased, as two principals will be able to ask for. */
export async function appendErasure(record: OpenRecord, stream: string, pick: number): Promise<void> {
  const events = await record.world.events(stream);
  const target = events[pick % events.length]?.id;
  await append(record, stream, [{ type: 'ContentErased', data: { target, basis: 'personal-data' } }]);
}
