import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { done, made } from '../support/acting.js';
import { Api } from '../support/api.js';
import { raising, setScene } from '../support/scene.js';
import type { Scene } from '../support/scene.js';
import { listed, named, searched, tracesOf } from '../support/searching.js';
import { momentOfNow } from '../support/moment.js';

interface Made {
  readonly [field: string]: unknown;
  readonly id: string;
  readonly key: string;
}

let api: Api;
let scene: Scene;
let on: string;

beforeAll(async () => {
  api = await Api.start();
});
afterAll(() => api.stop());
beforeEach(async () => {
  scene = await setScene(api);
  on = `irritants/${scene.irritantId}`;
});

const irritants = (q: string, parameters = {}) =>
  listed(api, 'irritants', q, { dialogue: scene.dialogueId, ...parameters });
const rounds = (q: string, parameters = {}) =>
  listed(api, 'rounds', q, { dialogue: scene.dialogueId, ...parameters });
const raise = (title: string, more = {}) =>
  made<Made>(api, 'irritants', 'ru-registrar', {
    ...raising(scene.dialogueId),
    title: { en: title },
    ...more,
  });
const round = () => made<Made>(api, 'rounds', 'ru-registrar', { dialogueId: scene.dialogueId });
const eventsOf = (id: string) => api.server.record.streams.events(`irritant-${id}`);
const lastEvent = async (id: string) => (await eventsOf(id)).at(-1)!;
const contest = (words: string) => done(api, `${on}/contest`, 'us-registrar', { statement: { en: words } });
const kindsOf = (hits: readonly { kind: string }[]) => new Set(hits.map((one) => one.kind));

describe('Words', () => {
  it('are found in the title, a statement, a position, a designation and the key', async () => {
    const { id, key } = await raise('Landing rights', {
      designations: { RU: { en: 'Overflight question' } },
      statement: { en: 'Carriers were grounded overnight.' },
    });
    await done(api, `irritants/${id}/state-position`, 'us-registrar', {
      stance: 'contests',
      text: { en: 'Reciprocity is lacking.' },
    });
    for (const q of ['landing', 'overflight', 'grounded', 'reciprocity', key])
      expect([q, await irritants(q)]).toEqual([q, [id]]);
    expect(await irritants('unheard')).toEqual([]);
  });

  it('must all be there, in whatever order and field', async () => {
    const { id } = await raise('Landing rights', { statement: { en: 'Carriers were grounded.' } });
    expect(await irritants('grounded rights')).toEqual([id]);
    expect(await irritants('grounded properties')).toEqual([]);
  });

  it('between quotation marks must follow each other, and never across two wordings', async () => {
    const { id } = await raise('Landing rights', { statement: { en: 'Carriers were grounded.' } });
    for (const q of ['"landing rights"', '“landing rights”', '«Carriers were»'])
      expect(await irritants(q)).toEqual([id]);
    for (const q of ['"rights landing"', '"rights carriers"']) expect(await irritants(q)).toEqual([]);
  });

  it('may end early where they are the last, and only there', async () => {
    const { id } = await raise('Landing rights');
    expect(await irritants('landing rig')).toEqual([id]);
    expect(await irritants('land rights')).toEqual([]);
    expect(await irritants('"landing rig"')).toEqual([]);
  });

  it('that end in a digit are whole: the first key is not the tenth', async () => {
    for (let number = 2; number <= 10; number += 1) await raise('Another');
    expect(await irritants(scene.key)).toEqual([scene.irritantId]);
    const prefix = scene.key.replace(/-1$/, '');
    expect(await irritants(prefix)).toHaveLength(10);
    expect(await irritants(`${prefix}-`)).toHaveLength(10);
  });

  it.each([
    ['ДИПЛОМАТ', 'Дипломатические визы'],
    ['истек', 'Всё истекло'],
    ['все', 'Всё истекло'],
    ['ISTANBUL', 'Temaslar: İstanbul'],
    ['İSTANBUL', 'Contacts in Istanbul'],
    ['ispanak', 'Ispanak ve ıspanak'],
    ['DIŞİŞLERİ', 'dışişleri bakanlığı'],
    ['disisleri', 'Dışişleri Bakanlığı'],
    ['lodz', 'Łódź'],
    ['türkiye', 'Türkiye'],
    ['йод', 'Й'.normalize('NFD') + 'од'],
  ])('are found in small and capital letters, with and without accents: %s in “%s”', async (q, title) => {
    const { id } = await raise(title);
    expect(await irritants(q)).toEqual([id]);
  });
});

