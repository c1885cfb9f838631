import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Api } from '../support/api.js';
import { holdTalks } from '../support/talks.js';
import type { FullTalks } from '../support/talks.js';
import { browse, cookieOf, shortcomings } from './reading.js';

const hostile = '<script>alert("1")</script>\'&"><img src=x onerror=alert(1)>';

let api: Api;
let talks: FullTalks;

beforeAll(async () => {
  api = await Api.start();
  talks = await holdTalks(api, { en: hostile, ru: `Русский ${hostile}` });
});
afterAll(() => api.stop());

const read = (path: string) => browse(api.server.url, path, { cookie: cookieOf(api, 'secretariat') });
const plain = (text: string) => text.replace(/<[^>]+>/g, ' ').replace(/\s+/g, ' ');
const bookFor = (party: string) => `/dialogues/${talks.dialogueId}/brief?for=${party}`;

describe('the pages of talks in which every kind of instrument stands', () => {
  it('lack nothing, and show what people wrote as words', async () => {
    for (const path of ['/', `/irritants/${talks.key}`, `/irritants/${talks.otherKey}`, bookFor('RU')]) {
      const { status, text } = await read(path);
      expect([path, status, ...shortcomings(text)]).toEqual([path, 200]);
      expect(text).toContain('&lt;script&gt;');
      expect(text).not.toMatch(/<script|<img/);
    }
  });

  it('show what is claimed of the dialogue as a whole and who is to answer, also where no matter is open', async () => {
    const home = plain((await read('/')).text);
    expect(home).toContain('Claims on the dialogue as a whole');
    expect(home).toMatch(
      /RU claims: other unanswered .*Silence is not denial: the claim stands unanswered\./,
    );
    expect(home).toMatch(/From US : an answer to the claim, on the dialogue as a whole , since/);
    for (const party of ['RU', 'US']) {
      const book = plain((await read(bookFor(party))).text);
      expect(book).toMatch(/The dialogue as a whole .*Awaited .*An answer to the claim .*Contents/);
      expect(book).toMatch(/RU claims: other \(unanswered\)\..*Contents/);
    }
    const agenda = await api.get(`/v1/dialogues/${talks.dialogueId}/agenda`);
    expect(agenda.body).toMatchObject({
      awaiting: [{ what: 'answer-to-claim', from: 'US', on: { kind: 'dialogue', id: talks.dialogueId } }],
      unansweredClaims: [{ by: 'RU', kind: 'other', capacity: 'direct' }],
    });
    for (const [party, found] of [
      ['US', [talks.dialogueId]],
      ['RU', []],
    ] as const) {
      const listed = await api.get<{ items: { id: string }[] }>(`/v1/dialogues?awaiting=${party}`);
      expect(listed.body.items.map(({ id }) => id)).toEqual(found);
    }
  });

  it('show what both sides hold of the dialogue as a whole, and no matter has moved by it', async () => {
    const { dialogueId, irritantId } = talks;
    const stageAndTag = async () => {
      const { body } = await api.get(`/v1/irritants/${irritantId}`);
      return [body['stage'], body['revision']];
    };
    const before = await stageAndTag();
    const { body } = await api.act<{ claims: { claimId: string }[] }>(
      `/v1/dialogues/${dialogueId}/claim`,
      { kind: 'agreement-in-principle', text: { en: 'The sides meet every quarter.' } },
      'ru-negotiator',
    );
    const claimId = body.claims.at(-1)?.claimId ?? '';
    const at = `/v1/dialogues/${dialogueId}/claims/${claimId}`;
    const part = { mode: 'partial', text: { en: 'The sides meet regularly.' } };
    await api.act(`${at}/confirm`, part, 'us-negotiator');
    await api.act(`${at}/withdraw`, { reason: { en: 'Quarterly was too often.' } }, 'ru-negotiator');
    await api.settled();
    const home = plain((await read('/')).text);
    expect(home).toMatch(/RU claims: agreement in principle partly confirmed The sides meet every quarter\./);
    expect(home).toMatch(/Withdrawn by RU Quarterly was too often\./);
    expect(home).toMatch(/Answer of US \(partial\) The sides meet regularly\./);
    const book = plain((await read(bookFor('US'))).text);
    expect(book).toMatch(
      /confirmed by the other in part RU claims: agreement in principle \(partly confirmed\)/,
    );
    // The other side never said “every quarter”.
    expect(book).not.toContain('Held by both sides');
    expect(await stageAndTag()).toEqual(before);
    expect(await api.types('irritants', irritantId)).not.toContain('AgreedInPrinciple');
  });

  it('show each step with who owes it, how it stands, when it is due and what it waits for', async () => {
    const { text } = await read(`/irritants/${talks.key}`);
    const rows = [...text.matchAll(/<tr role="row">(?:(?!<\/tr>).)*data-label="Waits for".*?<\/tr>/gs)];
    const told = rows.map(([row]) =>
      [...row.matchAll(/data-label="([^"]+)"[^>]*>(.*?)<\/td>/gs)].map(
        ([, label, cell = '']) => `${label}: ${plain(cell).trim().split(' ').slice(0, 2).join(' ')}`,
      ),
    );
    expect(told).toEqual([
      ['Responsible: US', 'State: Blocked US', 'Due: 2025-03', 'In return: Nothing', 'Waits for: Nothing'],
      ['Responsible: RU', 'State: Reported RU', 'Due: 2025-03', 'In return: step 1', 'Waits for: Nothing'],
      ['Responsible: US', 'State: Open', 'Due: No date', 'In return: Nothing', 'Waits for: step 1'],
    ]);
    expect(plain(text)).toContain('Version 1: agreed by both sides');
  });

  it('show a proposal with its assents, and that one still wants its capital', async () => {
    const text = plain((await read(`/irritants/${talks.key}`)).text);
    expect(text).toContain('assents ad referendum: its capital has not confirmed yet');
    expect(text).toContain('It stands until 2025-06-30, says its side.');
  });

  it('show a commitment with its date, what is said of its fulfilment and of a breach', async () => {
    const text = plain((await read(`/irritants/${talks.key}`)).text);
    expect(text).toMatch(/Commitment of US disputed overdue breach alleged/);
    expect(text).toContain('US reports that it has fulfilled it: disputed');
    expect(text).toContain('RU alleges a breach: alleged');
    expect(text).toContain('US proposes a new date: 2025-12-31');
  });

  it('show an instrument as it stood at the moment that is asked for', async () => {
    const path = `/irritants/${talks.key}`;
    const [, alleged] =
      /id="(s\d+)" class="entry(?:(?!<\/li>).)*RU alleged a breach/s.exec((await read(path)).text) ?? [];
    const then = plain((await read(`${path}?knownAt=${alleged}`)).text);
    expect(then).toContain('RU alleges a breach: alleged');
    expect(then).not.toContain('proposes a new date');
    expect(then).not.toContain('access asked for');
  });

  it('set the conditions of a commitment apart, as its words, in no sentence of ours', async () => {
    const { text } = await read(`/irritants/${talks.key}`);
    expect(text).toMatch(/<p>On condition:<\/p>\s*<(blockquote|div)[^>]*lang="en"/);
  });

  it('say of every awaited word what it is, and no code', async () => {
    const text = plain((await read(`/irritants/${talks.key}`)).text);
    for (const words of [
      'its word on a step that is reported done',
      'its assent to the text',
      'the confirmation by its capital',
      'an answer to the alleged breach',
      'an answer to the proposed date',
    ])
      expect(text).toContain(words);
    expect(text).not.toMatch(/answer-to-|confirmation-by|texts [0-9a-f]{8}-/);
  });
});

