import 'reflect-metadata';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Facade } from '#libs/event-store-eventstoredb/testing';
import { Api } from '../support/api.js';
import { setScene } from '../support/scene.js';

const facade = new Facade();
const { faults } = facade.database('rights');
let api: Api;

beforeAll(async () => {
  await facade.start();
  api = await Api.start({ storeUrl: facade.connectionString('rights') });
});
afterAll(async () => {
  await api.stop();
  await facade.stop();
});

async function readyOnce(isIt: (answer: { status: number; detail: string }) => boolean): Promise<string> {
  for (;;) {
    const { status, body } = await api.ask<{ detail?: string }>('GET', '/readyz', { as: 'nobody' });
    const answer = { status, detail: body.detail ?? '' };
    if (isIt(answer)) return answer.detail;
  }
}

describe('A user of the database who may read everything and write nothing', () => {
  it('is said to be one in every refusal of an act and in /readyz, until it is given the right', async () => {
    const { irritantId } = await setScene(api);
    const path = `/v1/irritants/${irritantId}`;
    const stating = { stance: 'contests', text: { en: 'It is not so.' } };
    faults.deniesWrites = true;
    const refused = await api.act<{ code: string; detail: string }>(
      `${path}/state-position`,
      stating,
      'us-registrar',
    );
    expect({ status: refused.status, code: refused.body.code }).toEqual({
      status: 503,
      code: 'store-unavailable',
    });
    expect(refused.body.detail).toMatch(
      /^Nothing was recorded\. .*refuses to record anything in the streams irritant-….*the operator has to give that user the right to write.* Trying again does not help before\.$/,
    );
    expect(refused.headers.get('retry-after')).toBe('10');
    expect((await api.get(path)).status).toBe(200);
    const detail = await readyOnce(({ status }) => status === 503);
    expect(detail).toMatch(
      /store: The event store refuses to record anything for the user of EVENTSTORE_URL/,
    );
    faults.deniesWrites = false;
    await readyOnce(({ status }) => status === 200);
    expect((await api.act(`${path}/state-position`, stating, 'us-registrar')).status).toBe(200);
  });
});
