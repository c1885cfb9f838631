import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Api } from '../support/api.js';
import { done, made } from '../support/acting.js';
import { openTalks, raising, setScene } from '../support/scene.js';
import { holdTalks } from '../support/talks.js';
import { speak } from '../support/speaking.js';
import type { Voices } from '../support/speaking.js';
import { browse, cookieOf, shortcomings } from './reading.js';
import { timelinesOf } from './walk.js';

let api: Api;

beforeAll(async () => {
  api = await Api.start();
});
afterAll(() => api.stop());

async function read(path: string): Promise<string> {
  const { status, text } = await browse(api.server.url, path, { cookie: cookieOf(api, 'secretariat') });
  expect([path, status]).toEqual([path, 200]);
  if (text.startsWith('<!doctype')) expect([path, ...shortcomings(text)]).toEqual([path]);
  return text;
}
const plain = (html: string) => html.replace(/<[^>]+>/g, ' ').replace(/\s+/g, ' ');
const book = (dialogueId: string, party: string) =>
  read(`/dialogues/${dialogueId}/brief?for=${party}&format=md`);
const timelineOf = async (key: string) =>
  (await timelinesOf(api, 2_000)).find((one) => one.startsWith(`${key} `)) ?? '';

/** The entry of the timeline on the page of an irritant that says this. */
function entrySaying(html: string, words: string): string {
  return (
    html
      .split('<li id="s')
      .slice(1)
      .find((one) => plain(one).includes(words)) ?? ''
  );
}

