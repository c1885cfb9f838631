import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Api } from '../support/api.js';
import { algiers } from './algiers.js';
import { disputes } from './all.js';
import { border } from './border.js';
import { compounds } from './compounds.js';
import { plates } from './plates.js';
import { playInTurn, startServer } from './played.js';
import type { Played } from './played.js';
import { prisoners } from './prisoners.js';
import { tanks } from './tanks.js';
import { labelOf } from './telling.js';
import type { Dispute } from './telling.js';

let api: Api;
let played: ReadonlyMap<string, Played>;

beforeAll(async () => {
  const started = await startServer();
  api = started.api;
  played = await playInTurn(started.server, new Map(disputes.map((one) => [labelOf(one), one.steps])));
  await api.settled();
});
afterAll(() => api.stop());

const idIn = (dispute: Dispute, label: string) => played.get(labelOf(dispute))!.idOf(label);

describe('Of what was agreed and met for', () => {
  it.each<readonly [says: string, dispute: Dispute, path: (id: string) => string, label: string, is: object]>(
    [
      [
        'what both sides say was done is discharged',
        algiers,
        (id) => `commitments/${id}`,
        'release',
        { status: 'discharged', inForceFor: ['IR'], awaiting: [] },
      ],
      [
        'what only its obligor reports awaits the other side’s word',
        algiers,
        (id) => `commitments/${id}`,
        'transfer',
        { status: 'fulfilment-reported', awaiting: [{ what: 'answer-to-fulfilment', from: 'IR' }] },
      ],
      [
        'a debt that is paid, and acknowledged as paid, is discharged',
        tanks,
        (id) => `commitments/${id}`,
        'payment',
        { status: 'discharged', basis: null },
      ],
      [
        'what one side demands of the other binds nobody',
        compounds,
        (id) => `commitments/${id}`,
        'reduction',
        {
          status: 'asserted',
          inForceFor: [],
          assertedFor: ['US'],
          due: '2017-09-01',
          awaiting: [{ from: 'US', what: 'answer-to-assertion' }],
        },
      ],
      [
        'a note of protest that nobody answered is reported by one side',
        compounds,
        (id) => `exchanges/${id}`,
        'protest',
        { status: 'reported', coverage: [{ byBoth: false }] },
      ],
      [
        'a meeting that one side called off was not held',
        compounds,
        (id) => `rounds/${id}`,
        'st-petersburg',
        { status: 'cancelled-by-one-side', held: false },
      ],
      [
        'a meeting without a result was held all the same',
        plates,
        (id) => `rounds/${id}`,
        'november-round',
        { status: 'held', held: true },
      ],
      [
        'of the meeting after which each side spoke for itself nothing is agreed',
        border,
        (id) => `rounds/${id}/comparison`,
        'commanders-13',
        { subjects: [{ result: 'side-by-side', silent: [] }] },
      ],
    ],
  )('%s', async (_, dispute, path, label, is) => {
    const { status, body } = await api.get(`/v1/${path(idIn(dispute, label))}`);
    expect(status).toBe(200);
    expect(body).toMatchObject(is);
  });
});

describe('Of who talks', () => {
  const dialogueOf = async (dispute: Dispute) =>
    (await api.get(`/v1/dialogues/${played.get(labelOf(dispute))!.dialogueId}`)).body;

  it('each side is called what it calls itself, by a source of its own', async () => {
    expect((await dialogueOf(plates))['names']).toMatchObject([
      { party: 'RS', name: { en: 'Republic of Serbia' } },
      { party: 'XK', name: { en: 'Republic of Kosovo' } },
    ]);
  });

  it.each([
    [algiers, [['DZ', 'mediator']]],
    [plates, [['EU', 'facilitator']]],
    [
      prisoners,
      [
        ['AE', 'mediator'],
        ['SA', 'mediator'],
        ['TR', 'host'],
      ],
    ],
    [border, []],
  ] as const)('a third party has the role that a source gives it: %#', async (dispute, roles) => {
    const { thirdParties } = await dialogueOf(dispute);
    const told = thirdParties as readonly { thirdParty: string; role: string; party: string | null }[];
    expect(told.map((one) => [one.thirdParty, one.role, one.party])).toEqual(
      roles.map(([who, role]) => [who, role, null]),
    );
  });
});
