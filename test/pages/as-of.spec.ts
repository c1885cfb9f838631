import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Api } from '../support/api.js';
import { browse, cookieOf, shortcomings } from './reading.js';
import { momentOfNow } from '../support/moment.js';

let api: Api;
let dialogueId: string;
let irritantId: string;
let roundId: string;
let before: string;

type Made = { id: string };

const source = { kind: 'statement', issuers: ['RU'], lang: 'en', held: false };

async function correct(slice: string, id: string, type: string, content: object): Promise<void> {
  const { prefix } = api.server.record.registry.get(slice);
  const events = await api.server.record.streams.events(`${prefix}-${id}`);
  const target = events.find((one) => one.type === type)?.id;
  const { status } = await api.act(`/v1/${slice}/${id}/correct`, { target, content });
  expect(status).toBe(200);
}

/** A source, a dialogue and a party by their first names; then, after the moment, all three are called otherwise. */
beforeAll(async () => {
  api = await Api.start();
  const made = async (path: string, body: object) =>
    (await api.create<Made>(path, body as Record<string, unknown>)).body.id;
  dialogueId = await made('/v1/dialogues', {
    parties: ['RU', 'US'],
    keyPrefix: 'ASOF',
    name: { en: 'The first name' },
  });
  const cited = await made('/v1/sources', {
    ...source,
    dialogueId,
    title: 'The first title',
    citation: 'First, 2025',
  });
  const said = { party: 'RU', sources: [{ sourceId: cited }], occurred: '2025-04-10' };
  await api.act(`/v1/dialogues/${dialogueId}/name-party`, { ...said, name: { en: 'The first party' } });
  irritantId = await made('/v1/irritants', {
    ...said,
    dialogueId,
    raisers: ['RU'],
    respondents: ['US'],
    raisedBasis: 'stated',
    category: 'property',
    title: { en: 'Six properties' },
  });
  roundId = await made('/v1/rounds', { ...said, dialogueId, startsAt: '2025-04-10' });
  await api.settled();
  before = momentOfNow(api.server.record);
  await correct('sources', cited, 'SourceRegistered', {
    title: 'The second title',
    citation: 'Second, 2025',
  });
  await correct('dialogues', dialogueId, 'DialogueOpened', { name: { en: 'The second name' } });
  await correct('dialogues', dialogueId, 'PartyNamed', { name: { en: 'The second party' } });
  await api.settled();
});
afterAll(() => api.stop());

const read = async (path: string) => {
  const { status, text } = await browse(api.server.url, path, { cookie: cookieOf(api, 'secretariat') });
  expect([path, status]).toEqual([path, 200]);
  return text;
};

describe('A page as of a moment at which its entry was not there', () => {
  const asked = async (query: string) => {
    const cookie = cookieOf(api, 'secretariat');
    const { status, text } = await browse(api.server.url, `/irritants/${irritantId}?${query}`, { cookie });
    expect([status, shortcomings(text)]).toEqual([status, []]);
    return [status, text] as const;
  };

  it('is found by its key in letters of either size', async () => {
    const present = await read('/irritants/ASOF-1');
    expect(await read('/irritants/asof-1')).toBe(present);
  });

  it('says since when it is there, and leads back to the present', async () => {
    const { recordedAt } = (await api.server.record.streams.events(`irritant-${irritantId}`))[0]!;
    const [status, text] = await asked('knownAt=2020-01-01&grade=');
    expect(status).toBe(404);
    expect(text).toMatch(new RegExp(`it is there since s\\d+, recorded ${recordedAt}\\.`));
    expect(text).toContain(`<a href="/irritants/${irritantId}">Show the present state</a>`);
    const [before_, unhappened] = await asked('effectiveAt=2020-01-01');
    expect(before_).toBe(404);
    expect(unhappened).toContain('By then it had not happened yet: it is said to have begun 2025-04-10.');
    const [wrong, page] = await asked('knownAt=whenever');
    expect([wrong, page.includes('Show the present state')]).toEqual([400, true]);
  });

  it('and its form names all that it takes, each of which it takes', async () => {
    const text = (await asked(''))[1].replace(/\s+/g, ' ');
    for (const [form, moment] of [
      ['2025-04-10T09:00:00Z', new Date().toISOString()],
      ['a day (2025-04-10, its end)', undefined],
      ['a revision (r12)', 'r0'],
      ['an ordinal (s46)', 's7'],
      ['a moment from an answer', before],
    ] as const) {
      expect(text).toContain(form);
      if (moment !== undefined) expect([form, (await asked(`knownAt=${moment}`))[0]]).toEqual([form, 200]);
    }
  });
});

describe('What a page of a past moment names', () => {
  const paths = () => [
    `/irritants/${irritantId}?`,
    `/rounds/${roundId}?`,
    `/dialogues/${dialogueId}/brief?for=RU&`,
    `/dialogues/${dialogueId}/brief?for=RU&format=md&`,
  ];

  it('is called as the record called it then: the sources that are cited, the dialogue and its parties', async () => {
    for (const path of paths()) {
      const text = await read(`${path}knownAt=${before}`);
      for (const one of ['The first title', 'The first name', 'The first party', 'First, 2025'])
        expect([path, text.includes(one)]).toEqual([path, true]);
      expect(text).not.toMatch(/The second|Second, 2025/);
    }
  });

  it('is called on the present page as it is called now', async () => {
    for (const path of paths()) {
      const text = (await read(path)).replace(/until (?:it was corrected|then):[^\]]*?(?:\]|<\/bdi>)/g, '');
      expect(text).toContain('The second title');
      expect(text).toContain('The second party');
      expect(text).not.toMatch(/The first (title|party|name)|First, 2025/);
    }
  });

  it('has its words also where the matter is asked for by a date before the dialogue was opened', async () => {
    const text = await read(`/irritants/${irritantId}?knownAt=${before}&effectiveAt=2025-05-01`);
    expect(text).toContain('The first title');
    expect(text).toContain('The first name');
  });
});
