import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { nodeCrypto, paths } from '#libs/ledger';
import { filledLog, testKey } from '#libs/ledger/testing';
import { bundled } from '../../src/checking/bundling.js';
import { openedSource } from '../../src/checking/source.js';
import { ServedLog } from '../../src/checking/served-log.js';
import { archived, openedArchive } from '../../src/checking/tar.js';
import { verified } from '../../src/checking/verifying.js';
import { origin, Place, policy, signed } from './given.js';
import type { Files } from './given.js';
import { Served } from './served.js';

const place = new Place();
const served = new Served();
const log = filledLog(origin, 300);

beforeAll(() => served.start());
afterAll(async () => {
  await served.stop();
  place.remove();
});

const check = (where: string, key?: string) =>
  verified(nodeCrypto, () => openedSource(where, key), { policy });
const archive = (name: string, files: Files) =>
  archived(place.in(name), (sink) => {
    for (const [path, bytes] of files) sink.add(path, bytes);
    return Promise.resolve(place.in(name));
  });

const hashed = (files: Files) =>
  new Map([...files].map(([path, bytes]) => [path, nodeCrypto.sha256Hex(bytes)]));

describe('A whole log', () => {
  const right = [
    'Right: 300 entries of record.example/dialogue-1, from the first one on, none missing.',
    'The log signed it; countersigned by RU at 2026-01-01T00:05:00Z.',
    'No act is signed by a party.',
  ];

  it('verifies alike as a folder, as an archive and as a server serves it', async () => {
    const files = log.mirror(signed(log));
    served.show(log);
    expect(await check(place.folder('mirror', files))).toEqual({ code: 0, lines: right });
    expect(await check(await archive('mirror.tar', files))).toEqual({ code: 0, lines: right });
    for (const where of [
      served.url,
      served.url.slice(0, -1),
      `${served.url}checkpoint`,
      served.url.replace('/ledger/', ''),
    ])
      expect(await check(where)).toEqual({ code: 0, lines: right });
  });

  it('is not complete for whoever may not read the words, and can not be checked by whoever may not read the entries', async () => {
    served.show(log);
    served.onAsked = (path) => (path === 'payloads' ? 403 : undefined);
    const { code, lines } = await check(served.url);
    expect([code, lines[0]]).toEqual([
      2,
      'Not complete: 300 entries are not wholly there: payloads or words are withheld.',
    ]);
    served.onAsked = () => undefined;
    served.key = 'entente_k';
    await expect(check(served.url)).rejects.toThrow(
      /tile\/entries\/000 answers 401 \(That is 401\), asked with no key: give a key that may read the log in ENTENTE_KEY\.$/,
    );
    await expect(check(served.url, 'entente_other')).rejects.toThrow(
      /answers 401 \(That is 401\), asked with the key of ENTENTE_KEY: give a key that is valid in ENTENTE_KEY\.$/,
    );
    served.payloadsAtOnce = 100;
    expect(await check(served.url, 'entente_k')).toEqual({ code: 0, lines: right });
    served.payloadsAtOnce = 256;
    served.key = undefined;
  });

  it.each([
    [1, '1 entry is a conclusion that the server drew: whether it follows'],
    [2, '2 entries are conclusions that the server drew: whether each follows'],
  ])('with %d conclusions says that they are taken as they stand', async (count, said) => {
    const drawn = filledLog(origin, 20);
    const act = { party: null, capacity: 'derived', recordedBy: 'entente', recorderParty: null } as const;
    for (let one = 0; one < count; one += 1) drawn.tell({ stream: 'irritant-1', act });
    const files = drawn.mirror(signed(drawn));
    const told = `${said} from what was said, and none is missing, “entente verify --rules” checks.`;
    const { code, lines } = await check(place.folder('drawn', files));
    expect([code, lines.at(-1)]).toEqual([0, told]);
    const further = {
      entry: () => undefined,
      verdict: () => Promise.resolve({ code: 0 as const, lines: ['By the rules.'] }),
      needsWhole: 'it needs all',
    };
    const byTheRules = await verified(
      nodeCrypto,
      () => openedSource(place.in('drawn'), undefined),
      { policy },
      { further },
    );
    expect(byTheRules.lines).not.toContain(told);
    expect(byTheRules.lines.at(-1)).toBe('By the rules.');
  });

  it('is read from whole tiles where the server has dropped the partial ones', async () => {
    const longer = filledLog(origin, 600);
    served.show(longer, signed(longer, 300));
    for (const level of ['0', 'entries']) expect(served.files.has(`tile/${level}/001.p/44`)).toBe(false);
    served.files.set('tile/1/000.p/1', longer.tree.node(8, 0).slice());
    expect(await check(served.url)).toEqual({ code: 0, lines: right });
  });

  it('is asked for again where the server is busy, and not for ever where it stays so', async () => {
    served.show(log);
    let refusals = 2;
    served.onAsked = () => (refusals-- > 0 ? 503 : undefined);
    const patiently = () =>
      verified(nodeCrypto, () => new ServedLog({ url: new URL(served.url), waitsMs: [1, 1, 1] }), { policy });
    expect((await patiently()).code).toBe(0);
    const from = served.asked.length;
    served.onAsked = () => 503;
    await expect(patiently()).rejects.toThrow(/checkpoint answers 503 \(That is 503\). Try again later/);
    expect(served.asked.length - from).toBe(4);
    served.onAsked = () => undefined;
  });

  it('of a server that leads elsewhere, that is no ledger or that is not there is not checked', async () => {
    served.onAsked = () => 302;
    await expect(check(served.url)).rejects.toThrow('leads elsewhere (302)');
    served.onAsked = () => 404;
    await expect(check(served.url)).rejects.toThrow('see that the address is that of a ledger');
    served.onAsked = () => undefined;
    expect(() => new ServedLog({ url: new URL('http://example.org/log/'), key: 'entente_k' })).toThrow(
      'is not sent to http://example.org in the clear',
    );
    await expect(check(place.in('nowhere'))).rejects.toThrow('there is no such file');
  });
});