describe('A name', () => {
  it('of a party finds its dialogue, and the irritants that it raised or answers', async () => {
    const record = `dialogues/${scene.dialogueId}/record-party-alias`;
    await done(api, record, 'secretariat', { party: 'US', alias: 'Дарчиев и партнёры' });
    expect(await listed(api, 'dialogues', 'дарчиев', { dialogue: scene.dialogueId })).toEqual([
      scene.dialogueId,
    ]);
    expect(await irritants('Дарчиев')).toEqual([scene.irritantId]);
    expect(await irritants('партнеры properties')).toEqual([scene.irritantId]);
    const [hit] = await searched(api, 'дарчиев properties', { dialogue: scene.dialogueId });
    expect(hit).toMatchObject({ kind: 'irritant', key: scene.key, title: 'Six properties' });
  });

  it('of a delegate finds the rounds where the same person sat, under whatever spelling', async () => {
    const [first, second] = [await round(), await round()];
    const spelt = await done<{ delegates: { personId: string }[] } & Made>(
      api,
      `rounds/${first.id}/name-delegate`,
      'ru-registrar',
      named('Darchiyev'),
    );
    const { personId } = spelt.delegates[0]!;
    await done(api, `rounds/${second.id}/name-delegate`, 'ru-registrar', named('Дарчиев', personId));
    for (const q of ['Darchiyev', 'Дарчиев'])
      expect(await rounds(q, { sort: 'createdAt' })).toEqual([first.id, second.id]);
    await done(api, `rounds/${second.id}/name-delegate`, 'ru-registrar', named('Somebody else'));
    expect(await rounds('somebody')).toEqual([second.id]);
  });

  it('of a delegate finds the irritants that came up at the round, and no others', async () => {
    const { id } = await round();
    await raise('Not on the agenda');
    await done(api, `rounds/${id}/name-delegate`, 'ru-registrar', named('Darchiyev'));
    expect(await irritants('Darchiyev')).toEqual([]);
    await done(api, `rounds/${id}/table-agenda-item`, 'ru-registrar', {
      irritantId: scene.irritantId,
      title: { en: 'Properties' },
    });
    expect(await irritants('Darchiyev')).toEqual([scene.irritantId]);
    expect(
      await irritants('Darchiyev', { knownAt: `s${(await lastEvent(scene.irritantId)).revision}` }),
    ).toEqual([]);
  });
});

/** The tables in which the word stands, whatever its first letter is like. */
const places = (word = 'quetzalcoatlus') =>
  tracesOf(api.server.record.projections.view('irritants').tables, word.slice(1));
/** The representation, and what is searched. */
const shownAndSearched = [/_entries$/, /_wordings$/, /_words_data$/].map((one) => expect.stringMatching(one));
const [, ...onlySearched] = shownAndSearched;
const erase = async (target: string, at = on) => {
  const body = { target, basis: 'personal-data', reason: { en: 'It names a private person.' } };
  await done(api, `${at}/request-erasure`, 'ru-negotiator', body);
  await done(api, `${at}/request-erasure`, 'us-negotiator', body);
};
describe('Words that were put right', () => {
  it('are found as they were corrected, and no longer as they were', async () => {
    await contest('The coelacanth is ours.');
    const target = (await lastEvent(scene.irritantId)).id;
    const correct = (words: string) =>
      done(api, `${on}/correct`, 'us-registrar', { target, content: { statement: { en: words } } });
    await correct('The pterodactyl is ours.');
    await correct('The archaeopteryx is ours.');
    expect(await irritants('archaeopteryx')).toEqual([scene.irritantId]);
    for (const q of ['coelacanth', 'pterodactyl']) {
      expect(await irritants(q)).toEqual([]);
      // The representation marks what the words were, and whoever searches a moment at which they stood finds them.
      expect(places(q)).toEqual(shownAndSearched);
    }
  });

  it('are not found once they are retracted, and neither is the reason', async () => {
    // A contest answers the other side, so it stays; a position is one's own.
    const position = { stance: 'contests', text: { en: 'The plesiosaur is ours.' } };
    await done(api, `${on}/state-position`, 'us-registrar', position);
    expect(await irritants('plesiosaur')).toEqual([scene.irritantId]);
    const target = (await lastEvent(scene.irritantId)).id;
    await done(api, `${on}/retract`, 'us-registrar', { target, reason: { en: 'A slip of the pen.' } });
    for (const q of ['plesiosaur', 'slip']) expect(await irritants(q)).toEqual([]);
    expect(places('plesiosaur')).toEqual(onlySearched);
  });
});

