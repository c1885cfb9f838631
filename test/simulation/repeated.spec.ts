import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { principals } from '../support/desk.js';
import type { Document } from '../support/desk.js';
import { SimulatedRecord } from './record.js';
import { begin } from './stage.js';
import type { Stage } from './stage.js';

const { RU, US } = principals;
let record: SimulatedRecord;
let stage: Stage;

beforeEach(async () => {
  record = await SimulatedRecord.open();
  stage = await begin(record.desk, { by: 'RU', isMutual: false, keeping: 'both' });
});
afterEach(() => record.close());

async function undertaken(): Promise<string> {
  const { dialogueId, things } = stage;
  const mutual = { obligors: ['RU', 'US'], beneficiaries: ['RU', 'US'], mode: 'once', due: '2025-06-30' };
  const body = { dialogueId, ...mutual, irritantIds: things.irritants, text: { en: 'Words.' } };
  const { id } = await record.desk.do(RU, 'commitments.AssertCommitment', null, body);
  for (const side of [RU, US]) await record.desk.do(side, 'commitments.UndertakeCommitment', id, {});
  return id;
}

async function irritant(): Promise<Document> {
  await record.settle();
  return record.desk.read('irritants', stage.things.irritants[0] ?? '');
}

describe('Everything that follows from the record, drawn a second time', () => {
  it('leaves a breach withdrawn that both sides alleged and both withdrew', async () => {
    const { desk } = record;
    const commitment = await undertaken();
    const breaches = new Map<typeof RU | typeof US, string>();
    for (const side of [RU, US]) {
      const shown = await desk.do(side, 'commitments.AllegeBreach', commitment, {});
      const { breachId } = (shown['allegations'] as { breachId: string }[]).at(-1)!;
      breaches.set(side, breachId);
    }
    expect((await irritant())['breaches']).not.toEqual([]);
    for (const [side, breachId] of breaches)
      await desk.do(side, 'commitments.WithdrawBreach', commitment, {}, { breachId });
    expect(await irritant()).toMatchObject({ breaches: [] });
    const head = await desk.record.store.head();
    await record.repeatAfter(-1, 2);
    expect(await desk.record.store.head()).toBe(head);
  });
});
