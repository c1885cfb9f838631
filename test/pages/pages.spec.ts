import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Api } from '../support/api.js';
import { join } from '../support/scene.js';
import { browse, cookieOf, shortcomings } from './reading.js';
import { momentOfNow } from '../support/moment.js';

const hostile = '<script>alert("1")</script>\'&"><img src=x onerror=alert(1)>';

let api: Api;
let key: string;
let irritantId: string;
let roundId: string;
let claimedAt: string;
const sources: Record<string, string> = {};

type Made = { id: string; key: string };

/** A dialogue in which everything that people can write is hostile. */
async function record(): Promise<void> {
  const words = { en: hostile, ru: `Русский ${hostile}` };
  const of = (party: 'RU' | 'US') => ({
    party,
    sources: [{ sourceId: sources[party], locator: hostile }],
    occurred: '2025-04-10',
    wording: [{ as: 'verbatim' }],
  });
  const dialogue = await api.create<Made>('/v1/dialogues', {
    parties: ['RU', 'US'],
    keyPrefix: 'HOST',
    name: words,
    aim: words,
  });
  for (const party of ['RU', 'US']) {
    const source = {
      dialogueId: dialogue.body.id,
      kind: 'statement',
      issuers: [party],
      lang: 'en',
      held: false,
      title: hostile,
      citation: `${hostile} https://example.org/a?b=1&c=2.`,
    };
    sources[party] = (await api.create<Made>('/v1/sources', source)).body.id;
  }
  await api.act(`/v1/dialogues/${dialogue.body.id}/record-party-alias`, { party: 'RU', alias: hostile });
  const raised = await api.create<Made>('/v1/irritants', {
    ...of('RU'),
    dialogueId: dialogue.body.id,
    raisers: ['RU'],
    respondents: ['US'],
    raisedBasis: 'stated',
    category: 'property',
    legalBasis: [hostile],
    title: words,
    designations: { RU: words },
    statement: words,
  });
  ({ id: irritantId, key } = raised.body);
  const irritant = `/v1/irritants/${key}`;
  await api.act(`${irritant}/claim`, { ...of('RU'), kind: 'agreement', text: words });
  claimedAt = momentOfNow(api.server.record);
  await api.act(`${irritant}/state-position`, { ...of('US'), stance: 'contests', text: words });
  const round = await api.create<Made>('/v1/rounds', {
    ...of('RU'),
    dialogueId: dialogue.body.id,
    startsAt: '2025-04-10',
    venue: words,
  });
  roundId = round.body.id;
  const at = `/v1/rounds/${roundId}`;
  for (const party of ['RU', 'US'] as const) {
    await api.act(`${at}/publish-account`, {
      ...of(party),
      sourceId: sources[party],
      lang: 'en',
      voice: 'party',
      rendering: 'original',
      venue: words,
    });
  }
  const { body } = await api.get<{ accounts: { accountId: string }[] }>(at);
  for (const { accountId } of body.accounts) {
    await api.act(`${at}/record-account-point`, {
      accountId,
      irritantId,
      kind: 'discussed',
      assertsJoint: true,
      quote: words,
      occurred: '2025-04-10',
      wording: [{ as: 'verbatim' }],
    });
    await api.act(`${at}/name-delegate`, {
      party: 'RU',
      accountId,
      role: 'head',
      nameAsGiven: hostile,
      titleAsGiven: hostile,
      lang: 'en',
      occurred: '2025-04-10',
    });
  }
  await api.act(`${at}/indicate-next-round`, { ...of('RU'), text: words });
  const others = `/v1/dialogues/${dialogue.body.id}`;
  const cited = {
    sources: [{ sourceId: sources['RU'] }],
    occurred: '2025-04-10',
    wording: [{ as: 'verbatim' }],
  };
  await api.act(`${others}/assert-third-party-role`, {
    ...cited,
    thirdParty: 'TR',
    role: 'host',
    text: words,
  });
  await api.act(`${others}/record-commentary`, { ...cited, irritantId, speaker: hostile, quote: words });
  await api.act(`${others}/record-commentary`, { ...cited, roundId, speaker: hostile, quote: words });
  await api.settled();
}