describe('What becomes of a word', () => {
  let voices: Voices;
  let page: string;
  let terminal: string;

  beforeAll(async () => {
    voices = await speak(api);
    page = await read(`/irritants/${voices.key}`);
    terminal = await timelineOf(voices.key);
  });

  it('says who recorded what stands in the name of a party, and that the party has endorsed it', async () => {
    const recorded = 'Endorsed by RU; recorded by the secretariat';
    expect(plain(page)).toContain(recorded);
    expect(terminal).toContain('[endorsed by RU; recorded by the secretariat; doubted by the secretariat');
    expect(await book(voices.dialogueId, 'US')).toContain('endorsed by RU; recorded by the secretariat');
  });

  it('says that whoever recorded it doubts it, wherever the word stands, and strikes nothing', async () => {
    const since = /doubted by the secretariat, who recorded it, since \d{4}-\d\d-\d\d \d\d:\d\d UTC/i;
    expect(plain(page)).toMatch(since);
    expect(terminal).toMatch(since);
    expect(await book(voices.dialogueId, 'US')).toMatch(since);
    const entry = entrySaying(page, 'RU (recorded by the secretariat) stated its position');
    expect(plain(entry)).toMatch(/seeks action doubted/);
    expect(plain(entry)).toContain('Doubted by whoever recorded it: see s');
    expect(entry).not.toContain(' dropped"');
    expect(plain(page)).toMatch(
      /The secretariat doubts the entry \(s\d+: RU .*\), which it recorded in the name of another The rendering is disputed\./,
    );
  });

  it('says of a translation from which language it is, and by whom', async () => {
    const translated = 'translated from Russian by the embassy';
    expect(plain(page)).toContain(`We demand their return. ${translated}`);
    expect(terminal).toContain(`“We demand their return.” (${translated})`);
    expect(await book(voices.dialogueId, 'US')).toContain(`“We demand their return.” (${translated})`);
  });

  it('says of a correction what the words were, who corrected them, and when', async () => {
    expect(plain(page)).toMatch(
      /Corrected by US at \d{4}-\d\d-\d\d \d\d:\d\d UTC \(its words\) Was, until it was corrected: They are not yours any more\./,
    );
    expect(await book(voices.dialogueId, 'RU')).toMatch(
      /“They are no longer yours\.”.*corrected by US at .* \\\[until it was corrected: “They are not yours any more\.”\\\]/,
    );
  });

  it('shows the legal basis of each party apart, with who gave it, by which entry, and what it was', async () => {
    expect(plain(page)).toMatch(
      /Legal basis given by RU VCDR art\. 22 By s\d+ RU \(recorded by the secretariat\) raised/,
    );
    expect(plain(page)).toMatch(
      /Legal basis given by US VCDR art\. 45 Was, until it was corrected: VCDR art\. 54 By s\d+ US stated/,
    );
    const row = (await book(voices.dialogueId, 'US'))
      .split('\n')
      .find((one) => one.includes('| Legal basis'));
    expect(row).toMatch(
      /VCDR art\. 45.*until it was corrected: VCDR art\. 54.*VCDR art\. 22.*recorded by the secretariat/,
    );
  });

  it('shows what is repudiated as nobody’s words, and says so', () => {
    expect(plain(page)).toContain(
      'We are aware of it. entered under the name of US, which says that they are not its own',
    );
    expect(plain(page)).toContain('Repudiated: US says since');
    expect(plain(entrySaying(page, 'US acknowledged'))).toContain('repudiated');
    expect(terminal).not.toContain('“We are aware of it.”');
  });

  it('strikes what was disavowed, and what fell because it rested on that, naming it', () => {
    const disavowed = entrySaying(page, 'RU (recorded by the secretariat) claimed an understanding');
    const fallen = entrySaying(page, 'US confirmed the claim');
    const [, seq] = /^(\d+)"/.exec(disavowed) ?? [];
    expect([disavowed, fallen].map((one) => one.includes(' dropped"'))).toEqual([true, true]);
    expect(plain(disavowed)).toContain('Disavowed by the party in whose name it was recorded: see s');
    expect(plain(fallen)).toContain(`Fell with s${seq} , on which it rests`);
    expect(terminal).toContain(`fell with s${seq}, on which it rests and which was disavowed`);
    expect(entrySaying(page, 'US stated its position')).not.toContain(' dropped"');
  });

  it('names in the history what each entry is about, so that no two read alike', () => {
    const [, ...entries] = page.slice(page.indexOf('<ol class="timeline">')).split('<li id="s');
    const texts = entries.map((one) =>
      plain(one.slice(one.indexOf('<strong>'))).replace(/recorded \d.*?UTC/g, ''),
    );
    expect(new Set(texts).size).toBe(texts.length);
    expect(plain(entrySaying(page, 'US corrected the entry'))).toMatch(
      /US corrected the entry \(s(\d+): US stated its position on \S+, contests\s*\).* On s\1/,
    );
  });

  it('stands in the programs’ history as well', async () => {
    const { body } = await api.get<{
      items: { event: { envelope: { id: string } }; amendedBy?: object[]; standing?: string }[];
    }>(`/v1/irritants/${voices.irritantId}/history`);
    const of = (id: string) => body.items.find(({ event }) => event.envelope.id === id);
    expect(of(voices.events.claim)).toMatchObject({
      standing: 'dropped',
      amendedBy: [{ type: 'AttributionDisavowed' }],
    });
    expect(of(voices.events.confirmation)).toMatchObject({
      standing: 'dropped',
      amendedBy: [{ type: 'AttributionDisavowed', restedOn: voices.events.claim }],
    });
    expect(of(voices.events.position)).toMatchObject({
      standing: 'doubted',
      amendedBy: [{ type: 'AttributionEndorsed' }, { type: 'AttributionDoubted' }],
    });
    expect(of(voices.events.acknowledgement)).toMatchObject({ standing: 'repudiated' });
  });
});

describe('What somebody wrote into the store by hand, as a word of the wrong side', () => {
  it('never counted, and is struck as that; what it would have taken back stands', async () => {
    const { irritantId, key } = await speak(api);
    const { store, streams, ids } = api.server.record;
    const stream = `irritant-${irritantId}`;
    const events = await Array.fromAsync(store.readStream(stream));
    const ofUs = events.findLast(
      ({ type, meta }) => type === 'PositionStated' && (meta['act'] as { party?: unknown }).party === 'US',
    );
    const ofRu = events.find(
      ({ meta }) => (meta['act'] as { recorderParty?: unknown }).recorderParty === 'RU',
    );
    const { act, correlationId } = ofRu!.meta;
    const meta = {
      ...ofUs!.meta,
      correlationId,
      act: { ...(act as object), party: 'RU', capacity: 'direct' },
    };
    const id = ids.next();
    const forged = { id, type: 'EventRetracted', data: { target: ofUs!.id }, content: {}, salt: null, meta };
    await store.append(stream, [forged], {
      expected: BigInt((await streams.events(stream)).length - 1),
    });
    await api.settled();
    const page = await read(`/irritants/${key}`);
    const entry = plain(entrySaying(page, 'RU retracted'));
    expect(entry).toContain('never counted');
    expect(entry).toContain('in the store, though nobody can have recorded it as direct');
    expect(plain(entrySaying(page, 'US stated its position'))).not.toContain('no longer counts');
    expect(await timelineOf(key)).toContain('! never counted');
  });
});