describe('The history of one irritant', () => {
  const files = () => log.bundle('irritant-1', signed(log), log.checkpoint());

  it('verifies, and says what it does not prove', async () => {
    for (const where of [place.folder('bundle', files()), await archive('bundle.tar', files())]) {
      const { code, lines } = await check(where);
      expect(code).toBe(0);
      expect(lines[0]).toBe(
        'Right: 100 entries of irritant-1 in record.example/dialogue-1, in their order and without a gap, and the report says what they say.',
      );
      expect(lines[1]).toBe(
        'That nothing of irritant-1 follows the last one, up to the 300 entries of the log, is not proven by a bundle: the whole log shows it.',
      );
    }
  });

  it('says that signatures of parties are not judged of it, and how many it has', async () => {
    const key = testKey(40);
    const act = { party: 'RU', capacity: 'direct', recordedBy: 'p-ru', recorderParty: 'RU' };
    const acts = filledLog(origin, 3);
    acts.tell({ stream: 'irritant-1', act }, key);
    const { code, lines } = await check(
      place.folder('signed', acts.bundle('irritant-1', signed(acts), acts.checkpoint())),
    );
    expect([code, lines[3]]).toEqual([
      0,
      'Whether a party signed what stands in its name, as 1 entry says, is not judged of a bundle: whose keys were in force the whole log shows.',
    ]);
  });

  it('is made of a server or a mirror to the same bytes, and of a log whose leaves are others not at all', async () => {
    served.show(log);
    const made = async (from: string, key: string) => {
      const all: Files = new Map();
      const summary = await bundled(
        openedSource(from, undefined),
        { add: (path, bytes) => all.set(path, bytes) },
        { key },
      );
      return { all, summary };
    };
    const mirror = place.folder('mirror', log.mirror(signed(log)));
    for (const from of [served.url, mirror]) {
      const { all, summary } = await made(from, 'irritant-1');
      expect(summary).toEqual({ stream: 'irritant-1', entries: 100, withheld: 0 });
      expect(hashed(all)).toEqual(hashed(files()));
    }
    const whole = await made(mirror, 'dialogue-1');
    expect(whole.summary).toEqual({ entries: 300, withheld: 0 });
    expect(hashed(whole.all)).toEqual(hashed(log.mirror(signed(log))));
    await expect(made(mirror, 'RUUS-9')).rejects.toThrow(
      'No entry of record.example/dialogue-1 is called RUUS-9',
    );
    const other = filledLog(origin, 300);
    other.entries[1] = other.entries[1]!.map((byte, index) => (index === 200 ? byte ^ 1 : byte));
    await expect(
      made(place.folder('other', other.mirror(signed(other))), 'irritant-1'),
    ).rejects.toMatchObject({ at: 1 });
  });

  it('is found by the key that people use, which its first entry says', async () => {
    const keyed = filledLog(origin, 3);
    keyed.tell({ stream: 'irritant-9', data: { key: 'RUUS-1' } });
    keyed.tell({ stream: 'irritant-2', data: { key: 'RUUS-1' } });
    served.show(keyed);
    const summary = await bundled(
      openedSource(served.url, undefined),
      { add: () => undefined },
      { key: 'RUUS-1' },
    );
    expect(summary).toEqual({ stream: 'irritant-9', entries: 1, withheld: 0 });
  });
});

