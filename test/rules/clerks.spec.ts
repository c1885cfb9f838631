import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { Principal } from '../../src/platform/record/principal.js';
import { Desk, principals } from '../support/desk.js';
import { Matter, RU, secretariat, tried, US, words } from './matter.js';

const { clerkOfRU } = principals;
let desk: Desk;
let matter: Matter;
beforeAll(async () => {
  desk = await Desk.open();
});
afterAll(() => desk.close());
beforeEach(async () => {
  matter = await Matter.open(desk, { joined: [RU, US] });
});

describe('A clerk, who revises a text into a non-paper, takes the place of nothing that a negotiator said', () => {
  const tabled = async (by: Principal = RU, form = 'proposal', beside: object = {}) => {
    const irritantIds = [matter.irritantId];
    const texts = { form, irritantIds, title: words, texts: words, ...beside };
    const id = await matter.begin(by, 'proposals.TableProposal', texts);
    const { versions } = await desk.read('proposals', id);
    const [first] = versions as { version: number; contentHash: string }[];
    return {
      id,
      assent: { version: first?.version, contentHash: first?.contentHash, adReferendum: false },
    };
  };
  const revised = (id: string, form = 'non-paper', by: Principal = clerkOfRU, en = 'Other words.') =>
    tried(() =>
      desk.do(by, 'proposals.ReviseProposal', id, { form, irritantIds: [matter.irritantId], texts: { en } }),
    );
  const shown = async (id: string) => {
    const { status, assents, versions } = await desk.read('proposals', id);
    return { status, assents: (assents as []).length, versions: (versions as []).length };
  };

  it('not of a proposal of the other side, nor of what that assented to', async () => {
    const { id, assent } = await tabled(US);
    await desk.do(US, 'proposals.AssentToProposal', id, assent);
    const before = await shown(id);
    expect(await revised(id)).toBe('FORBIDDEN');
    expect(await shown(id)).toEqual(before);
  });

  it('not of the proposal of its own side, assented to or not', async () => {
    const { id, assent } = await tabled();
    expect(await revised(id)).toBe('FORBIDDEN');
    await desk.do(RU, 'proposals.AssentToProposal', id, assent);
    expect(await revised(id)).toBe('FORBIDDEN');
    expect(await shown(id)).toMatchObject({ assents: 1, versions: 1 });
  });

  it('not of what was declined or has lapsed, be it a non-paper: it is not on the table again', async () => {
    for (const [who, command] of [
      [US, 'DeclineProposal'],
      [RU, 'LapseProposal'],
    ] as const) {
      const { id } = await tabled(RU, 'non-paper');
      await desk.do(who, `proposals.${command}`, id, {});
      const before = await shown(id);
      expect(await revised(id)).toBe('FORBIDDEN');
      expect(await shown(id)).toEqual(before);
    }
  });

  it('nor of what was tabled in the name of its side before that joined', async () => {
    matter = await Matter.open(desk, { joined: [US] });
    const { id } = await tabled(secretariat, 'proposal', matter.inTheNameOf('RU'));
    await matter.join(RU);
    expect(await revised(id)).toBe('FORBIDDEN');
    expect(await revised(id, 'non-paper', RU)).toBe('recorded');
  });

  it('but of another non-paper, of whichever side', async () => {
    for (const by of [RU, US]) {
      const { id } = await tabled(by, 'non-paper');
      expect(await revised(id)).toBe('recorded');
      expect(await revised(id, 'non-paper', clerkOfRU, 'Yet others.')).toBe('recorded');
      expect(await revised(id, 'proposal')).toBe('FORBIDDEN');
      expect(await shown(id)).toMatchObject({ status: 'non-paper', versions: 3 });
    }
  });
});