describe('How a dialogue is kept', () => {
  async function saidOf(
    dialogueId: string,
    irritant: { key: string },
    roundId: string,
  ): Promise<readonly string[]> {
    return [
      plain(await read(`/?dialogue=${dialogueId}`)),
      plain(await read(`/irritants/${irritant.key}`)),
      plain(await read(`/rounds/${roundId}`)),
      plain(await read(`/dialogues/${dialogueId}/brief?for=US`)),
      await book(dialogueId, 'US'),
      await timelineOf(irritant.key),
    ];
  }

  it('by a secretariat, is said on each page, in the books and in the terminal', async () => {
    const { dialogueId, roundId, key } = await speak(api);
    for (const text of await saidOf(dialogueId, { key }, roundId))
      expect(text).toContain('Kept by a secretariat: it records for neither side.');
  });

  it('by both, is said there, and since when and by whose key each has joined', async () => {
    const { dialogueId, key } = await setScene(api);
    const round = await made<{ id: string }>(api, 'rounds', 'ru-negotiator', {
      dialogueId,
      startsAt: '2025-04-10',
    });
    const said = await saidOf(dialogueId, { key }, round.id);
    for (const text of said) expect(text).toContain('Kept by both: RU and US each record their own acts.');
    const how = 'the first key of its negotiators was made by the demonstration on';
    const when = String.raw`\d{4}-\d\d-\d\d \d\d:\d\d UTC`;
    for (const text of said)
      expect(text).toMatch(new RegExp(`RU joined ${when} \\(${how} ${when}\\); US joined ${when}`));
  });

  it('and by whom it is suspended, which refuses nothing, is said on each page, in the books and in the terminal', async () => {
    const { dialogueId, key } = await setScene(api);
    await done(api, `dialogues/${dialogueId}/suspend`, 'us-negotiator');
    const round = await made<{ id: string }>(api, 'rounds', 'ru-negotiator', { dialogueId });
    for (const text of await saidOf(dialogueId, { key }, round.id))
      expect(text).toContain('The dialogue is suspended by US');
    await done(api, `dialogues/${dialogueId}/resume`, 'us-negotiator');
    for (const text of await saidOf(dialogueId, { key }, round.id))
      expect(text).not.toContain('The dialogue is suspended');
  });

  it('by one alone, says by whom, and that the other has not joined', async () => {
    const opened = await made<{ id: string }>(api, 'dialogues', 'ru-negotiator', {
      parties: ['RU', 'US'],
      keyPrefix: `K${Math.random().toString(36).slice(2, 8).toUpperCase()}`,
      name: { en: 'Kept alone' },
    });
    const dialogueId = opened.id;
    const irritant = await made<{ id: string; key: string }>(
      api,
      'irritants',
      'ru-negotiator',
      raising(dialogueId),
    );
    const round = await made<{ id: string }>(api, 'rounds', 'ru-negotiator', {
      dialogueId,
      startsAt: '2025-04-10',
    });
    await api.settled();
    const said = await saidOf(dialogueId, irritant, round.id);
    for (const text of said)
      expect(text).toContain('Kept by RU alone: what stands here in the name of US was recorded by RU.');
    expect(said[0]).toContain('US has not joined.');
  });
});

