import { mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { Child, run } from '../faults/child.js';
import { compiledProgram } from '../faults/program.js';
import { Api } from '../support/api.js';
import type { Body, PrincipalName } from '../support/api.js';
import { openTalks, setScene } from '../support/scene.js';
import type { Scene } from '../support/scene.js';
import { bringIn, ended, reaching, send } from './bringing-in.js';
import type { Import, Sent } from './bringing-in.js';
import { whatComesInAgain } from './round-trip.js';

let api: Api;
let scene: Scene;
let ours: Pick<Sent, 'dialogue' | 'act'>;

beforeAll(async () => {
  api = await Api.start();
});
afterAll(() => api.stop());
beforeEach(async () => {
  scene = await setScene(api);
  ours = { dialogue: scene.dialogueId, act: 'irritants' };
});

type List = { items: readonly (Body & { title: Record<string, string>; key: string; id: string })[] } & Body;

async function listed(query = '', dialogue = scene.dialogueId) {
  await api.settled();
  return (await api.get<List>(`/v1/irritants?dialogue=${dialogue}&sort=createdAt${query}`)).body.items;
}

async function titles(query = ''): Promise<readonly (string | undefined)[]> {
  return (await listed(query)).map(({ title }) => title['en']);
}

const head = 'externalRef,category,title.en,raisers,respondents,raisedBasis,occurred\n';
const two = `${head}MFA-1,visas,Visas of the cultural section,RU,US,stated,2019-03-04\nMFA-2,property,The dacha,RU,US,stated,2016-12\n`;
const jsonl = (...rows: readonly object[]) => rows.map((row) => `${JSON.stringify(row)}\n`).join('');
const raising = {
  act: 'irritants',
  category: 'visas',
  raisedBasis: 'stated',
  raisers: ['RU'],
  respondents: ['US'],
};
const lines = { type: 'application/x-ndjson' } as const;

describe('A table of disputes', () => {
  it('is tried first, row upon row, and nothing of that is recorded', async () => {
    const tried = await bringIn(api, two, { ...ours, dryRun: 'true' });
    expect(tried).toMatchObject({ job: { state: 'done', counts: { rows: 2, recorded: 2 } }, faults: [] });
    expect(await titles()).toEqual(['Six properties']);
  });

  it('comes in with the dates on which the disputes arose, so that past years are right', async () => {
    await bringIn(api, two, ours);
    expect(await titles()).toEqual(['Six properties', 'Visas of the cultural section', 'The dacha']);
    expect(await titles('&effectiveAt=2017')).toEqual(['Six properties', 'The dacha']);
  });

  it('is found by the reference of the system from which it comes, by list, by search and in the history', async () => {
    await bringIn(api, two, ours);
    const [dacha] = await listed('&externalRef=MFA-2');
    expect(dacha).toMatchObject({ externalRef: 'MFA-2', title: { en: 'The dacha' } });
    expect(await listed('&externalRef=MFA-3')).toEqual([]);
    const { body } = await api.get<List>(`/v1/search?dialogue=${scene.dialogueId}&q=MFA-2`);
    expect(body.items.map(({ id }) => id)).toEqual([dacha?.id]);
    const history = await api.get(`/v1/irritants/${String(dacha?.id)}/history`);
    expect(JSON.stringify(history.body)).toContain('"externalRef":"MFA-2"');
  });

  it('changes nothing when it is sent again, by a colleague too, and says so of each row', async () => {
    await bringIn(api, two, ours);
    const before = api.server.record.projections.record.headOrdinal;
    const again = await bringIn(api, two, ours);
    expect(again.job.counts).toEqual({ rows: 2, recorded: 0, unchanged: 2, refused: 0 });
    const colleague = await bringIn(api, two, { ...ours, as: 'ru-registrar' });
    expect(colleague.job.counts).toEqual({ rows: 2, recorded: 0, unchanged: 2, refused: 0 });
    expect(api.server.record.projections.record.headOrdinal).toBe(before);
  });

  it('overwrites nothing: a reference that stands for something else is refused by name', async () => {
    await bringIn(api, two, ours);
    const other = two.replace('The dacha', 'Another matter');
    const { job, faults } = await bringIn(api, other, ours);
    expect(job.counts).toMatchObject({ recorded: 0, unchanged: 1, refused: 1 });
    expect(faults).toMatchObject([{ line: 3, field: 'externalRef', code: 'external-ref-taken' }]);
    expect(await titles()).not.toContain('Another matter');
  });

  it('takes one reference for acts on two entries, and the same row of an export only as long as it says the same', async () => {
    await bringIn(api, two, ours);
    const on = (ref: string) => ({ act: 'positions', on: ref, externalRef: 'P', stance: 'seeks-action' });
    const rows = jsonl(
      { ...on('MFA-1'), text: { en: 'Act.' } },
      { ...on('MFA-2'), text: { en: 'Act.' } },
      { ...on('MFA-1'), text: { en: 'Act.' } },
    );
    const to = { dialogue: scene.dialogueId, ...lines };
    const { job, faults } = await bringIn(api, rows, to);
    expect(job.counts).toMatchObject({ recorded: 2, refused: 1 });
    expect(faults).toMatchObject([{ line: 3, field: 'externalRef', code: 'external-ref-taken' }]);
    await api.settled();
    const { body: exported } = await api.get<string>(
      `/v1/exports?dialogue=${scene.dialogueId}`,
      'ru-negotiator',
    );
    const said = exported.split('\n').filter((line) => line.includes('"externalRef":"P"'));
    const home = await bringIn(api, `${said.join('\n')}\n`, to);
    expect(home.job.counts).toMatchObject({ rows: 2, unchanged: 2 });
    const altered = await bringIn(api, said.join('\n').replace('Act.', 'Never.'), to);
    expect(altered.job.counts).toMatchObject({ recorded: 0, unchanged: 1, refused: 1 });
    expect(altered.faults).toMatchObject([{ line: 1, code: 'external-ref-taken' }]);
  });

  it('loses no cell: of two columns that say what stands at one place, none is taken', async () => {
    const table = (columns: string, cells: string) =>
      `category,${columns},raisers,respondents,raisedBasis\nvisas,${cells},RU,US,stated\n`;
    const sources = scene.sources;
    for (const [columns, cells, field] of [
      ['title,title.en', 'One,Other', 'title.en'],
      ['title.en,title', 'One,Other', 'title'],
      ['title.en,title.__proto__', 'One,Other', 'title.__proto__'],
      ['title.en,sources,sources.1.sourceId', `One,${sources.RU},${sources.US}`, 'sources.1.sourceId'],
      ['title.en,sources.x.sourceId', `One,${sources.RU}`, 'x'],
      ['title.en,assigned', 'One,Other', 'assigned'],
    ] as const) {
      const { job, faults } = await bringIn(api, table(columns, cells), {
        ...ours,
        mapping: { language: 'en' },
      });
      expect({ columns, field: faults[0]?.field, counts: job.counts }).toMatchObject({
        field,
        counts: { recorded: 0, refused: 1 },
      });
    }
    expect(await titles()).toEqual(['Six properties']);
  });

  it('holds half a character, and is refused in that row alone', async () => {
    const to = { dialogue: scene.dialogueId, ...lines };
    const { job, faults } = await bringIn(
      api,
      jsonl({ ...raising, title: { en: '\ud800' } }, { ...raising, title: { en: 'Whole' } }),
      to,
    );
    expect(job).toMatchObject({ state: 'done', counts: { recorded: 1, refused: 1 } });
    expect(faults).toMatchObject([{ line: 1, field: 'title.en', code: 'validation-failed' }]);
  });

  it('names every fault by line and column, keeps the bad rows out, and takes the good ones whole', async () => {
    const rows = [
      'A,visas,First,RU,US,stated,2019-02-31',
      'B,visas,Second,US,RU,stated,2019',
      'C,nonsense,Third,RU,US,,2019',
      'D,visas,"Fourth,',
      'with a line",RU,US,stated,2020',
      'D,visas,Fifth,RU,US,stated,2020',
      'E,visas,Sixth,RU,US,stated,2020,surplus',
    ];
    const { job, faults } = await bringIn(api, head + rows.join('\n'), ours);
    expect(job.counts).toEqual({ rows: 6, recorded: 1, unchanged: 0, refused: 5 });
    expect(faults.map(({ line, field, code }) => [line, field, code])).toEqual([
      [2, 'occurred', 'validation-failed'],
      [3, undefined, 'raiser-not-acting'],
      [4, 'raisedBasis', 'validation-failed'],
      [4, 'category', 'validation-failed'],
      [7, 'externalRef', 'external-ref-taken'],
      [8, undefined, 'import-unreadable'],
    ]);
    expect(await titles()).toEqual(['Six properties', 'Fourth,\nwith a line']);
  });

  it('names in each fault the column as the file calls it, in whichever language and place of a list', async () => {
    const refused = async (columns: string, cells: string, mapping?: object) => {
      const file = `${columns}\n${cells}\n`;
      const { faults } = await bringIn(api, file, { dialogue: scene.dialogueId, mapping: mapping ?? {} });
      return faults.map(({ field }) => field);
    };
    const said = `act,on,stance`;
    const saying = `positions,${scene.key},contests`;
    expect(await refused(`${said},text.en,text.fr`, `${saying},Well,b\u202ed`)).toEqual(['text.fr']);
    const [worded, wording] = [`${said},text.en`, `${saying},Well`];
    const { RU } = scene.sources;
    expect(
      await refused(`${worded},sources.1.sourceId,sources.2.sourceId`, `${wording},${RU},nowhere`),
    ).toEqual(['sources.2.sourceId']);
    expect(await refused(`${worded},sources.1.locator`, `${wording},p. 4`)).toEqual(['sources.1.sourceId']);
    expect(await refused(`${worded},sources`, `${wording},${RU}|nowhere`)).toEqual(['sources']);
    const mapping = { columns: { Was: 'text', Quelle: 'sources.1.sourceId' }, language: 'de' };
    expect(await refused(`${said},Was,Quelle`, `${saying},b\u202ed,${RU}`, mapping)).toEqual(['Was']);
    expect(await refused(`${said},Was,Quelle`, `${saying},gut,nowhere`, mapping)).toEqual(['Quelle']);
    const row = {
      act: 'positions',
      on: scene.key,
      stance: 'contests',
      text: { en: 'Well' },
      sources: [{ sourceId: RU }, {}],
    };
    const inJson = await bringIn(api, jsonl(row, { ...row, sources: [], wording: { as: 'own' } }), {
      dialogue: scene.dialogueId,
      ...lines,
    });
    expect(inJson.faults.map(({ field, detail }) => [field, detail])).toEqual([
      ['sources.1.sourceId', 'is required'],
      ['wording', 'must be an array'],
    ]);
  });
});

describe('Whose word an imported row may be', () => {
  it('is that of whoever sends it; the other side, once it has joined, speaks for itself', async () => {
    const rows = jsonl(
      { ...raising, externalRef: 'A', title: { en: 'Visas' } },
      {
        act: 'positions',
        on: 'A',
        party: 'US',
        stance: 'contests',
        text: { en: 'No.' },
        wording: [{ as: 'summary' }],
        sources: [{ sourceId: scene.sources.US }],
      },
      { act: 'positions', on: 'A', stance: 'seeks-action', text: { en: 'Act.' } },
    );
    const { job, faults } = await bringIn(api, rows, { dialogue: scene.dialogueId, ...lines });
    expect(job.counts).toMatchObject({ recorded: 2, refused: 1 });
    expect(faults).toMatchObject([{ line: 2, code: 'party-speaks-for-itself' }]);
    const [, irritant] = await listed();
    expect(Object.keys(irritant?.['positions'] as object)).toEqual(['RU']);
  });

  it('is never the own word of whoever sends a row that says it is another’s', async () => {
    const said = { act: 'positions', on: scene.key, stance: 'contests' };
    const rows = jsonl(
      { ...said, text: { en: 'One.' }, by: 'US' },
      { ...said, text: { en: 'Two.' }, by: 'US', capacity: 'attributed' },
      { ...said, text: { en: 'Three.' }, capacity: 'attributed' },
      { ...said, text: { en: 'Four.' }, by: 'RU', capacity: 'derived' },
      { ...said, text: { en: 'Five.' }, by: 'RU' },
    );
    const { job, faults } = await bringIn(api, rows, { dialogue: scene.dialogueId, ...lines });
    expect(faults.map(({ line, field }) => [line, field])).toEqual([
      [1, 'by'],
      [2, 'by'],
      [3, 'capacity'],
      [4, 'capacity'],
    ]);
    expect(faults[0]?.detail).toContain(
      'an act of US, and by its other fields it would be recorded as an act of RU',
    );
    expect(job.counts).toMatchObject({ recorded: 1, refused: 4 });
    const { body } = await api.get(`/v1/irritants/${scene.irritantId}`);
    expect(body['positions']).toMatchObject({ RU: { text: { en: 'Five.' } } });
  });

  it('is that of each side, though both say the same in the same words', async () => {
    const said = { act: 'positions', on: scene.key, stance: 'seeks-action', text: { en: 'Act.' } };
    const claim = { act: 'claims', on: scene.key, externalRef: 'C', kind: 'factual', text: { en: 'Ten.' } };
    const to = { dialogue: scene.dialogueId, ...lines };
    await bringIn(api, jsonl(said, claim), to);
    const { job, faults } = await bringIn(api, jsonl(said, claim), { ...to, as: 'us-negotiator' });
    expect(job.counts).toEqual({ rows: 2, recorded: 1, unchanged: 0, refused: 1 });
    expect(faults).toMatchObject([
      { line: 2, code: 'external-ref-taken', detail: 'stands in the record for what RU said' },
    ]);
    const { body } = await api.get(`/v1/irritants/${scene.irritantId}`);
    expect(Object.keys(body['positions'] as object).toSorted()).toEqual(['RU', 'US']);
    const again = await bringIn(api, jsonl(said), { ...to, as: 'us-registrar' });
    expect(again.job.counts).toMatchObject({ recorded: 0, unchanged: 1 });
  });

  it('is attributed where the other side has not joined: with wording and a source of that side, or not at all', async () => {
    const alone = await openTalks(api, { as: 'ru-negotiator' });
    const said = { act: 'positions', on: 'A', party: 'US', stance: 'contests', text: { en: 'No.' } };
    const rows = jsonl(
      { ...raising, externalRef: 'A', title: { en: 'Visas' } },
      said,
      { ...said, sources: [{ sourceId: alone.sources.US }] },
      { ...said, wording: [{ as: 'summary' }], sources: [{ sourceId: alone.sources.press }] },
      { ...said, externalRef: 'P', wording: [{ as: 'summary' }], sources: [{ sourceId: alone.sources.US }] },
    );
    const { job, faults } = await bringIn(api, rows, { dialogue: alone.dialogueId, ...lines });
    expect(job.counts).toMatchObject({ recorded: 2, refused: 3 });
    expect(faults.map(({ code }) => code)).toEqual([
      'source-required',
      'wording-required',
      'source-not-issued-by-party',
    ]);
    const [irritant] = await listed('', alone.dialogueId);
    expect(irritant?.['positions']).toMatchObject({ US: { capacity: 'attributed', stance: 'contests' } });
  });

  it('takes no more rights than over HTTP: a registrar binds nobody, a reader sends nothing, a stranger sees nothing', async () => {
    const rows = jsonl({ act: 'acknowledgeIrritant', on: scene.key });
    const { faults } = await bringIn(api, rows, { dialogue: scene.dialogueId, as: 'us-registrar', ...lines });
    expect(faults).toMatchObject([{ line: 1, code: 'forbidden' }]);
    expect((await send(api, rows, { dialogue: scene.dialogueId, as: 'reader', ...lines })).status).toBe(403);
    const { body } = await send(api, two, ours);
    for (const path of ['', '/faults'])
      expect((await api.get(`/v1/imports/${String(body['id'])}${path}`, 'us-negotiator')).status).toBe(404);
    await ended(api, body['id']);
  });

  it('rests on what rows before it brought in: a round, a source, notes, claims and commitments by their references', async () => {
    const rows = jsonl(
      {
        act: 'sources',
        externalRef: 'S',
        kind: 'statement',
        issuers: ['RU'],
        lang: 'en',
        held: false,
        title: 'A',
        citation: 'B',
      },
      { ...raising, externalRef: 'A', title: { en: 'Visas' }, sources: [{ sourceId: 'S', locator: 'p. 3' }] },
      { act: 'rounds', externalRef: 'R', startsAt: '2019-05-01', occurred: '2019-05-01' },
      {
        act: 'claims',
        externalRef: 'C',
        irritant: 'A',
        kind: 'agreement',
        roundId: 'R',
        text: { en: 'Agreed.' },
      },
      { act: 'withdrawUnderstandingClaim', irritant: 'A', claimId: 'C', reason: { en: 'In error.' } },
      { act: 'exchanges', externalRef: 'X', subject: { en: 'Visas' } },
      {
        act: 'notes',
        exchange: 'X',
        form: 'note-verbale',
        from: 'RU',
        to: 'US',
        textHeld: false,
        number: '12/n',
      },
      {
        act: 'commitments',
        externalRef: 'K',
        obligors: ['US'],
        beneficiaries: ['RU'],
        mode: 'once',
        irritantIds: ['A'],
        text: { en: 'Visas are issued.' },
      },
    );
    for (const dryRun of ['true', undefined] as const) {
      const sent = { dialogue: scene.dialogueId, ...lines, ...(dryRun === undefined ? {} : { dryRun }) };
      const { job, faults } = await bringIn(api, rows, sent);
      expect({ faults, recorded: job.counts.recorded }).toEqual({ faults: [], recorded: 8 });
    }
    const [, irritant] = await listed();
    expect(irritant?.['claims']).toMatchObject([{ state: 'withdrawn' }]);
  });
});

describe('What spreadsheets write', () => {
  const german = Buffer.from(
    '\uFEFFAktenzeichen;Art;Titel;Seit;Bearbeiter\r\n17;Visa;"Visa; ""dringend""\r\nzweite Zeile";04.03.2019;Müller\r\n;;;;\r\n18;Bau;Die Datscha;1.12.2016;Müller\r\n',
  );
  const mapping = {
    act: 'irritants',
    columns: {
      Aktenzeichen: 'externalRef',
      Art: 'category',
      Titel: 'title',
      Seit: 'occurred',
      Bearbeiter: '',
    },
    constants: { raisers: 'RU', respondents: 'US', raisedBasis: 'stated' },
    values: { category: { Visa: 'visas', Bau: 'property' } },
    language: 'de',
    dates: 'DD.MM.YYYY',
  };

  it('is taken as it is, with a mapping: semicolons, a byte order mark, line ends within cells, days with points', async () => {
    const { job, faults } = await bringIn(api, german, { dialogue: scene.dialogueId, mapping });
    expect({ faults, counts: job.counts }).toMatchObject({ faults: [], counts: { rows: 2, recorded: 2 } });
    const [, visas, dacha] = await listed();
    expect(visas).toMatchObject({ category: 'visas', title: { de: 'Visa; "dringend"\nzweite Zeile' } });
    expect(dacha).toMatchObject({ raised: { occurred: { edtf: '2016-12-01' } } });
  });

  it.each([
    [
      'another encoding',
      Buffer.from(`${head}A,visas,Caf\xe9,RU,US,stated,2019\n`, 'latin1'),
      'import-not-utf8',
    ],
    ['UTF-16', Buffer.from(`\uFEFF${two}`, 'utf16le'), 'import-not-utf8'],
    ['a quotation mark that never ends', `${head}A,visas,"Visas,RU,US,stated,2019\n`, 'import-unreadable'],
    ['a column twice', 'category,category\nvisas,visas\n', 'import-unreadable'],
    ['a column that no such act has', two.replace('occurred', 'Since'), 'import-unreadable'],
  ])('is refused by name where it is %s, and nothing of it is recorded', async (_, file, code) => {
    const { job } = await bringIn(api, file, ours);
    expect(job).toMatchObject({ state: 'failed', counts: { recorded: 0 }, failure: { code } });
  });

  it('is refused before it is read where the mapping or the act can’t be meant', async () => {
    const codeOf = async (more: object) =>
      (await send(api, two, { dialogue: scene.dialogueId, ...more })).body['code'];
    expect(await codeOf({ mapping: { columns: [] } })).toBe('import-mapping-invalid');
    expect(await codeOf({ act: 'iritants' })).toBe('act-unknown');
    expect(await codeOf({ type: 'text/plain' })).toBe('unsupported-media-type');
  });

  it('never runs as a formula when it comes out again, and comes in as it was', async () => {
    await bringIn(api, jsonl({ ...raising, title: { en: '=HYPERLINK("x")' } }), {
      dialogue: scene.dialogueId,
      ...lines,
    });
    await api.settled();
    const { body } = await api.get<string>(
      `/v1/exports?what=states&list=irritants&format=csv&dialogue=${scene.dialogueId}`,
    );
    expect(body).toContain(`"'=HYPERLINK(""x"")"`);
    expect(body).not.toMatch(/(^|[,"])=/m);
  });
});

describe('A list as CSV', () => {
  it('loses nothing of an entry that has more than 400 columns: what is beyond stands in one of them', async () => {
    const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ'.split('');
    const all = letters.flatMap((one) => letters.map((other) => `en-${one}${other}`));
    const tags = all.filter((tag) => Intl.getCanonicalLocales(tag)[0] === tag).slice(0, 420);
    const rows = Array.from({ length: 84 }, (_, place) => {
      const of = tags.slice(place * 5, place * 5 + 5);
      const title = Object.fromEntries(of.map((tag) => [tag, `A title in ${tag}.`]));
      return { ...raising, externalRef: `L-${place}`, title };
    });
    const { faults } = await bringIn(api, jsonl(...rows), { dialogue: scene.dialogueId, ...lines });
    expect(faults).toEqual([]);
    await api.settled();
    const { body } = await api.get<string>(
      `/v1/exports?what=states&list=irritants&format=csv&dialogue=${scene.dialogueId}`,
    );
    for (const { title } of rows) for (const text of Object.values(title)) expect(body).toContain(text);
    expect(body.split('\r\n', 1)[0]).toMatch(/,others$/);
  });
});

describe('A file that is sent', () => {
  it('is one job for one key, and another file under the same key is refused', async () => {
    const first = await send(api, two, { ...ours, key: 'one-key' });
    expect(first.headers.get('location')).toBe(`/v1/imports/${String(first.body['id'])}`);
    const again = await send(api, two, { ...ours, key: 'one-key' });
    expect([again.status, again.body['id'], again.headers.get('idempotent-replayed')]).toEqual([
      202,
      first.body['id'],
      'true',
    ]);
    expect((await send(api, `${two}\n`, { ...ours, key: 'one-key' })).body['code']).toBe(
      'idempotency-key-reused',
    );
    await ended(api, first.body['id']);
  });

  it('is one job too where it comes twice at once, and of two files under one key at once one is taken', async () => {
    const same = await Promise.all([1, 2, 3].map(() => send(api, two, { ...ours, key: 'at-once' })));
    expect(new Set(same.map(({ status, body }) => `${status} ${String(body['id'])}`)).size).toBe(1);
    const others = await Promise.all(
      [1, 2, 3].map((one) => send(api, two.replace('MFA-1', `X-${one}`), { ...ours, key: 'other' })),
    );
    expect(others.filter(({ status }) => status === 422)).toHaveLength(2);
    const taken = others.find(({ status }) => status === 202);
    await Promise.all([same[0], taken].map((one) => ended(api, one?.body['id'])));
    expect((await listed()).filter(({ key }) => key !== scene.key)).toHaveLength(3);
  });

  it('is counted as recorded once where it comes twice at once under two keys, though both are of one trace', async () => {
    const traceparent = '00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01';
    // While another file is brought in, both wait.
    const others = Array.from({ length: 40 }, (_, place) => ({
      ...raising,
      title: { en: `Other ${place}` },
    }));
    await send(api, jsonl(...others), { ...ours, ...lines });
    const keys = ['in-one-trace', 'in-the-same'];
    const both = await Promise.all(keys.map((key) => send(api, two, { ...ours, key, traceparent })));
    const jobs = await Promise.all(both.map(async ({ body }) => (await ended(api, body['id'])).job.counts));
    expect(jobs.toSorted((one, other) => other.recorded - one.recorded)).toEqual([
      { rows: 2, recorded: 2, unchanged: 0, refused: 0 },
      { rows: 2, recorded: 0, unchanged: 2, refused: 0 },
    ]);
    expect((await titles()).filter((one) => one === 'The dacha')).toHaveLength(1);
  });

  it('is one job too where whoever sends it again was given another key, or sees another dialogue, meanwhile', async () => {
    const { credentials } = api.server.record;
    const issued = { name: 'A clerk', party: null, roles: ['secretariat'] as const, days: 1 };
    const first = await credentials.issue({ ...issued, dialogues: [scene.dialogueId] }, { as: 'folder' });
    const { principalId } = first.credential;
    const as = 'clerk' as PrincipalName;
    api.keys[as] = first.key;
    const sent = { ...ours, as, key: 'a-clerk' };
    const { status, body } = await send(api, two, sent);
    expect(status).toBe(202);
    await credentials.grant(first.credential.id, (await openTalks(api)).dialogueId);
    const { dialogues } = await credentials.find(first.credential.id);
    const second = await credentials.issue(
      { ...issued, dialogues: dialogues!, principalId },
      { as: 'folder' },
    );
    api.keys[as] = second.key;
    const again = await send(api, two, sent);
    expect([again.status, again.body['id'], again.headers.get('idempotent-replayed')]).toEqual([
      202,
      body['id'],
      'true',
    ]);
    await ended(api, body['id'], as);
  });

  it('ends with the key by which it was sent, and with the dialogue that the key opens', async () => {
    const { credentials } = api.server.record;
    const wanted = { name: 'Bureau', party: null, roles: ['secretariat'] as const, days: 1 };
    const issue = (dialogues: readonly string[], principalId?: string) =>
      credentials.issue(
        { ...wanted, dialogues, ...(principalId === undefined ? {} : { principalId }) },
        { as: 'demonstration' },
      );
    const { dialogueId } = await openTalks(api);
    const first = await issue([dialogueId]);
    api.keys['bureau'] = first.key;
    const rows = Array.from({ length: 2_000 }, (_, place) => ({
      ...{ act: 'sources', externalRef: `S-${place}`, kind: 'press', issuers: [], lang: 'en', held: false },
      ...{ title: `S ${place}`, citation: 'C' },
    }));
    const as = 'bureau' as PrincipalName;
    const { body } = await send(api, jsonl(...rows), { dialogue: dialogueId, as, ...lines });
    const id = String(body['id']);
    await reaching(api, id, (job) => (job?.counts.rows ?? 0) >= 200);
    const elsewhere = await openTalks(api);
    await credentials.revoke(first.credential.id);
    await issue([elsewhere.dialogueId], first.credential.principalId);
    const job = await reaching(api, id, (one) => one?.endedAt !== undefined);
    expect(job).toMatchObject({ state: 'failed', failure: { code: 'unauthenticated' } });
    expect(job?.counts.recorded).toBeLessThan(2_000);
  });

  it('leaves nothing of itself in the store once it is in', async () => {
    const { body } = await send(api, two, ours);
    await ended(api, body['id']);
    const { store } = api.server.record;
    const filter = { streamPrefixes: ['importfile-'] };
    const held: unknown[] = [];
    for await (const message of store.readAll({ filter, limit: 500 }))
      if (message.kind === 'event' && message.event.content !== null) held.push(message.event.id);
    expect(held).toEqual([]);
  });

  it('has a page of faults after the other, and each fault once', async () => {
    const bad = Array.from({ length: 5 }, (_, place) => ({ ...raising, externalRef: `F${place}` }));
    const { body } = await send(api, jsonl(...bad), { dialogue: scene.dialogueId, ...lines });
    await ended(api, body['id']);
    const found: number[] = [];
    let next: string | undefined = `/v1/imports/${String(body['id'])}/faults?limit=2`;
    while (next !== undefined) {
      const page: { headers: Headers; body: { items: { line: number }[] } & Body } = await api.get(
        next,
        'ru-negotiator',
      );
      found.push(...page.body.items.map(({ line }) => line));
      next = /<([^>]+)>/.exec(page.headers.get('link') ?? '')?.[1];
    }
    expect(found).toEqual([1, 2, 3, 4, 5]);
  });

  it('is listed to whoever sent it, the last first, one page after the other, and to nobody else', async () => {
    const sent: string[] = [];
    for (const key of ['one', 'two', 'three'])
      sent.push((await bringIn(api, two, { ...ours, dryRun: 'true', key: `listed-${key}` })).job.id);
    const listed: string[] = [];
    let next: string | undefined = '/v1/imports?limit=2';
    while (next !== undefined && listed.length < sent.length) {
      const page: { headers: Headers; body: { items: Import[] } & Body } = await api.get(
        next,
        'ru-negotiator',
      );
      expect(page.body.items.length).toBeLessThanOrEqual(2);
      listed.push(...page.body.items.map(({ id }) => id));
      next = /<([^>]+)>/.exec(page.headers.get('link') ?? '')?.[1];
    }
    expect(listed.slice(0, 3)).toEqual(sent.toReversed());
    const others = await api.get<{ items: Import[] } & Body>('/v1/imports?limit=200', 'ru-registrar');
    expect(others.body.items.filter(({ id }) => sent.includes(id))).toEqual([]);
  });

  it('goes no further once it is cancelled, and what it had recorded until then stays', async () => {
    const before = (await titles('&limit=200')).length;
    const rows = Array.from(
      { length: 150 },
      (_, place) => `Z-${place},visas,Dispute ${place},RU,US,stated\n`,
    );
    const file = `externalRef,category,title.en,raisers,respondents,raisedBasis\n${rows.join('')}`;
    const { body } = await send(api, file, ours);
    const address = `/v1/imports/${String(body['id'])}/cancel`;
    expect((await api.ask('POST', address, { as: 'us-negotiator' })).status).toBe(404);
    const cancelled = await api.ask('POST', address, { as: 'ru-negotiator' });
    expect(cancelled.body).toMatchObject({ cancelled: true });
    const { job } = await ended(api, body['id']);
    expect(job).toMatchObject({ state: 'failed', failure: { code: 'import-cancelled' } });
    expect(job.counts.rows).toBeLessThan(rows.length);
    await api.settled();
    expect((await titles('&limit=200')).length).toBe(before + job.counts.recorded);
    expect((await api.ask('POST', address, { as: 'ru-negotiator' })).body).toMatchObject({
      cancelled: true,
    });
    const whole = (await bringIn(api, two, ours)).job;
    const late = await api.ask('POST', `/v1/imports/${whole.id}/cancel`, { as: 'ru-negotiator' });
    expect([late.status, late.body['code']]).toEqual([409, 'import-over']);
  });

  it('can be filled in from a template, whose columns every row of it takes', async () => {
    const { body } = await api.get<string>('/v1/imports/templates/irritants.csv');
    const filled = new Map([
      ['externalRef', 'T'],
      ['category', 'visas'],
      ['title.en', 'Visas'],
      ['raisers', 'RU'],
      ['respondents', 'US'],
      ['raisedBasis', 'stated'],
    ]);
    const row = body
      .trim()
      .split(',')
      .map((column) => filled.get(column) ?? '')
      .join(',');
    expect((await bringIn(api, body + row, ours)).job.counts).toMatchObject({ rows: 1, recorded: 1 });
    expect((await api.get('/v1/imports/templates/nothing.csv')).status).toBe(404);
  });
});

whatComesInAgain(() => api);

describe('The command line', () => {
  const readme = readFileSync(new URL('../../README.md', import.meta.url), 'utf8');
  const folder = mkdtempSync(join(tmpdir(), 'entente-exchange-'));
  beforeAll(() => compiledProgram());
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  /** As the README has it, in the dialogue of this test. */
  async function asWritten(command: string, ...more: readonly string[]) {
    const [line = ''] = new RegExp(`^entente ${command} .*$`, 'm').exec(readme) ?? [];
    const [, prefix = ''] = /^(.*)-\d+$/.exec(scene.key) ?? [];
    const args = line.replace('RUUS', prefix).split(' ').slice(1);
    const settings = { ENTENTE_KEY: api.keys['ru-negotiator'] ?? '' };
    return run([...args, '--server', api.server.url, ...more], { cwd: folder, settings });
  }

  it('tries a file, names what is wrong with it by line, and records nothing until nothing is', async () => {
    writeFileSync(join(folder, 'disputes.csv'), two.replace('2016-12', '2016-13'));
    const refused = await asWritten('import');
    expect(refused.code).toBe(1);
    expect(refused.stdout).toContain('line 3, occurred: is no date that can be recorded.');
    expect(refused.stderr).toMatch(/^entente: Nothing was recorded\. Mend the file/);
    expect(await titles()).toEqual(['Six properties']);
    writeFileSync(join(folder, 'disputes.csv'), two);
    const done = await asWritten('import');
    expect([done.code, done.stderr]).toEqual([0, '']);
    expect(done.stdout).toContain('2 rows: 2 recorded, 0 in the record already, 0 refused.');
    expect(await titles()).toHaveLength(3);
    const out = await asWritten('export');
    expect([out.code, out.stdout]).toEqual([0, '']);
    const rows = readFileSync(join(folder, 'acts.jsonl'), 'utf8').trim().split('\n');
    expect(rows.filter((row) => row.includes('"externalRef":"MFA-'))).toHaveLength(2);
  });

  it('brings in what it tried, and nothing where the file is changed meanwhile', async () => {
    const file = join(folder, 'changing.csv');
    writeFileSync(file, two);
    const args = ['changing.csv', '--act', 'irritants', '--dialogue', scene.dialogueId];
    const settings = { ENTENTE_KEY: api.keys['ru-negotiator'] ?? '' };
    const child = await Child.start(['import', ...args, '--server', api.server.url], {
      cwd: folder,
      settings,
    });
    await child.printed(/Trying/);
    writeFileSync(file, `${two}MFA-3,visas,Put in by somebody else,RU,US,stated,2016\n`);
    expect(await child.ended).toMatchObject({
      code: 1,
      stderr:
        'entente: changing.csv was changed while it was tried, so nothing of it was recorded: do it again.\n',
    });
    expect(await titles()).toEqual(['Six properties']);
  });

  it('ends the import, and not only the waiting for it, where it is interrupted', async () => {
    writeFileSync(join(folder, 'two.csv'), two);
    const args = [
      'two.csv',
      '--act',
      'irritants',
      '--dialogue',
      scene.dialogueId,
      '--server',
      api.server.url,
    ];
    const settings = { ENTENTE_KEY: api.keys['ru-negotiator'] ?? '' };
    const child = await Child.start(['import', ...args], { cwd: folder, settings });
    await child.printed(/Trying/);
    child.signal('SIGINT');
    expect(await child.ended).toMatchObject({
      code: 1,
      stderr: 'entente: It was cancelled, and nothing was recorded.\n',
    });
    expect(await titles()).toEqual(['Six properties']);
  });

  it('overwrites no file, unless it is told to', async () => {
    writeFileSync(join(folder, 'acts.jsonl'), 'Mine.');
    const refused = await asWritten('export');
    expect([refused.code, refused.stderr]).toEqual([1, expect.stringContaining('is there already')]);
    expect(readFileSync(join(folder, 'acts.jsonl'), 'utf8')).toBe('Mine.');
    expect((await asWritten('export', '--force')).code).toBe(0);
    expect(readFileSync(join(folder, 'acts.jsonl'), 'utf8')).toContain('"entente":"export"');
    expect(readdirSync(folder).filter((name) => name.endsWith('.draft'))).toEqual([]);
  });

  it('leaves no file of an export that the server breaks off, and says so', async () => {
    const server = createServer((_request, response) => {
      response.writeHead(200, { 'Content-Type': 'application/x-ndjson' });
      response.write('{"entente":"export"}\n', () => response.destroy());
    }).listen(0, '127.0.0.1');
    await once(server, 'listening');
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    const settings = { ENTENTE_KEY: api.keys['ru-negotiator'] ?? '' };
    const broken = await run(['export', '--out', 'broken.jsonl', '--server', url], { cwd: folder, settings });
    server.close();
    expect([broken.code, broken.stderr]).toEqual([
      1,
      `entente: ${url} broke off before all was sent. Ask again; where that is refused, the answer says why.\n`,
    ]);
    expect(readdirSync(folder).filter((one) => one.startsWith('broken'))).toEqual([]);
  });

  it('ends quietly, and as other programs do, where whoever reads the export has enough', async () => {
    const settings = { ENTENTE_KEY: api.keys['ru-negotiator'] ?? '' };
    const args = ['export', '--dialogue', scene.dialogueId, '--server', api.server.url];
    const child = await Child.start(args, { cwd: folder, settings });
    child.readNoMore();
    expect(await child.ended).toMatchObject({ code: 141, stderr: '' });
  });

  it('says once what is wrong, and which dialogues there are', async () => {
    const wrong = await asWritten('export', '--out', 'other.jsonl', '--what', 'nothing');
    expect(wrong.stderr.match(/must be one of/g)).toHaveLength(1);
    const none = await asWritten('import', '--dialogue', 'NONE');
    expect(none.stderr).toContain('There is no dialogue NONE for this key, which sees ');
    writeFileSync(join(folder, 'empty.csv'), '');
    const args = ['import', 'empty.csv', '--dialogue', scene.dialogueId, '--server', api.server.url];
    const empty = await run(args, {
      cwd: folder,
      settings: { ENTENTE_KEY: api.keys['ru-negotiator'] ?? '' },
    });
    expect([empty.code, empty.stderr]).toEqual([1, expect.stringContaining('empty.csv is empty')]);
  });
});
