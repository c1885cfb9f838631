import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { principals } from '../support/desk.js';
import { SimulatedRecord } from './record.js';
import { begin, registerSources } from './stage.js';
import type { Stage } from './stage.js';

let record: SimulatedRecord;
let stage: Stage;
let commitment: string;

beforeEach(async () => {
  record = await SimulatedRecord.open();
  const { desk } = record;
  stage = await begin(desk, await registerSources(desk), { by: 'RU', isMutual: false });
  const { dialogueId } = stage;
  const exchange = await desk.do(principals.RU, 'exchanges.OpenExchange', null, { dialogueId });
  await desk.do(principals.US, 'exchanges.ReportExchange', exchange.id, {});
  for (const irritantId of stage.things.irritants) {
    for (const side of [principals.RU, principals.US]) {
      await desk.do(side, 'exchanges.AssertCoverage', exchange.id, { irritantId });
    }
  }
  const mutual = { obligors: ['RU', 'US'], beneficiaries: ['RU', 'US'], mode: 'once' };
  const basis = { kind: 'exchange', id: exchange.id };
  const body = { dialogueId, ...mutual, basis, irritantIds: stage.things.irritants, text: { en: 'Words.' } };
  commitment = (await desk.do(principals.RU, 'commitments.UndertakeCommitment', null, body)).id;
});
afterEach(() => record.close());

async function breaches(): Promise<unknown> {
  await record.settle();
  const [irritantId = ''] = stage.things.irritants;
  return (await record.desk.read('irritants', irritantId))['breaches'];
}

describe('A breach that both sides allege and both withdraw', () => {
  it('stays withdrawn when everything that follows from the record is drawn a second time', async () => {
    const { desk } = record;
    await desk.do(principals.RU, 'commitments.AllegeBreach', commitment, {});
    await desk.do(principals.US, 'commitments.AllegeBreach', commitment, {});
    expect(await breaches()).toEqual([commitment]);
    await desk.do(principals.RU, 'commitments.WithdrawBreach', commitment, {});
    await desk.do(principals.US, 'commitments.WithdrawBreach', commitment, {});
    expect(await breaches()).toEqual([]);
    const head = await desk.record.store.head();
    await record.repeatAfter(-1, 2);
    expect(await desk.record.store.head()).toBe(head);
    expect(await breaches()).toEqual([]);
  });
});