describe('What somebody has tampered with is called wrong, in words and by index', () => {
  const mirrorWith = (change: (files: Files) => void) => {
    const files = log.mirror(signed(log));
    change(files);
    return place.folder('tampered', files);
  };
  const text = (bytes: Uint8Array | undefined) => Buffer.from(bytes!).toString('latin1');
  const set = (files: Files, path: string, change: (was: string) => string) =>
    void files.set(path, Buffer.from(change(text(files.get(path))), 'latin1'));

  it.each<[string, string, (files: Files) => void]>([
    [
      'a byte of words',
      'Wrong at #9 (content-wrong): The words are not those that were logged.',
      (files) =>
        set(files, 'payloads/000', (was) =>
          was.replace(/(\n.*"seq":9.*)|Words\.(?=[^\n]*"seq":9,)/, (one) => one.replace('Words', 'words')),
        ),
    ],
    [
      'a date moved back',
      'Wrong at #7 (leaf-wrong): The leaf is not the one that was logged.',
      (files) => set(files, 'tile/entries/000', (was) => was.replace('00:00:07.000Z', '00:00:06.500Z')),
    ],
    [
      'the key of the log exchanged',
      'Wrong (signature-missing): No key of the log record.example/dialogue-1 signed the checkpoint.',
      (files) => set(files, paths.checkpoint, (was) => was.replace(/\u00e2\u0080\u0094 record[^\n]*\n/, '')),
    ],
    [
      'the cosignature left out',
      'Wrong (quorum-missing): The checkpoint of size 300 lacks the cosignatures that the policy asks for (RU).',
      (files) => set(files, paths.checkpoint, (was) => was.replace(/\u00e2\u0080\u0094 witness[^\n]*\n/, '')),
    ],
    [
      'a policy put beside',
      'Wrong (path-refused): “policy” is no file of a bundle or mirror.',
      (files) => void files.set('policy', Buffer.from('quorum none\n')),
    ],
  ])('%s', async (_, words, change) => {
    const { code, lines } = await check(mirrorWith(change));
    expect([code, lines]).toEqual([1, [words]]);
  });

  it('a link in the place of a file', async () => {
    const folder = mirrorWith((files) => void files.delete('tile/0/000'));
    writeFileSync(place.in('elsewhere'), log.mirror(signed(log)).get('tile/0/000')!);
    symlinkSync(place.in('elsewhere'), `${folder}/tile/0/000`);
    expect(await check(folder)).toEqual({ code: 1, lines: ['Wrong (path-refused): tile/0/000 is no file.'] });
  });

  const header = (bytes: Buffer, change: (header: Buffer) => void) => {
    change(bytes);
    bytes.fill(' ', 148, 156);
    const sum = bytes.subarray(0, 512).reduce((all, byte) => all + byte, 0);
    bytes.write(`${sum.toString(8).padStart(6, '0')}\0 `, 148, 'latin1');
  };

  let archives = 0;
  it.each<[string, string, (header: Buffer) => void]>([
    [
      'a path that leads out',
      '“../../checkpoint” is no file of a bundle or mirror',
      (one) => one.write('../../checkpoint\0', 0),
    ],
    [
      'an absolute path',
      '“/etc/passwd” is no file of a bundle or mirror',
      (one) => one.write('/etc/passwd\0', 0),
    ],
    [
      'a link',
      '“manifest.json” is a link, a folder or something else than a file',
      (one) => one.write('2', 156),
    ],
    ['a name in two parts', '“manifest.json” has a name in two parts', (one) => one.write('..', 345)],
    [
      'a file that is too great',
      'manifest.json has 8589934591 bytes',
      (one) => one.write('77777777777', 124),
    ],
    [
      'no number',
      '“manifest.json” has a header that is no header of a tar',
      (one) => one.write('-1234567890', 124),
    ],
  ])('an archive with %s', async (_, words, change) => {
    const name = `hostile-${(archives += 1)}.tar`;
    const path = await archive(name, new Map([[paths.manifest, Buffer.from('{}')]]));
    const bytes = readFileSync(path);
    header(bytes, change);
    writeFileSync(path, bytes);
    const { code, lines } = await check(path);
    expect([code, lines.join()]).toEqual([1, expect.stringContaining(words)]);
  });

  it('an archive with a byte changed in a header, with a file twice, or that ends early', async () => {
    const path = await archive('small.tar', new Map([[paths.checkpoint, signed(log)]]));
    const bytes = readFileSync(path);
    const opened = (with_: Uint8Array) => () => openedArchive(place.put('changed.tar', with_));
    expect(opened(bytes)).not.toThrow();
    expect(opened(Buffer.from(bytes).fill('x', 3, 4))).toThrow('has a header whose sum is wrong');
    expect(opened(Buffer.concat([bytes.subarray(0, 1024), bytes]))).toThrow('stands in the archive twice');
    expect(opened(bytes.subarray(0, 1024))).toThrow('The archive ends too early');
    await expect(archive('small.tar', new Map())).rejects.toThrow('is there already');
  });
});