describe('the page of the record', () => {
  it('says of each dialogue whose word is awaited and what is overdue, and leads to both briefing books', async () => {
    const { text } = await read('/');
    expect(text).toContain(`href="${bookFor('RU')}"`);
    expect(text).toContain(`href="${bookFor('US')}"`);
    expect(plain(text)).toMatch(
      /From US : an answer to the alleged breach \(commitment\), on \S+-1 , since 20/,
    );
    expect(plain(text)).toMatch(/Overdue commitments Of US : .*, due 2025-03-01, on \S+-1/);
  });
});

describe('what awaits a party', () => {
  const list = (party: string) => `/?awaiting=${party}&dialogue=${talks.dialogueId}`;

  it('is a list of its own, which the heading of what is awaited leads to and the form gives, the same as over HTTP', async () => {
    const { text } = await read('/');
    for (const party of ['RU', 'US']) {
      expect(text).toContain(`href="${list(party).replace('&', '&amp;')}"`);
      expect(text).toContain(`<option value="${party}">${party}</option>`);
      const shown = await read(list(party));
      expect([shown.status, shortcomings(shown.text)]).toEqual([200, []]);
      expect(shown.text).toContain(`<option value="${party}" selected>`);
      const { body } = await api.get<{ items: { key: string }[] }>(
        `/v1/irritants?awaiting=${party}&dialogue=${talks.dialogueId}`,
      );
      const keys = new Set(
        [...shown.text.matchAll(/<th role="rowheader" scope="row">\s*<a href="\/irritants\/([^"]+)"/g)].map(
          ([, key]) => key,
        ),
      );
      expect([...keys]).toEqual(body.items.map(({ key }) => key));
    }
    const none = await read('/?awaiting=FR');
    expect([none.status, plain(none.text).includes('No dialogue here is what the form asks for.')]).toEqual([
      200,
      true,
    ]);
  });

  it('stands first for whoever acts for that party', async () => {
    for (const party of ['RU', 'US'] as const) {
      const cookie = cookieOf(api, party === 'RU' ? 'ru-negotiator' : 'us-negotiator');
      const text = plain((await browse(api.server.url, '/', { cookie })).text);
      const [section = ''] = /Awaited All of it by irritant.*?(Overdue|Claims|Irritants)/.exec(text) ?? [];
      const from = [...section.matchAll(/From (RU|US) :/g)].map(([, one]) => one);
      expect(from[0]).toBe(party);
      expect(from).toEqual(from.toSorted((one, other) => Number(other === party) - Number(one === party)));
    }
  });
});

