import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { Api } from '../support/api.js';
import type { Body } from '../support/api.js';
import { setScene } from '../support/scene.js';
import type { Scene } from '../support/scene.js';
import { bringIn } from './bringing-in.js';

let api: Api;
let scene: Scene;

beforeAll(async () => {
  api = await Api.start();
});
afterAll(() => api.stop());
beforeEach(async () => {
  scene = await setScene(api);
});

async function titles(effectiveAt?: string): Promise<readonly string[]> {
  const asOf = effectiveAt === undefined ? '' : `&effectiveAt=${effectiveAt}`;
  const { body } = await api.get<{ items: readonly { title: { en: string } }[] } & Body>(
    `/v1/irritants?dialogue=${scene.dialogueId}&sort=createdAt${asOf}`,
  );
  return body.items.map(({ title }) => title.en);
}

const head = 'externalRef,category,title.en,raisers,respondents,raisedBasis,occurred';

describe('a table of disputes', () => {
  it('comes in with the dates on which they arose, after a dry run that records nothing', async () => {
    const file = `${head}\nMFA-1,visas,Visas of the cultural section,RU,US,stated,2019-03-04\nMFA-2,property,The dacha,RU,US,stated,2016-12\n`;
    const tried = await bringIn(api, file, { dialogue: scene.dialogueId, act: 'irritants', dryRun: 'true' });
    expect(tried).toMatchObject({ job: { state: 'done', counts: { rows: 2, recorded: 2 } }, faults: [] });
    expect(await titles()).toEqual(['Six properties']);
    const done = await bringIn(api, file, { dialogue: scene.dialogueId, act: 'irritants' });
    expect(done).toMatchObject({ job: { state: 'done', counts: { rows: 2, recorded: 2 } }, faults: [] });
    await api.settled();
    expect(await titles()).toEqual(['Six properties', 'Visas of the cultural section', 'The dacha']);
    expect(await titles('2017')).toEqual(['Six properties', 'The dacha']);
    const again = await bringIn(api, file, { dialogue: scene.dialogueId, act: 'irritants' });
    expect(again).toMatchObject({ job: { state: 'done', counts: { rows: 2, recorded: 0, unchanged: 2 } } });
  });
});