describe('Words that are to be erased', () => {
  it('are nowhere once they are erased: neither found, nor left in any table of the index', async () => {
    await contest('The quetzalcoatlus is ours.');
    expect(await irritants('quetzalcoatlus')).toEqual([scene.irritantId]);
    // Without these the emptiness below would show nothing: the index itself, its texts, and the representation.
    expect(places()).toEqual(shownAndSearched);
    await erase((await lastEvent(scene.irritantId)).id);
    expect(await irritants('quetzalcoatlus')).toEqual([]);
    expect(await searched(api, 'quetzalcoatlus', { dialogue: scene.dialogueId })).toEqual([]);
    expect(places()).toEqual([]);
    expect(await irritants('properties')).toEqual([scene.irritantId]);
  });

  it('are nowhere either where they were corrected before', async () => {
    await contest('The megatherium is ours.');
    const target = (await lastEvent(scene.irritantId)).id;
    const content = { statement: { en: 'The glyptodon is ours.' } };
    await done(api, `${on}/correct`, 'us-registrar', { target, content });
    expect(await irritants('glyptodon')).toEqual([scene.irritantId]);
    expect(places('megatherium')).toEqual(shownAndSearched);
    await api.settled();
    const knownAt = momentOfNow(api.server.record);
    expect(await irritants('glyptodon', { knownAt })).toEqual([scene.irritantId]);
    await erase(target);
    for (const word of ['megatherium', 'glyptodon']) expect(await irritants(word, { knownAt })).toEqual([]);
    expect(await irritants('properties', { knownAt })).toEqual([scene.irritantId]);
    expect(await irritants('glyptodon')).toEqual([]);
    for (const word of ['megatherium', 'glyptodon']) expect(places(word)).toEqual([]);
  });

  it('are nowhere either when a name was erased', async () => {
    const { id } = await round();
    await done(api, `rounds/${id}/name-delegate`, 'ru-registrar', named('Quetzalcoatlus'));
    const traces = () => tracesOf(api.server.record.projections.view('rounds').tables, 'uetzalcoatlus');
    expect(await rounds('quetzalcoatlus')).toEqual([id]);
    expect(traces()).toHaveLength(3);
    const target = (await api.server.record.streams.events(`round-${id}`)).at(-1)!.id;
    await erase(target, `rounds/${id}`);
    expect(await rounds('quetzalcoatlus')).toEqual([]);
    expect(traces()).toEqual([]);
  });
});

describe('A list that is searched', () => {
  it('keeps its other filters, its order and its pages', async () => {
    const made = [await raise('Visas one'), await raise('Visas two'), await raise('Visas three')];
    await raise('Visas at sea', { category: 'trade' });
    const about = { category: 'property', sort: 'createdAt' };
    expect(await irritants('visas', about)).toEqual(made.map((one) => one.id));
    const paged: string[] = [];
    const query = new URLSearchParams({ q: 'visas', dialogue: scene.dialogueId, ...about, limit: '2' });
    let next: string | undefined = `/v1/irritants?${query.toString()}`;
    while (next !== undefined) {
      const page: { body: { items: Made[] }; headers: Headers } = await api.get(next);
      paged.push(...page.body.items.map((one) => one.id));
      next = /<([^>]+)>; rel="next"/.exec(page.headers.get('link') ?? '')?.[1];
    }
    expect(paged).toEqual(made.map((one) => one.id));
  });

  it('shows one’s own write at once where it is waited for', async () => {
    const answer = await api.create<Made>('/v1/irritants', raising(scene.dialogueId), 'ru-registrar');
    const minPosition = answer.headers.get('event-position')!;
    const query = new URLSearchParams({ q: answer.body.key, dialogue: scene.dialogueId, minPosition });
    const { body } = await api.get<{ items: Made[] }>(`/v1/irritants?${query.toString()}`);
    expect(body.items.map((one) => one.id)).toEqual([answer.body.id]);
  });

  it('searches the words of a past moment, those of then and not those of now', async () => {
    await contest('The quetzalcoatlus is ours.');
    await api.settled();
    const knownAt = momentOfNow(api.server.record);
    const target = (await lastEvent(scene.irritantId)).id;
    const content = { statement: { en: 'The pterodactyl is ours.' } };
    await done(api, `${on}/correct`, 'us-registrar', { target, content });
    expect(await irritants('quetzalcoatlus', { knownAt })).toEqual([scene.irritantId]);
    expect(await irritants('pterodactyl', { knownAt })).toEqual([]);
    expect(await irritants('pterodactyl')).toEqual([scene.irritantId]);
    const about = { dialogue: scene.dialogueId };
    const [then] = await searched(api, 'quetzalc', { knownAt, ...about });
    expect(then).toMatchObject({ id: scene.irritantId, snippet: 'The quetzalcoatlus is ours.' });
  });

  it('counts only what had happened by an effective date, the names too', async () => {
    const { id } = await round();
    const sat = { ...named('Darchiyev'), occurred: '2025-04-10' };
    await done(api, `rounds/${id}/name-delegate`, 'ru-registrar', sat);
    expect(await rounds('Darchiyev', { effectiveAt: '2025-04-09' })).toEqual([]);
    expect(await rounds('Darchiyev', { effectiveAt: '2025-04-10' })).toEqual([id]);
  });

  it('finds the same after its tables were built anew', async () => {
    const { id } = await raise('Landing rights');
    await done(api, `dialogues/${scene.dialogueId}/record-party-alias`, 'secretariat', {
      party: 'RU',
      alias: 'Zembla',
    });
    const before = [await irritants('landing'), await irritants('zembla landing'), await irritants('land')];
    for (let time = 0; time < 2; time += 1) await api.server.record.projections.rebuild('all');
    const after = [await irritants('landing'), await irritants('zembla landing'), await irritants('land')];
    expect(after).toEqual(before);
    expect(after).toEqual([[id], [id], [id]]);
    const count = `SELECT count(*) AS n FROM sqlite_schema WHERE name GLOB 'irritants_v*_words_data'`;
    // The one that serves, and one to roll back to: the tables behind a virtual one were dropped with it.
    expect(api.server.record.projections.view('irritants').tables.db.prepare(count).get()?.['n']).toBe(2);
  });
});