beforeAll(async () => {
  api = await Api.start();
  await record();
});

afterAll(() => api.stop());

const read = (path: string) => browse(api.server.url, path, { cookie: cookieOf(api, 'secretariat') });

describe('every page', () => {
  const pages = () => [
    '/',
    `/irritants/${key}`,
    `/irritants/${irritantId}?effectiveAt=2026-01-01`,
    `/rounds/${roundId}`,
    '/irritants/NONE-1',
  ];

  it('has what people need who read it with a keyboard or a screen reader', async () => {
    for (const path of pages()) {
      const { text, headers } = await read(path);
      expect([path, ...shortcomings(text)]).toEqual([path]);
      expect(headers.get('content-type')).toBe('text/html; charset=utf-8');
      expect(headers.get('content-security-policy')).toContain("default-src 'none'");
    }
  });

  it('shows what people wrote as they wrote it, and never as markup', async () => {
    for (const path of pages().slice(0, 4)) {
      const { status, text } = await read(path);
      expect([path, status]).toEqual([path, 200]);
      expect(text).toContain('&lt;script&gt;alert(&quot;1&quot;)&lt;/script&gt;');
      expect(text).not.toMatch(/<script|<img/);
    }
  });
});

describe('the page of the record', () => {
  it('shows the joint stage beside each position, what is open, and the rounds', async () => {
    const { text } = await read('/');
    expect(text).toContain(`href="/irritants/${key}"`);
    expect(text).toContain('Under consultation');
    expect(text).toContain('No position recorded');
    expect(text).toContain('Contests');
    expect(text).toMatch(/<b>RU<\/b> claims: agreement/);
    expect(text).toContain(`href="/rounds/${roundId}"`);
    expect(text).toContain('Held: both sides say so');
    expect(text).toContain('TR as host');
    expect(text).not.toContain('Commentary of');
  });

  it('filters by stage and category; an empty field is no filter', async () => {
    const shows = async (query: string) =>
      (await read(`/?${query}`)).text.includes(`href="/irritants/${key}"`);
    expect(await shows('stage=&category=')).toBe(true);
    expect(await shows('stage=under-consultation&category=property')).toBe(true);
    expect(await shows('stage=resolved')).toBe(false);
    const refused = await read('/?stage=nonsense');
    expect([refused.status, refused.headers.get('content-type')]).toEqual([400, 'text/html; charset=utf-8']);
    expect(shortcomings(refused.text)).toEqual([]);
  });
});

