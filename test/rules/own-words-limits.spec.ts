import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { Principal } from '../../src/platform/record/principal.js';
import { slices } from '../../src/slices.js';
import { SimulatedRecord } from '../simulation/record.js';
import { tried, US, words } from './matter.js';
import { lastOf, Scene } from './own-words-scene.js';
import { onIrritants } from './own-words-irritants.js';
import { onRoadmaps } from './own-words-roadmaps.js';
import { onRounds } from './own-words-rounds.js';

const usRegistrar: Principal = {
  id: 'p-us-registrar',
  name: 'us-registrar',
  party: 'US',
  roles: ['registrar'],
};

let record: SimulatedRecord;
let scene: Scene;
beforeAll(async () => {
  record = await SimulatedRecord.open();
});
afterAll(() => record.close());
beforeEach(async () => {
  scene = await Scene.set(record);
});

/** What a registrar may say, and by which what was said in its party's name would drop out. */
const statements = slices.flatMap(({ name, commands }) =>
  Object.entries(commands).flatMap(([command, { weight, contradicts }]) =>
    weight === 'statement' && contradicts !== undefined ? [`${name}.${command}`] : [],
  ),
);

describe('What was recorded in the name of a party, only its negotiator takes out: a registrar', () => {
  it.each(statements)('does not by %s, where that goes against it', async (statement) => {
    const told = [...onIrritants, ...onRounds].filter(({ shows }) => Object.keys(shows).length > 0);
    let isTold = false;
    for (const { ground, inItsName, answered, own } of told) {
      const one = await Scene.set(record);
      await ground?.(one);
      const [command, body = {}, path = {}] = own(one);
      if (`${one.slice}.${command}` !== statement) continue;
      isTold = true;
      for (const said of inItsName(one)) await one.inTheNameOfUs(said);
      await answered?.(one);
      await one.matter.join(US);
      const before = await one.shown();
      const by = () => record.desk.do(usRegistrar, statement, one.id, body, path);
      expect(await tried(by)).toBe('FORBIDDEN');
      expect(await one.shown()).toEqual(before);
    }
    expect(isTold).toBe(true);
  });
});

describe('What a side no longer stands by, the other does not take up by saying the contrary of what was said in its name', () => {
  it('a proposal to let the matter rest', async () => {
    await scene.ru(['ProposeDormancy']);
    await scene.inTheNameOfUs(['DeclineDormancy']);
    await scene.ru(['WithdrawDormancyProposal']);
    await scene.matter.join(US);
    expect(await tried(() => scene.us(['MakeIrritantDormant']))).toBe('NO_DORMANCY_PROPOSED');
    expect(await scene.stage()).toBe('raised');
  });

  it('terms that end it', async () => {
    const proposed = await scene.ru(['ProposeResolution', { terms: words }]);
    const { resolutionId, termsHash } = lastOf<{ resolutionId: string; termsHash: string }>(
      proposed,
      'resolutions',
    );
    await scene.inTheNameOfUs(['RejectResolution', { resolutionId }]);
    const shown = await scene.ru(['WithdrawResolutionProposal', { resolutionId }]);
    expect(shown).toMatchObject({ resolutions: [{ state: 'withdrawn' }] });
    await scene.matter.join(US);
    const accepting = () => scene.us(['AcceptResolution', { resolutionId, termsHash }]);
    expect(await tried(accepting)).toBe('RESOLUTION_NOT_OPEN');
    expect(await scene.stage()).toBe('raised');
  });

  it('but what the other side has rejected itself is over', async () => {
    const proposed = await scene.ru(['ProposeResolution', { terms: words }]);
    const { resolutionId } = lastOf<{ resolutionId: string }>(proposed, 'resolutions');
    await scene.matter.join(US);
    await scene.us(['RejectResolution', { resolutionId }]);
    const withdrawing = () => scene.ru(['WithdrawResolutionProposal', { resolutionId }]);
    expect(await tried(withdrawing)).toBe('RESOLUTION_NOT_OPEN');
  });

  it.each([
    ['from which it was said to be released', 'WaiveStep'],
    ['of a roadmap that was said to be terminated', 'TerminateRoadmap'],
  ])('a report that a step is done, %s', async (_, said) => {
    const [done] = onRoadmaps.filter((one) => one.says.includes('AcceptStep'));
    await done?.ground?.(scene);
    const { stepId } = scene.known;
    const onStep = { stepId: stepId as string };
    await scene.inTheNameOfUs([said, { reason: words }, onStep]);
    await scene.ru(['BlockStep', {}, onStep]);
    await scene.matter.join(US);
    expect(await tried(() => scene.us(['AcceptStep', {}, onStep]))).not.toBe('recorded');
    expect(await scene.shown()).toMatchObject({ steps: [{ accepted: null }] });
  });
});
