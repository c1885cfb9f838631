import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { Api } from '../support/api.js';
import { setScene } from '../support/scene.js';
import type { Scene } from '../support/scene.js';
import { bringIn, ended, send } from './bringing-in.js';

let api: Api;
let scene: Scene;

beforeAll(async () => {
  api = await Api.start();
});
afterAll(() => api.stop());
beforeEach(async () => {
  scene = await setScene(api);
});

const raising = {
  act: 'irritants',
  category: 'visas',
  raisedBasis: 'stated',
  raisers: ['RU'],
  respondents: ['US'],
};
const position = { act: 'positions', stance: 'acknowledges', text: { en: 'We can take it up.' } };

function sent(as: 'ru-negotiator' | 'us-negotiator', ...rows: readonly object[]) {
  const file = rows.map((row) => `${JSON.stringify(row)}\n`).join('');
  return bringIn(api, file, { dialogue: scene.dialogueId, as, type: 'application/x-ndjson' });
}

/** On which irritants US has a position, by their titles. */
async function positionsOfUs() {
  await api.settled();
  const { body } = await api.get<{ items: readonly { title: { en: string }; positions: object }[] }>(
    `/v1/irritants?dialogue=${scene.dialogueId}`,
  );
  return body.items.filter(({ positions }) => 'US' in positions).map(({ title }) => title.en);
}

describe('A row of one side', () => {
  it.each(['key', 'irritantId'] as const)(
    'is about the entry whose %s it names, though others call another one so',
    async (by) => {
      await sent('ru-negotiator', { ...raising, externalRef: scene[by], title: { en: 'Another matter' } });
      await sent('us-negotiator', { ...position, on: scene[by] });
      expect(await positionsOfUs()).not.toContain('Another matter');
    },
  );

  it('is about no entry of the other side that took the reference of one of its file', async () => {
    await sent('ru-negotiator', { ...raising, externalRef: 'V-1', title: { en: 'Another matter' } });
    const own = { ...raising, externalRef: 'V-1', title: { en: 'Visas' } };
    const { job } = await sent('us-negotiator', own, { ...position, on: 'V-1' });
    expect(job.counts).toMatchObject({ recorded: 0, refused: 2 });
    expect(await positionsOfUs()).toEqual([]);
  });

  it('rests on no source of the other side that took the reference of one of its file', async () => {
    const source = {
      act: 'sources',
      externalRef: 'S',
      kind: 'press',
      issuers: [],
      lang: 'en',
      held: false,
      title: 'A',
    };
    await sent('ru-negotiator', { ...source, citation: 'Theirs' });
    const cited = { ...position, on: scene.key, sources: [{ sourceId: 'S' }] };
    await sent('us-negotiator', { ...source, citation: 'Ours' }, cited);
    expect(await positionsOfUs()).toEqual([]);
  });

  it('takes back what it names, and no other word that the other side has called so', async () => {
    const on = scene.key;
    const claim = { act: 'claims', on, kind: 'factual' };
    await sent('us-negotiator', { ...claim, externalRef: 'Y', text: { en: 'First.' } });
    await sent('ru-negotiator', {
      act: 'denyUnderstanding',
      on,
      externalRef: 'C',
      claimId: 'Y',
      text: { en: 'No.' },
    });
    await sent(
      'us-negotiator',
      { ...claim, externalRef: 'C', text: { en: 'Second.' } },
      { act: 'withdrawUnderstandingClaim', on, claimId: 'C', reason: { en: 'In error.' } },
    );
    const { body } = await api.get<{ claims: readonly { text: { en: string }; state: string }[] }>(
      `/v1/irritants/${scene.irritantId}`,
    );
    expect(body.claims.map(({ text, state }) => [text.en, state])).toEqual([
      ['First.', 'denied'],
      ['Second.', 'withdrawn'],
    ]);
  });

  it('takes back a correction that it names, and not what was corrected', async () => {
    const on = scene.key;
    await sent(
      'us-negotiator',
      { ...position, on, externalRef: 'P' },
      {
        act: 'correctEventInIrritants',
        on,
        externalRef: 'K',
        target: 'P',
        content: { text: { en: 'We can.' } },
      },
      { act: 'retractEventInIrritants', on, target: 'K', reason: { en: 'In error.' } },
    );
    const { body } = await api.get<{ positions: object }>(`/v1/irritants/${scene.irritantId}`);
    expect(body.positions).toMatchObject({ US: { text: position.text } });
  });

  it('that asks for words to go is no request of whoever has asked for the same before', async () => {
    const on = scene.key;
    const { body } = await api.get<{ raised: { eventId: string } }>(`/v1/irritants/${scene.irritantId}`);
    const target = body.raised.eventId;
    const asked = { act: 'requestErasureInIrritants', on, target, reason: { en: 'It names a person.' } };
    const rows = [
      { ...asked, basis: 'personal-data', externalRef: 'E' },
      { ...asked, basis: 'legal-duty' },
    ];
    await sent('ru-negotiator', ...rows);
    const { job, faults } = await sent('us-negotiator', ...rows);
    expect(job.counts).toMatchObject({ recorded: 1, unchanged: 0, refused: 1 });
    expect(faults).toMatchObject([{ line: 1, code: 'external-ref-taken' }]);
    expect(await api.types('irritants', scene.irritantId)).toContain('ContentErased');
  });
});

describe('A row that acts on an entry', () => {
  const ofUs = { ...raising, raisers: ['US'], respondents: ['RU'] };
  const disputes = Array.from({ length: 60 }, (_, at) => ({ ...ofUs, title: { en: `Matter ${at}` } }));
  const file = (...rows: readonly object[]) => rows.map((row) => `${JSON.stringify(row)}\n`).join('');

  it('is refused where the other side has acted on that since the file was sent, and taken when it is sent again', async () => {
    const rows = file(...disputes, { act: 'acceptTitle', on: scene.key });
    const sending = { dialogue: scene.dialogueId, type: 'application/x-ndjson' };
    const { body } = await send(api, rows, { ...sending, as: 'us-negotiator' });
    // The rows before it are not through by then.
    const designate = `/v1/irritants/${scene.irritantId}/designate`;
    await api.act(designate, { name: { en: 'Seven properties' } }, 'ru-negotiator');
    const { job, faults } = await ended(api, body['id'], 'us-negotiator');
    expect(job.counts).toMatchObject({ rows: 61, recorded: 60, refused: 1 });
    expect(faults).toMatchObject([{ line: 61, code: 'stale-revision' }]);
    expect(faults[0]?.detail).toMatch(/^RU has acted on it since the file was sent/);
    const again = await bringIn(api, rows, { ...sending, as: 'us-negotiator', key: 'sent-again' });
    expect(again).toMatchObject({ job: { counts: { unchanged: 60, recorded: 1 } }, faults: [] });
  });
});
