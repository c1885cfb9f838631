import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { standingsIn } from '../../src/platform/record/dropping.js';
import type { Principal } from '../../src/platform/record/principal.js';
import { SimulatedRecord } from '../simulation/record.js';
import { reason, RU, tried, US, words } from './matter.js';
import { lastOf, Scene } from './own-words-scene.js';
import { tabled } from './own-words-texts.js';

let record: SimulatedRecord;
let scene: Scene;
beforeAll(async () => {
  record = await SimulatedRecord.open();
});
afterAll(() => record.close());
beforeEach(async () => {
  scene = await Scene.set(record);
});

const counted = async (type: string): Promise<boolean> => {
  const events = await scene.matter.events(scene.stream);
  const { dropped } = standingsIn(events);
  return events.some((one) => one.type === type && one.act.party === 'RU' && !dropped.has(one.id));
};
const reopen = async (closing: string) => {
  await record.settle();
  const closingEventId = await scene.matter.idOf(closing);
  await scene.ru(['ReopenIrritant', { closingEventId, reason }]);
};
const text = () => ({ form: 'proposal', irritantIds: scene.irritantIds, texts: words });
const owedBy = (obligor: string, beneficiary: string) => ({
  ...{ obligors: [obligor], beneficiaries: [beneficiary], mode: 'once', due: '2025-06-01' },
  ...{ irritantIds: scene.irritantIds, text: words },
});

describe('What one side has itself ended is over, whatever the other says then of what was said in its name: the US', () => {
  it('declines no more to let rest what RU has reopened', async () => {
    await scene.ru(['ProposeDormancy']);
    await scene.inTheNameOfUs(['MakeIrritantDormant']);
    await reopen('IrritantMadeDormant');
    await scene.matter.join(US);
    expect(await tried(() => scene.us(['DeclineDormancy']))).toBe('NO_DORMANCY_PROPOSED');
    expect(await counted('IrritantReopened')).toBe(true);
    expect(await scene.stage()).toBe('raised');
  });

  it('raises what RU has reopened, which stays reopened by RU', async () => {
    await scene.inTheNameOfUs(['CoRaiseIrritant']);
    await scene.inTheNameOfUs(['WithdrawIrritant']);
    await scene.ru(['WithdrawIrritant']);
    await reopen('IrritantWithdrawn');
    await scene.matter.join(US);
    await tried(() => scene.us(['CoRaiseIrritant']));
    expect(await counted('IrritantReopened')).toBe(true);
    expect(await scene.stage()).toBe('raised');
  });

  it.each([
    ['declines the text', false, 'DeclineProposal'],
    ['lets its text lapse', true, 'LapseProposal'],
  ])('%s no more that RU has terminated', async (_, isOfUs, command) => {
    tabled(scene, await scene.begin('proposals', 'TableProposal', text(), isOfUs));
    await scene.ru(['AssentToProposal', scene.known]);
    await scene.inTheNameOfUs(['AssentToProposal', scene.known]);
    await scene.ru(['TerminateProposal', { reason: words }]);
    await scene.matter.join(US);
    expect(await tried(() => scene.us([command]))).toBe('PROPOSAL_TERMINATED');
    expect(await counted('ProposalTerminated')).toBe(true);
    expect(await scene.shown()).toMatchObject({ status: 'terminated' });
  });

  it('declines no more what RU has released it from', async () => {
    await scene.begin('commitments', 'AssertCommitment', owedBy('US', 'RU'));
    await scene.inTheNameOfUs(['UndertakeCommitment']);
    await scene.ru(['WaiveCommitment']);
    await scene.matter.join(US);
    expect(await tried(() => scene.us(['DeclineCommitment']))).toBe('COMMITMENT_ENDED');
    expect(await counted('CommitmentWaived')).toBe(true);
  });
});

it('A party takes back a date that it has named, though the other side was said to have waived what is owed', async () => {
  await scene.begin('commitments', 'AssertCommitment', owedBy('RU', 'US'));
  await scene.ru(['UndertakeCommitment']);
  await scene.ru(['ExtendCommitment', { due: '2025-12-31' }]);
  await scene.inTheNameOfUs(['WaiveCommitment']);
  await scene.ru(['ExtendCommitment', { due: '2025-06-01' }]);
  expect(await scene.shown()).toMatchObject({ status: 'waived' });
  await scene.matter.join(US);
  await scene.us(['ExtendCommitment', { due: '2025-12-31' }]);
  expect(await scene.shown()).toMatchObject({ due: '2025-06-01' });
});

it('A linkage that was accepted in the name of a party ends where the other has released it and the party rejects it', async () => {
  const irritantId = await scene.matter.begin(RU, 'irritants.RaiseIrritant', {
    ...{ raisers: ['RU'], respondents: ['US'], raisedBasis: 'stated', category: 'visas' },
    title: { en: 'Another matter' },
  });
  const said = await scene.ru(['AssertLinkage', { irritantId, condition: 'together' }]);
  const { linkageId } = lastOf<{ linkageId: string }>(said, 'linkages');
  await scene.inTheNameOfUs(['AcceptLinkage', {}, { linkageId }]);
  await scene.ru(['ReleaseLinkage', {}, { linkageId }]);
  await scene.matter.join(US);
  await scene.us(['RejectLinkage', {}, { linkageId }]);
  expect(await scene.shown()).toMatchObject({ linkages: [{ state: 'ended', released: [{ party: 'RU' }] }] });
  expect(await counted('LinkageReleased')).toBe(true);
  expect(await tried(() => scene.us(['AcceptLinkage', {}, { linkageId }]))).toBe('LINKAGE_ENDED');
});

it('A party can disavow an account recorded in its name after its registrar has named the delegates in it', async () => {
  const registrar: Principal = { id: 'p-us-reg', name: 'us-reg', party: 'US', roles: ['registrar'] };
  await scene.begin('rounds', 'ScheduleRound', { number: 1, startsAt: '2025-04-10' });
  const account = { voice: 'party', sourceId: scene.matter.statements.US, lang: 'en', rendering: 'official' };
  const shown = await scene.inTheNameOfUs(['PublishAccount', account]);
  const { accountId } = lastOf<{ accountId: string }>(shown, 'accounts');
  await scene.matter.join(US);
  const delegate = { party: 'US', role: 'head', nameAsGiven: 'A. Name', titleAsGiven: 'Envoy', lang: 'en' };
  await record.desk.do(registrar, 'rounds.NameDelegate', scene.id, { ...delegate, accountId });
  const target = await scene.matter.idOf('AccountPublished', scene.stream);
  await scene.us(['DisavowAttribution', { target, ground: 'not-what-we-said' }]);
  expect(await scene.shown()).toMatchObject({ accounts: [] });
});