describe('What is open', () => {
  it('is counted alike on the first page, on that of the irritant, in the terminal and in the book', async () => {
    const talks = await holdTalks(api, { en: 'Words.' });
    const page = plain(await read(`/irritants/${talks.key}`));
    const [counted = ''] = /\d+ open: (\d+ words? awaited from (RU|US)(, )?)+/.exec(page) ?? [];
    expect(counted).toMatch(/^8 open: 3 words awaited from RU, 5 words awaited from US/);
    expect(plain(await read(`/?dialogue=${talks.dialogueId}`))).toContain(counted);
    expect(await timelineOf(talks.key)).toContain(counted);
    expect(await book(talks.dialogueId, 'RU')).toContain(counted);
  });

  it('is nothing where an irritant was withdrawn, whose ladder shows how far it had come', async () => {
    const { dialogueId, irritantId, key } = await setScene(api);
    await done(api, `irritants/${irritantId}/acknowledge`, 'us-negotiator');
    await done(api, `irritants/${irritantId}/withdraw`, 'ru-negotiator');
    await api.settled();
    for (const html of [await read(`/?dialogue=${dialogueId}`), await read(`/irritants/${key}`)]) {
      expect(plain(html)).toContain('Withdrawn, after under consultation');
      const [, rungs = ''] = /class="ladder"[^>]*>((?:<i[^>]*><\/i>)+)<\/span> Withdrawn/.exec(html) ?? [];
      expect(rungs.match(/reached|open/g)).toEqual(['reached', 'reached', 'open', 'open', 'open']);
      expect(plain(html)).toContain('Nothing is open');
    }
    const terminal = await timelineOf(key);
    expect(terminal).toContain('Withdrawn, after under consultation');
    expect(terminal).toContain('stage: under consultation → withdrawn');
    expect(terminal).not.toContain('┗━━━');
  });
});

describe('What stands in the name of a party', () => {
  interface Agenda {
    readonly inYourName: { readonly [party: string]: readonly { readonly type: string }[] };
  }

  it('is listed in its book and in the agenda until the party has answered it', async () => {
    const { dialogueId, irritantId } = await speak(api);
    const listed = async () => (await api.get<Agenda>(`/v1/dialogues/${dialogueId}/agenda`)).body.inYourName;
    const types = async () => (await listed())['RU']?.map(({ type }) => type);
    expect(await types()).toEqual(['IrritantRaised', 'RoundScheduled']);
    expect((await listed())['US']).toEqual([]);
    expect(await book(dialogueId, 'RU')).toMatch(
      /## In your name\n\nRecorded by others in the name of RU.*: 2\./,
    );
    expect(await book(dialogueId, 'US')).toContain('Nothing stands in the name of US that it has neither');
    const [raising] = await api.server.record.streams.events(`irritant-${irritantId}`);
    await done(api, `irritants/${irritantId}/endorse`, 'ru-negotiator', { target: raising?.id });
    await api.settled();
    expect(await types()).toEqual(['RoundScheduled']);
  });
});

