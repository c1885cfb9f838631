import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { staleOf } from '../../src/briefing/stale.js';
import { statisticsOf } from '../../src/briefing/statistics.js';
import { talksOf } from '../../src/briefing/talks.js';
import { Readings } from '../../src/reading/readings.js';
import { Desk, principals } from '../support/desk.js';

const { RU, US } = principals;
const words = { en: 'Words.' };
let desk: Desk;
let dialogueId: string;
let irritantId: string;
let prefixes = 0;

beforeAll(async () => {
  desk = await Desk.open();
});
afterAll(() => desk.close());
beforeEach(async () => {
  prefixes += 1;
  const opened = { parties: ['RU', 'US'], keyPrefix: `BT${prefixes}`, name: words };
  dialogueId = (await desk.do(RU, 'dialogues.OpenDialogue', null, opened)).id;
  await desk.do(US, 'dialogues.JoinDialogue', dialogueId, {});
  irritantId = await raised({ edtf: '2023-01-10' });
});

const on = (edtf: string) => ({ occurred: { edtf } });
const lastOf = async (stream: string) => (await desk.record.streams.events(stream)).at(-1)?.id ?? '';
const correct = async (slice: string, stream: string, id: string, edtf: string, target?: string) =>
  desk.do(US, `${slice}.CorrectEvent`, id, { target: target ?? (await lastOf(stream)), ...on(edtf) });

async function raised(occurred: { readonly edtf: string }): Promise<string> {
  const about = { raisers: ['RU'], respondents: ['US'], raisedBasis: 'stated', category: 'visas' };
  const irritant = { dialogueId, ...about, title: words, occurred };
  return (await desk.do(RU, 'irritants.RaiseIrritant', null, irritant)).id;
}

async function owed(due: string, more: object = {}): Promise<string> {
  const exchange = await desk.do(RU, 'exchanges.OpenExchange', null, { dialogueId });
  const undertaken = await desk.do(US, 'commitments.AssertCommitment', null, {
    dialogueId,
    obligors: ['US'],
    beneficiaries: ['RU'],
    mode: 'once',
    due,
    basis: { kind: 'exchange', id: exchange.id },
    irritantIds: [irritantId],
    text: words,
    ...more,
  });
  const { occurred, obligors = ['US'] } = more as { occurred?: object; obligors?: readonly string[] };
  for (const party of obligors) {
    const side = party === 'RU' ? RU : US;
    await desk.do(side, 'commitments.UndertakeCommitment', undertaken.id, { ...(occurred && { occurred }) });
  }
  return undertaken.id;
}

/** Only what both sides said binds both. */
async function jointBasis(): Promise<object> {
  const { id } = await desk.do(RU, 'exchanges.OpenExchange', null, { dialogueId });
  await desk.do(US, 'exchanges.ReportExchange', id, {});
  for (const side of [RU, US]) await desk.do(side, 'exchanges.AssertCoverage', id, { irritantId });
  await desk.settled();
  return { kind: 'exchange', id };
}

async function heard(query: Record<string, string> = {}): Promise<readonly string[]> {
  await desk.settled();
  const { irritants } = await staleOf(await talksOf(new Readings(desk.record, query), dialogueId), 1);
  return irritants.map(({ lastHeard }) => lastHeard.at.slice(0, 10));
}

describe('When an irritant was last heard of', () => {
  const state = (edtf: string) =>
    desk.do(US, 'irritants.StatePosition', irritantId, { stance: 'contests', text: words, ...on(edtf) });

  it('is when the word was spoken as that was put right, and not as it was first entered', async () => {
    await state('2025-11-20');
    expect(await heard()).toEqual(['2025-11-20']);
    await correct('irritants', `irritant-${irritantId}`, irritantId, '2024-01-05');
    expect(await heard()).toEqual(['2024-01-05']);
  });

  it('is asked as of a date by the time that was put right', async () => {
    await state('2025-11-20');
    expect(await heard({ effectiveAt: '2024-06-01' })).toEqual(['2023-01-10']);
    await correct('irritants', `irritant-${irritantId}`, irritantId, '2024-01-05');
    expect(await heard({ effectiveAt: '2024-06-01' })).toEqual(['2024-01-05']);
  });

  it('is what was heard before, once the word is retracted', async () => {
    await state('2025-11-20');
    const target = await lastOf(`irritant-${irritantId}`);
    await desk.do(US, 'irritants.RetractEvent', irritantId, { target, reason: words });
    expect(await heard()).toEqual(['2023-01-10']);
  });

  it('counts what was put right on an instrument of several irritants', async () => {
    const other = await raised({ edtf: '2023-02-10' });
    const common = { irritantIds: [irritantId, other], ...on('2023-02-01') };
    const id = await owed('2026-06-30', common);
    await desk.do(US, 'commitments.ReportFulfilment', id, on('2025-10-01'));
    expect(await heard()).toEqual(['2025-10-01', '2025-10-01']);
    await correct('commitments', `commitment-${id}`, id, '2024-03-01');
    expect(await heard()).toEqual(['2024-03-01', '2024-03-01']);
  });
});

describe('A commitment that was kept', () => {
  const report = (id: string, edtf: string) => desk.do(US, 'commitments.ReportFulfilment', id, on(edtf));
  const acknowledge = (id: string, edtf: string) =>
    desk.do(RU, 'commitments.AcknowledgeFulfilment', id, on(edtf));
  const figures = async (party: 'RU' | 'US' = 'US') => {
    await desk.settled();
    const { total } = await statisticsOf(await talksOf(new Readings(desk.record, {}), dialogueId));
    return total.sides[party]?.commitments;
  };

  it('on time is not late because the other side took its time to acknowledge it', async () => {
    const id = await owed('2025-06-30');
    await report(id, '2025-06-01');
    await acknowledge(id, '2025-07-05');
    expect(await figures()).toMatchObject({ kept: 1, late: 0 });
  });

  it('after it was due is late', async () => {
    const id = await owed('2025-06-30');
    await report(id, '2025-07-01');
    await acknowledge(id, '2025-07-05');
    expect(await figures()).toMatchObject({ kept: 1, late: 1 });
  });

  it('only after its first report was disputed is as late as the report that was acknowledged', async () => {
    const id = await owed('2025-06-30');
    await report(id, '2025-06-01');
    await desk.do(RU, 'commitments.DisputeFulfilment', id, on('2025-06-10'));
    await report(id, '2025-07-02');
    await acknowledge(id, '2025-07-05');
    expect(await figures()).toMatchObject({ kept: 1, late: 1 });
  });

  it('by both is late for the side alone that was late', async () => {
    const both = { obligors: ['RU', 'US'], beneficiaries: ['RU', 'US'], basis: await jointBasis() };
    const id = await owed('2025-06-30', both);
    await report(id, '2025-06-01');
    await desk.do(RU, 'commitments.ReportFulfilment', id, on('2025-07-02'));
    await acknowledge(id, '2025-07-05');
    await desk.do(US, 'commitments.AcknowledgeFulfilment', id, on('2025-07-05'));
    expect(await figures('US')).toMatchObject({ kept: 1, late: 0 });
    expect(await figures('RU')).toMatchObject({ kept: 1, late: 1 });
  });
});
