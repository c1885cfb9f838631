import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { principals } from '../support/desk.js';
import type { Document } from '../support/desk.js';
import { SimulatedRecord } from './record.js';
import { begin, registerSources } from './stage.js';
import type { Stage } from './stage.js';

let record: SimulatedRecord;
let stage: Stage;

beforeEach(async () => {
  record = await SimulatedRecord.open();
  const { desk } = record;
  stage = await begin(desk, await registerSources(desk), { by: 'RU', isMutual: false });
});
afterEach(() => record.close());

async function exchanged(): Promise<string> {
  const { dialogueId } = stage;
  const { id } = await record.desk.do(principals.RU, 'exchanges.OpenExchange', null, { dialogueId });
  await record.desk.do(principals.US, 'exchanges.ReportExchange', id, {});
  return id;
}

async function undertaken(): Promise<string> {
  const { dialogueId, things } = stage;
  const mutual = { obligors: ['RU', 'US'], beneficiaries: ['RU', 'US'], mode: 'once' };
  const basis = { kind: 'exchange', id: await exchanged() };
  for (const irritantId of things.irritants) {
    await record.desk.do(principals.RU, 'exchanges.AssertCoverage', basis.id, { irritantId });
    await record.desk.do(principals.US, 'exchanges.AssertCoverage', basis.id, { irritantId });
  }
  const body = { dialogueId, ...mutual, basis, irritantIds: things.irritants, text: { en: 'Words.' } };
  return (await record.desk.do(principals.RU, 'commitments.UndertakeCommitment', null, body)).id;
}

async function irritant(): Promise<Document> {
  await record.settle();
  return record.desk.read('irritants', stage.things.irritants[0] ?? '');
}

async function expectRepeatable(): Promise<void> {
  const head = await record.desk.record.store.head();
  await record.repeatAfter(-1, 2);
  expect(await record.desk.record.store.head()).toBe(head);
}

describe('Everything that follows from the record, drawn a second time', () => {
  it('leaves a breach withdrawn that both sides alleged and both withdrew', async () => {
    const { desk } = record;
    const commitment = await undertaken();
    await desk.do(principals.RU, 'commitments.AllegeBreach', commitment, {});
    await desk.do(principals.US, 'commitments.AllegeBreach', commitment, {});
    expect(await irritant()).toMatchObject({ breaches: [commitment] });
    await desk.do(principals.RU, 'commitments.WithdrawBreach', commitment, {});
    await desk.do(principals.US, 'commitments.WithdrawBreach', commitment, {});
    expect(await irritant()).toMatchObject({ breaches: [] });
    await expectRepeatable();
  });

  it('opens no review for a word that was retracted before any milestone rested on it', async () => {
    const { desk, sources } = stage;
    const exchange = await exchanged();
    const { id } = await irritant();
    await desk.do(principals.RU, 'irritants.WithdrawIrritant', id, {});
    const covering = { irritantId: id };
    const ofRu = { party: 'RU', sources: [{ sourceId: sources.RU }] };
    await desk.do(principals.secretariat, 'exchanges.AssertCoverage', exchange, { ...covering, ...ofRu });
    await desk.do(principals.US, 'exchanges.AssertCoverage', exchange, covering);
    const closed = await irritant();
    expect(closed).toMatchObject({ stage: 'withdrawn', flags: [{ code: 'irritant-closed' }] });
    const word = (await desk.record.world.events(`exchange-${exchange}`)).at(-1);
    const reason = { en: 'Too early.' };
    await desk.do(principals.US, 'exchanges.RetractEvent', exchange, { target: word?.id, reason });
    const [, closing] = closed['milestones'] as { eventId: string }[];
    await desk.do(principals.RU, 'irritants.ReopenIrritant', id, {
      closingEventId: closing?.eventId,
      reason,
    });
    await desk.do(principals.RU, 'exchanges.AssertCoverage', exchange, covering);
    expect(await irritant()).toMatchObject({ stage: 'in-implementation', review: null });
    await expectRepeatable();
  });
});