describe('What is to be looked at', () => {
  interface Spoken {
    readonly [field: string]: unknown;
    readonly claims: readonly { readonly claimId: string }[];
    readonly positions: { readonly US: { readonly eventId: string } };
  }

  /** In the name of US a denial older than its claim, on a source that is older still, and two positions on one source. */
  async function contradict() {
    const { dialogueId, sources } = await openTalks(api);
    const cited = { lang: 'en', held: false, citation: 'A statement', kind: 'statement', issuers: ['US'] };
    const source = async (body: object) =>
      (await made<{ id: string }>(api, 'sources', 'secretariat', { dialogueId, ...cited, ...body })).id;
    const old = await source({ title: 'The old one', date: '2020' });
    const ours = await source({ title: 'The other one' });
    const byNobody = { raisers: [], raisedBasis: 'first-recorded', sources: [{ sourceId: sources.press }] };
    const { id, key } = await made<{ id: string; key: string }>(api, 'irritants', 'secretariat', {
      ...raising(dialogueId),
      ...byNobody,
    });
    const said = (path: string, party: string, sourceId: string, body: object) =>
      done<Spoken>(api, `irritants/${id}/${path}`, 'secretariat', {
        ...{ party, sources: [{ sourceId }], wording: [{ as: 'summary' }] },
        ...body,
      });
    const claim = { kind: 'factual', text: { en: 'Ten were refused.' }, occurred: '2026-05-10' };
    const { claims } = await said('claim', 'RU', sources.RU, claim);
    const denial = { text: { en: 'None was.' }, occurred: '2026-04-01' };
    await said(`claims/${claims[0]?.claimId}/deny`, 'US', old, denial);
    const stating = (en: string) => said('state-position', 'US', ours, { stance: 'contests', text: { en } });
    const { positions } = await stating('First.');
    await stating('Second.');
    const disavowal = { target: positions.US.eventId, ground: 'not-our-source', sourceId: ours };
    await done(api, `irritants/${id}/disavow`, 'us-negotiator', disavowal);
    await api.settled();
    return { dialogueId, id, key, old, ours };
  }

  it('stands beside the entry on the page, in the book, in the agenda and for programs; and at the source that is disowned', async () => {
    const { dialogueId, id, key, old, ours } = await contradict();
    const page = await read(`/irritants/${key}`);
    const denial = plain(entrySaying(page, 'US (recorded by the secretariat) denied'));
    expect(denial).toContain(
      'Cites a source that was issued before this is said to have happened: The old one of US',
    );
    expect(denial).toMatch(/Is dated before what it answers: see s\d+/);
    expect(plain(entrySaying(page, 'US (recorded by the secretariat) stated its position'))).toContain(
      'Cites a source that US has said is not its own: The other one of US disowned by US',
    );
    expect(plain(entrySaying(page, 'RU (recorded by the secretariat) claimed'))).not.toContain('⚑');
    const terminal = await timelineOf(key);
    expect(terminal).toMatch(
      /! cites a source that was issued before this is said to have happened: The old one of US.*! is dated before what it answers: see s\d+/s,
    );
    expect(terminal).toContain('! cites a source that US has said is not its own: The other one of US');
    const listed = page.slice(page.indexOf(`<li id="source-${ours}"`));
    expect(plain(listed.slice(0, listed.indexOf('</li>')))).toContain(
      'Disowned: US has said that it is not its own.',
    );
    const text = await book(dialogueId, 'US');
    const [, inName = ''] = text.split('## In your name');
    expect(inName).toMatch(
      /None was\..*⚑ cites a source that was issued before .*⚑ is dated before what it answers.*: s\d+/,
    );
    expect(inName).toMatch(/Second\..*⚑ cites a source that US has said is not its own/);
    expect(text).toContain('disowned: US has said that it is not its own');
    const { body } = await api.get<{
      inYourName: { US: readonly { flags?: readonly { what: string }[] }[] };
    }>(`/v1/dialogues/${dialogueId}/agenda`);
    expect(body.inYourName.US.map(({ flags = [] }) => flags.map(({ what }) => what))).toEqual([
      ['evidence-older-than-act', 'answer-before-question'],
      ['evidence-disowned'],
    ]);
    const history = await api.get<{ items: readonly { flags?: readonly object[] }[] }>(
      `/v1/irritants/${id}/history`,
    );
    expect(history.body.items.flatMap(({ flags = [] }) => flags)).toEqual([
      { what: 'evidence-older-than-act', sourceId: old },
      { what: 'answer-before-question', eventId: expect.any(String) },
      { what: 'evidence-disowned', sourceId: ours },
      { what: 'evidence-disowned', sourceId: ours },
    ]);
    const onSource = await api.get<{ items: readonly { state: string }[] }>(
      `/v1/dialogues/${dialogueId}/in-your-name?party=US&source=${ours}`,
    );
    expect(onSource.body.items.map(({ state }) => state)).toEqual(['disavowed', 'open']);
  });
});

it('A source that was called otherwise when it was cited is marked where it is cited, and says what it was called', async () => {
  const { dialogueId, irritantId, key } = await setScene(api);
  const words = { title: 'Note 5', citation: 'Note 5 of April' };
  const note = { dialogueId, kind: 'note', issuers: ['US'], lang: 'en', held: false, ...words };
  const { id: sourceId, registered } = await made<{ id: string; registered: { eventId: string } }>(
    api,
    'sources',
    'ru-registrar',
    note,
  );
  const position = { stance: 'contests', text: { en: 'As our note says.' }, sources: [{ sourceId }] };
  await done(api, `irritants/${irritantId}/state-position`, 'us-negotiator', position);
  const content = { title: 'The admission', citation: words.citation };
  await done(api, `sources/${sourceId}/correct`, 'ru-registrar', { target: registered.eventId, content });
  await api.settled();
  const page = plain(await read(`/irritants/${key}`));
  expect(page).toContain('Source: The admission of US corrected by RU');
  expect(page).toMatch(/Corrected by RU at [-0-9: ]+ UTC Was, until then: Note 5 /);
  expect(page).not.toContain('Was, until then: Note 5 of April');
  expect(await timelineOf(key)).toContain('The admission of US (corrected by RU)');
  expect(await book(dialogueId, 'US')).toMatch(/corrected by RU at [-0-9: ]+ UTC \\?\[until then: Note 5/);
});
