import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Api } from '../support/api.js';
import { made } from '../support/acting.js';
import { algiers } from './algiers.js';
import { disputes } from './all.js';
import { border } from './border.js';
import { compounds } from './compounds.js';
import { entriesOf, readDialogue, readIrritant, standing } from './entries.js';
import { playInTurn, startServer } from './played.js';
import type { Played } from './played.js';
import { prisoners } from './prisoners.js';
import { inventedParties, rekept } from './rekept.js';
import { tanks } from './tanks.js';
import { labelOf } from './telling.js';

let api: Api;
let played: ReadonlyMap<string, Played>;

const inOtherHands = { one: rekept(compounds, 'one'), both: rekept(algiers, 'both') };

beforeAll(async () => {
  const started = await startServer();
  api = started.api;
  played = await playInTurn(
    started.server,
    new Map([...disputes.map((one) => [labelOf(one), one.steps] as const), ...Object.entries(inOtherHands)]),
  );
  await api.settled();
});
afterAll(() => api.stop());

const idIn = (telling: string, label: string) => played.get(telling)!.idOf(label);
const dialogueOf = (telling: string) => played.get(telling)!.dialogueId;

const renamed = (party: string, [first]: readonly [string, string]) =>
  party === first ? inventedParties[0] : inventedParties[1];

describe('The same dispute in other hands', () => {
  it.each([
    ['one', compounds, { by: 'one', party: inventedParties[0] }],
    ['both', algiers, { by: 'both' }],
  ] as const)('kept by %s stands where it stood, and says who keeps it', async (hands, dispute, kept) => {
    expect(await readDialogue(api, dialogueOf(hands))).toMatchObject({ kept, synthetic: true });
    for (const { irritant } of dispute.known) {
      const was = standing(await readIrritant(api, idIn(labelOf(dispute), irritant)));
      const { basis: _, ...is } = standing(await readIrritant(api, idIn(hands, irritant)));
      const positions = Object.entries(was.positions).map(([party, stance]) => [
        renamed(party, dispute.parties),
        stance,
      ]);
      const { basis: __, ...rest } = was;
      expect(is).toEqual({ ...rest, positions: Object.fromEntries(positions) });
    }
  });

  it('rests on what each side said itself where both keep it, and on less where one alone does', async () => {
    const basisIn = async (hands: 'one' | 'both', irritant: string) =>
      (await readIrritant(api, idIn(hands, irritant))).basis;
    for (const { irritant } of algiers.known) expect(await basisIn('both', irritant)).toBe('direct');
    expect(await basisIn('one', 'compounds')).toBe('attributed');
    expect(await basisIn('one', 'consulates')).toBe('direct');
  });
});

describe('Of several disputes on one record', () => {
  it('each has its own entries, and no other one’s', async () => {
    const dialogues = (await api.get<{ items: { id: string }[] }>('/v1/dialogues?limit=200')).body.items;
    expect(dialogues).toHaveLength(disputes.length + 2);
    for (const collection of ['irritants', 'rounds', 'sources', 'exchanges', 'commitments']) {
      const all = (await api.get<{ items: object[] }>(`/v1/${collection}?limit=200`)).body.items;
      const apart = await Promise.all(dialogues.map(({ id }) => entriesOf(api, collection, id)));
      expect(apart.flatMap(({ items }) => items)).toHaveLength(all.length);
      apart.forEach(({ items }, at) =>
        expect(items.map((one) => one.dialogueId)).toEqual(items.map(() => dialogues[at]?.id)),
      );
    }
  });

  it('two between the same parties count their irritants apart and know nothing of each other', async () => {
    const steps = dialogueOf(labelOf(compounds));
    const exchange = dialogueOf(labelOf(prisoners));
    const found = async (dialogueId: string, q: string) =>
      (await api.get<{ items: object[] }>(`/v1/irritants?dialogue=${dialogueId}&q=${q}`)).body.items.length;
    expect([await found(steps, 'compounds'), await found(exchange, 'compounds')]).toEqual([1, 0]);
    expect([await found(steps, 'Griner'), await found(exchange, 'Griner')]).toEqual([0, 1]);
  });

  it('none cites a source of another, not even one that the same party issued', async () => {
    const elsewhere = idIn(labelOf(compounds), 'us-december');
    const irritant = idIn(labelOf(prisoners), 'whelan');
    const body = {
      party: 'US',
      stance: 'seeks-action',
      text: { en: 'As said elsewhere.' },
      wording: [{ as: 'summary' }],
      sources: [{ sourceId: elsewhere }],
    };
    const answer = await api.act<{ code: string }>(`/v1/irritants/${irritant}/state-position`, body);
    expect([answer.status, answer.body.code]).toEqual([409, 'reference-elsewhere']);
  });

  it('whoever acts for one side sees the disputes of that side alone', async () => {
    const { items } = (await api.get<{ items: { id: string }[] }>('/v1/dialogues?limit=200', 'ru-negotiator'))
      .body;
    const own = [compounds, prisoners].map((one) => dialogueOf(labelOf(one)));
    expect(items.map(({ id }) => id).toSorted()).toEqual(own.toSorted());
    for (const other of [border, tanks]) {
      const { status } = await api.get(`/v1/dialogues/${dialogueOf(labelOf(other))}`, 'ru-negotiator');
      expect(status).toBe(404);
    }
  });

  it('what one side keeps alone is nobody’s evidence elsewhere, and a secretariat’s act changes no other keeping', async () => {
    const alone = dialogueOf('one');
    await made(api, 'sources', 'secretariat', {
      dialogueId: dialogueOf(labelOf(tanks)),
      kind: 'press',
      issuers: [],
      lang: 'en',
      held: false,
      title: 'Another report',
      citation: 'Another agency',
    });
    await api.settled();
    expect(await readDialogue(api, alone)).toMatchObject({ kept: { by: 'one' } });
  });
});