describe('the page of the briefing book', () => {
  it('asks for a key first and leads there after it', async () => {
    const path = bookFor('RU');
    const { status, text } = await browse(api.server.url, path);
    expect([status, text.includes(`name="to" value="${path}"`)]).toEqual([401, true]);
    const form = { key: api.keys['secretariat'], to: path };
    const entered = await browse(api.server.url, '/sign-in', { form });
    expect([entered.status, entered.headers.get('location')]).toEqual([303, path]);
  });

  it('gives the same as Markdown by a link', async () => {
    const { text } = await read(bookFor('US'));
    expect(text).toContain('href="?for=US&amp;format=md"');
    const markdown = await read(`${bookFor('US')}&format=md`);
    expect(markdown.headers.get('content-type')).toBe('text/markdown; charset=utf-8');
    expect(markdown.text).toMatch(/^# Briefing book for US\n/);
  });

  it('is a fault on a page where the party is no side of the dialogue', async () => {
    const { status, text } = await read(bookFor('FR'));
    expect([status, text.includes('takes a party: RU or US'), shortcomings(text)]).toEqual([400, true, []]);
    const cookie = cookieOf(api, 'ru-negotiator');
    const byParty = await browse(api.server.url, bookFor('FR'), { cookie });
    expect([byParty.status, byParty.text.includes('takes a party: RU or US')]).toEqual([400, true]);
  });

  it('is for its own side: no role opens it for the other, so none is advised', async () => {
    const cookie = cookieOf(api, 'ru-negotiator');
    const { status, text } = await browse(api.server.url, bookFor('US'), { cookie });
    expect([status, shortcomings(text)]).toEqual([403, []]);
    expect(plain(text)).toContain('The briefing book of US is for US, a secretariat or an auditor.');
    expect(plain(text)).toContain(
      'Read the book of your own side: no role that a party has opens another’s.',
    );
    expect(text).not.toContain('Ask the operator for a role');
  });
});

describe('a fault on a page', () => {
  it('is named once, as people say it, and not as a member of an answer', async () => {
    const path = `/dialogues/${talks.dialogueId}/brief`;
    for (const [asked, says] of [
      ['/?dialogue=x', /Dialogue must be/],
      [path, /For is required\./],
      ['/following?x=1', /X is not a parameter of this operation\./],
      ['/?stage=nowhere&category=none', /Stage must be one of .*; category must be one of/],
    ] as const) {
      const { status, text } = await read(asked);
      expect([asked, status, shortcomings(text)]).toEqual([asked, 400, []]);
      expect(plain(text)).toMatch(says);
      expect(text).not.toMatch(/&quot;|errors/);
      expect(plain(text).match(new RegExp(says.source, 'gi'))).toHaveLength(1);
    }
  });
});

describe('A claim of which the other side has confirmed a part', () => {
  it('is nowhere shown as unanswered, nor as held by both: only its rest is awaited, and the part stands beside it', async () => {
    const at = `/v1/irritants/${talks.irritantId}`;
    const { body } = await api.act<{ claims: { claimId: string }[] }>(
      `${at}/claim`,
      { kind: 'factual', text: { en: 'Forty were refused.' } },
      'ru-negotiator',
    );
    const claimId = body.claims.at(-1)?.claimId ?? '';
    const part = { mode: 'partial', text: { en: 'Four were refused.' } };
    await api.act(`${at}/claims/${claimId}/confirm`, part, 'us-negotiator');
    await api.settled();
    const home = plain((await read('/')).text);
    expect(home).toMatch(
      /RU claims: factual [^;]*; partly confirmed\. Awaited from US : an answer to the rest of the claim/,
    );
    expect(home).not.toMatch(/claims: factual [^;]*; unanswered/);
    const page = plain((await read(`/irritants/${talks.key}`)).text);
    expect(page).toContain('From US : an answer to the rest of the claim');
    const { text } = await read(`${bookFor('RU')}&format=md`);
    expect(text).toMatch(/\| US \| An answer to the rest of the claim \(factual\) \|/);
    expect(text).toMatch(
      /### Claimed by one side, confirmed by the other in part\n\n- \*\*RU claims: factual \(partly confirmed\)\.\*\* “Forty were refused\.” .*Answer of US \(partial\): “Four were refused\.”/,
    );
  });
});