describe('the page of an irritant', () => {
  it('tells its history with both clocks, capacities, quotes in their language, and sources by title', async () => {
    const { text } = await read(`/irritants/${key}`);
    expect(text).toContain('<blockquote lang="ru" dir="auto">');
    expect(text).toContain('occurred 2025-04-10');
    expect(text).toContain('attributed: recorded by a secretariat of neither side');
    expect(text).toContain('derived by rule from other entries');
    expect(text).toContain(`href="#source-${sources['RU']}"`);
    expect(text).toContain('href="https://example.org/a?b=1&amp;c=2"');
    expect(text).toContain('Silence is not denial');
    expect(text).toContain('Commentary of <bdi>&lt;script&gt;');
  });

  it('as of another moment says so first, and shows that moment', async () => {
    const present = await read(`/irritants/${key}`);
    expect(present.text).not.toContain('Not the present state');
    const { text } = await read(`/irritants/${key}?knownAt=${claimedAt}&effectiveAt=`);
    expect(text).toContain('Not the present state');
    const { body } = await api.get<{ knownSeq: number }>(`/v1/irritants/${key}?knownAt=${claimedAt}`);
    expect(text).toContain(`as it stood at s${body.knownSeq}`);
    expect(text).toContain(`value="${claimedAt}"`);
    expect(text).not.toContain('Contests');
    expect(text.indexOf('Not the present state')).toBeLessThan(text.indexOf('<h1>'));
  });

  it.each([
    ['/irritants/NONE-1', 404, 'There is no such thing'],
    ['/irritants/HOST-1?effectiveAt=2020-01-01', 404, 'It was not there yet'],
    ['/irritants/HOST-1?knownAt=yesterday', 400, 'That moment of knowledge cannot be read'],
    ['/rounds/none', 404, 'There is no such thing'],
  ])('%s is %d, in words', async (path, expected, heading) => {
    const { status, text } = await read(path);
    expect(status).toBe(expected);
    expect(text).toContain(`<h1>${heading}</h1>`);
    expect(shortcomings(text)).toEqual([]);
  });

  it('marks an entry that was corrected or retracted, and what did it', async () => {
    const { body } = await api.ask<{
      items: { seq: number; event: { envelope: { id: string; type: string } } }[];
    }>('GET', `/v1/irritants/${key}/history`);
    const stated = body.items.find(({ event }) => event.envelope.type === 'PositionStated')!;
    await api.act(`/v1/irritants/${key}/retract`, {
      target: stated.event.envelope.id,
      reason: { en: 'Entered twice.' },
    });
    await api.settled();
    const { text } = await read(`/irritants/${key}`);
    const { record: reader } = api.server.record.projections;
    const seq = reader.byOrdinal(reader.headOrdinal)?.seq;
    expect(text).toMatch(new RegExp(`Retracted: see\\s+<a href="#s${seq}">`));
    expect(text).toMatch(new RegExp(`On\\s+<a href="#s${stated.seq}">`));
  });
});

describe('the page of a round', () => {
  it('shows the accounts point by point in a column for each party', async () => {
    const { text } = await read(`/rounds/${roundId}`);
    expect(text).toContain('Said to be discussed by both');
    expect(text).toMatch(/data-label="RU"[\s\S]*data-label="US"/);
    expect(text).toContain('given by');
    expect(text).toContain('The next round');
    expect(text).toContain('Commentary of <bdi>&lt;script&gt;');
  });
});

describe('long lists', () => {
  it.each(['/nothing-here', '/problems/nothing', '/docs/nothing', '/irritants/'])(
    'say to a person that nobody has the address %s, and to a program in its own form',
    async (path) => {
      const page = await browse(api.server.url, path, { headers: { Accept: 'text/html,*/*;q=0.8' } });
      expect([page.status, page.headers.get('content-type')]).toEqual([404, 'text/html; charset=utf-8']);
      expect(shortcomings(page.text)).toEqual([]);
      expect(page.text).not.toContain('reader-bar');
      const answer = await browse(api.server.url, path);
      expect(JSON.parse(answer.text)).toMatchObject({ code: 'not-found' });
      expect(answer.headers.get('content-type')).toContain('application/problem+json');
    },
  );

  it('go on by a link to the next page of one dialogue', async () => {
    const dialogue = await api.create<Made>('/v1/dialogues', {
      parties: ['RU', 'US'],
      keyPrefix: 'LONG',
      name: { en: 'A long dialogue' },
    });
    await join(api, dialogue.body.id, 'RU');
    for (let count = 0; count < 51; count += 1) {
      await api.create(
        '/v1/irritants',
        {
          dialogueId: dialogue.body.id,
          raisers: ['RU'],
          respondents: ['US'],
          raisedBasis: 'stated',
          category: 'trade',
          title: { en: 'One' },
        },
        'ru-registrar',
      );
    }
    await api.settled();
    const first = (await read('/?category=trade')).text;
    expect(first).not.toContain('LONG-51<');
    const [, next = ''] = /rel="next" href="([^"]*)"/.exec(first) ?? [];
    const second = (await read(next.replaceAll('&amp;', '&'))).text;
    expect(second).toContain('LONG-51<');
    expect(second).not.toContain('LONG-50<');
    expect(second).not.toContain('rel="next"');
  });
});