describe('The search over the whole record', () => {
  it('gives entries of every kind with title, key and the words that were found, the latest first', async () => {
    await contest('Before it one must speak of the quetzalcoatlus.');
    const source = await made<Made>(api, 'sources', 'secretariat', {
      dialogueId: scene.dialogueId,
      kind: 'record',
      issuers: [],
      lang: 'en',
      held: false,
      title: 'Minutes on quetzalcoatlus',
      citation: `Minutes ${scene.key}`,
    });
    const hits = (await searched(api, 'quetzalcoatlus')).filter((one) =>
      [scene.irritantId, source.id].includes(one.id),
    );
    expect(hits).toEqual([
      {
        kind: 'source',
        id: source.id,
        key: null,
        dialogueId: scene.dialogueId,
        synthetic: false,
        kept: { by: 'both' },
        title: 'Minutes on quetzalcoatlus',
        titleBy: null,
        seq: expect.any(Number),
        snippet: 'Minutes on quetzalcoatlus',
      },
      {
        kind: 'irritant',
        id: scene.irritantId,
        key: scene.key,
        dialogueId: scene.dialogueId,
        title: 'Six properties',
        titleBy: 'RU',
        synthetic: false,
        kept: { by: 'both' },
        seq: expect.any(Number),
        snippet: 'Before it one must speak of the quetzalcoatlus.',
      },
    ]);
    expect(hits[0]!.seq).toBeGreaterThan(hits[1]!.seq);
  });

  it('stays within one dialogue where one is named, and goes on from page to page', async () => {
    const other = await setScene(api);
    const all = await searched(api, 'properties', { dialogue: scene.dialogueId });
    expect(all.map((one) => one.id)).toEqual([scene.irritantId]);
    await raise('More properties');
    await round();
    const q = scene.key.replace(/-1$/, '');
    const whole = await searched(api, q, { dialogue: scene.dialogueId });
    expect(kindsOf(whole)).toEqual(new Set(['irritant', 'dialogue']));
    const paged: string[] = [];
    let next: string | undefined = `/v1/search?q=${q}&dialogue=${scene.dialogueId}&limit=1`;
    while (next !== undefined) {
      const page: { body: { items: Made[] }; headers: Headers } = await api.get(next);
      paged.push(...page.body.items.map((one) => one.id));
      next = /<([^>]+)>; rel="next"/.exec(page.headers.get('link') ?? '')?.[1];
    }
    expect(paged).toEqual(whole.map((one) => one.id));
    expect(paged).not.toContain(other.irritantId);
  });

  it('says by which name an entry was found that has none of the words itself', async () => {
    await done(api, `dialogues/${scene.dialogueId}/record-party-alias`, 'secretariat', {
      party: 'RU',
      alias: 'Zemblan İmparatorluğu',
    });
    const hits = await searched(api, 'imparator', { dialogue: scene.dialogueId });
    expect(hits.map((one) => [one.kind, one.snippet])).toEqual([
      ['dialogue', 'Zemblan İmparatorluğu'],
      ['irritant', 'Zemblan İmparatorluğu'],
      // What that party issued concerns it as well.
      ['source', 'Zemblan İmparatorluğu'],
    ]);
  });
});
