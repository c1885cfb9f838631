import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { createPrivateKey } from 'node:crypto';
import { chmodSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import {
  consistencyProof,
  formatAddCheckpoint,
  formatVerifierKey,
  nodeCrypto,
  parseNote,
  parseSignatures,
  parseVerifierKey,
  TreeHasher,
  verifyNote,
} from '#libs/ledger';
import { filledLog, signedBy, TestLog, testSigner } from '#libs/ledger/testing';
import { described } from '../../src/described.js';
import { guidePage } from '../../src/description/guides.js';
import { Guard } from '../../src/ledger/guard.js';
import { asLedgerEvent, payloadAt } from '../../src/ledger/logged.js';
import { slices } from '../../src/slices.js';
import { witnessKey } from '../../src/checking/witness-key.js';
import { expectNoTrace } from '../cli/expectations.js';
import { Child, endAll, run } from '../faults/child.js';
import { environmentOf } from '../faults/environment.js';
import { compiledProgram } from '../faults/program.js';
import { examplesOf } from '../description/guide.js';
import { raising } from '../simulation/stage.js';
import { Desk, principals } from '../support/desk.js';
import { origin, Place, policyText, ru, signed, signer } from './given.js';
import { Served } from './served.js';

const place = new Place();
const served = new Served();
const here = { cwd: place.top };
const log = filledLog(origin, 700);
const hasher = new TreeHasher(nodeCrypto);

beforeAll(async () => {
  await compiledProgram();
  await served.start();
  place.put('policy', policyText);
  place.put('logs', `${origin} ${formatVerifierKey(signer.key)}\n`);
  served.show(log);
});
afterAll(async () => {
  await endAll();
  await served.stop();
  place.remove();
});

const called = async (command: string, ...args: readonly string[]) => {
  const ended = await run([command, ...args], here);
  expectNoTrace(ended);
  return ended;
};
const policy = ['--policy', 'policy'] as const;

describe('On the command line', () => {
  it('verify answers with its exit code, and has others for what it can not check', async () => {
    expect(await called('verify', served.url, ...policy)).toMatchObject({
      code: 0,
      stderr: '',
      stdout: expect.stringMatching(/^Right: 700 entries of record\.example\/dialogue-1/),
    });
    const files = log.mirror(signed(log));
    files.delete('payloads/000');
    place.folder('some', files);
    expect(await called('verify', 'some', ...policy)).toMatchObject({
      code: 2,
      stdout: expect.stringContaining('Not complete: 256 entries are not wholly there'),
    });
    files.delete('tile/entries/001');
    place.folder('less', files);
    expect(await called('verify', 'less', ...policy)).toMatchObject({
      code: 1,
      stdout: 'Wrong at #256 (file-missing): tile/entries/001 is missing.\n',
    });
    expect(await called('verify', 'less')).toMatchObject({ code: 64, stdout: '' });
    expect(await called('verify', 'some/checkpoint', ...policy)).toMatchObject({
      code: 69,
      stdout: '',
      stderr: expect.stringContaining('some/checkpoint is no archive: name a bundle, the folder of a mirror'),
    });
    expect(await called('verify', 'nothing', ...policy)).toMatchObject({
      code: 69,
      stderr: "entente: nothing can't be used: there is no such file.\n",
    });
    files.delete('checkpoint');
    expect(await called('verify', place.folder('begun', files), ...policy)).toMatchObject({
      code: 69,
      stdout: '',
      stderr: expect.stringMatching(
        /begun holds neither a bundle nor a mirror that was ever completed.*ENTENTE_KEY/,
      ),
    });
    place.put('loose', 'quorum all of them\n');
    expect(await called('verify', 'less', '--policy', 'loose')).toMatchObject({
      code: 69,
      stderr: expect.stringContaining('loose: Line 1 of the policy is not of the form “quorum name”'),
    });
  });

  it('mirror goes on where it was killed, and compare and bundle work on what it made', async () => {
    for (const stop of [3, 4, 4]) {
      const running: Child[] = [];
      let left = stop;
      served.onAsked = () => {
        if ((left -= 1) === 0) running[0]?.signal('SIGKILL');
        return undefined;
      };
      running.push(await Child.start(['mirror', served.url, 'mirror', ...policy], here));
      expect(await running[0]!.ended).toMatchObject({ signal: 'SIGKILL' });
    }
    served.onAsked = () => undefined;
    const mirrored = await called('mirror', served.url, 'mirror', ...policy);
    expect(mirrored).toMatchObject({ code: 0, stdout: expect.stringContaining('mirror holds 700 entries') });
    expect(await called('verify', 'mirror', ...policy)).toMatchObject({ code: 0 });
    expect(await called('bundle', 'irritant-1', '--from', 'mirror', '--out', 'one.tar')).toMatchObject({
      code: 0,
      stdout: 'one.tar holds irritant-1: 233 entries.\n',
    });
    expect(await called('verify', 'one.tar', ...policy)).toMatchObject({
      code: 0,
      stdout: expect.stringContaining('is not proven by a bundle'),
    });
    expect(await called('bundle', 'irritant-1', '--from', 'mirror', '--out', 'one.tar')).toMatchObject({
      code: 1,
    });
    const other = filledLog(origin, 600);
    other.tell({ stream: 'irritant-1', data: { number: 'another' } });
    while (other.tree.size < 700) other.tell({ stream: 'irritant-1' });
    place.put('shown', signed(other, 650));
    const split = await called('compare', 'shown', 'mirror', ...policy);
    expect(split).toMatchObject({
      code: 1,
      stdout: expect.stringContaining(
        'A split view: record.example/dialogue-1 has signed 650 entries, and then 700',
      ),
    });
    const again = await called(
      'compare',
      'split-view/one',
      'split-view/other',
      '--proof',
      'split-view/proof',
      ...policy,
    );
    expect(again).toMatchObject({ code: 1 });
    expect(readFileSync(place.in('split-view/README.txt'), 'utf8')).toContain(
      'entente compare one other --proof proof --policy POLICY',
    );
    expect(await called('compare', 'shown', 'mirror/checkpoint', ...policy)).toMatchObject({ code: 2 });
    expect(await called('compare', served.url, 'mirror', ...policy)).toMatchObject({ code: 0 });
    place.put('letter', 'Dear colleague,\n');
    place.put('forged', Buffer.from(signed(log, 650)).toString('utf8').replace('\n650\n', '\n651\n'));
    place.put(
      'foreign',
      Buffer.from(signed(log, 650)).toString('utf8').replace(origin, 'elsewhere.example/1'),
    );
    for (const [file, why, mend] of [
      [
        'letter',
        'The note has no signatures after an empty line.',
        'Name a checkpoint or a receipt as the log signed it',
      ],
      ['forged', ' does not verify.', 'It bears the name of the key, and that key has not signed it'],
      [
        'foreign',
        'The policy knows no log called elsewhere.example/1.',
        'Name a policy that has the key of the log.',
      ],
    ] as const) {
      const { code, stdout } = await called('compare', file, 'mirror', ...policy);
      const [first = '', second = ''] = stdout.split('\n');
      expect([code, first, second]).toEqual([
        2,
        expect.stringMatching(new RegExp(`^Nothing can be told: ${file}: .*${why}$`)),
        expect.stringContaining(mend),
      ]);
    }
    served.show(other);
    expect(await called('mirror', served.url, 'mirror', ...policy)).toMatchObject({
      code: 1,
      stdout: expect.stringContaining('has signed two histories of 700 entries. The mirror stays as it is'),
    });
    served.show(log);
    served.payloads = served.payloads.map((line, seq) =>
      seq < 5
        ? Buffer.from(`{"content":null,"data":null,"salt":null,"seq":${seq},"withheld":"not for you"}\n`)
        : line,
    );
    expect(await called('mirror', served.url, 'lied-to', ...policy)).toMatchObject({
      code: 2,
      stdout: expect.stringContaining('Not complete: of 5 entries, the first of them #0,'),
    });
    served.show(log);
    served.detail = 'No.\nRight: 700 entries';
    served.onAsked = () => 403;
    expect(await called('verify', served.url, ...policy)).toMatchObject({
      code: 69,
      stdout: '',
      stderr: expect.not.stringMatching(/^Right/m),
    });
    served.detail = undefined;
    served.onAsked = () => undefined;
    expect(readdirSync(place.in('mirror-evidence')).toSorted()).toEqual(['README.txt', 'one', 'other']);
  });

  it('bundle asks a server to which dialogue a key belongs', async () => {
    const keyed = filledLog(origin, 1);
    keyed.tell({ stream: 'irritant-1', data: { key: 'RUUS-1' } });
    served.show(keyed);
    served.key = `entente_${'0'.repeat(32)}_${'A'.repeat(43)}`;
    const withKey = { ...here, settings: { ENTENTE_KEY: served.key } };
    const refused = await called('bundle', 'RUUS-1', '--from', served.server);
    expect(refused).toMatchObject({
      code: 1,
      stderr: expect.stringContaining('may read the log in ENTENTE_KEY'),
    });
    expect(await run(['bundle', 'RUUS-1', '--from', served.server], withKey)).toMatchObject({
      code: 0,
      stdout: 'RUUS-1.tar holds irritant-1: 1 entry.\n',
    });
    expect(await called('verify', 'RUUS-1.tar', ...policy)).toMatchObject({ code: 0 });
    served.key = undefined;
    served.show(log);
  });
});

const requestOn = (of: TestLog, old: number, size: number) =>
  formatAddCheckpoint({
    oldSize: old,
    proof: old === 0 ? [] : consistencyProof(hasher, of.tree.node, old, size),
    checkpoint: signedBy(of.checkpoint(size), [signer]),
  });

describe('A witness as a process', () => {
  const args = ['--folder', 'witness', '--logs', 'logs'] as const;

  it('asked by many at once and killed in between, never goes back and never cosigns a second history', async () => {
    const fork = filledLog(origin, 8);
    while (fork.tree.size < 700) fork.tell({ stream: 'irritant-1' });
    const out: { size: number; of: TestLog }[] = [];
    let size = 0;
    for (let life = 0; life < 3; life++) {
      const child = await Child.start(
        ['witness', ...args, '--name', 'witness.example.org', '--port', '0'],
        here,
      );
      const [, line = '', url = ''] = await child.printed(/^(\S+)\nwitnessing at (\S+)\n/);
      const key = parseVerifierKey(nodeCrypto, line);
      const ask = async (of: TestLog, old: number, to: number) => {
        const response = await fetch(url, { method: 'POST', body: Buffer.from(requestOn(of, old, to)) });
        const text = await response.text();
        if (response.status === 409) size = Math.max(size, Number(text));
        if (response.status !== 200) return;
        verifyNote(nodeCrypto, { text: of.checkpoint(to), signatures: parseSignatures(Buffer.from(text)) }, [
          key,
        ]);
        out.push({ size: to, of });
      };
      for (let round = 0; round < 6; round++) {
        await ask(log, 0, 9);
        const many = [1, 2, 3, 4].flatMap((more) => [
          ask(log, size, size + more),
          ask(fork, size, size + more),
        ]);
        if (round === 5) child.signal('SIGKILL');
        await Promise.allSettled(many);
      }
      await child.ended;
    }
    expect(out.length).toBeGreaterThan(6);
    const [history] = out;
    for (const { size: one, of } of out)
      expect(Buffer.compare(of.tree.root(one), history!.of.tree.root(one))).toBe(0);
    const sizes = out.map((one) => one.size);
    expect(new Set(sizes).size).toBe(sizes.length);
  });

  it('cosigns with the same folder what is carried to it', async () => {
    expect(await called('cosign', 'request', '--request', 'mirror', '--old', '0')).toMatchObject({ code: 0 });
    const refused = await called('cosign', 'request', ...args);
    const [, old = ''] = /make the request anew with --old (\d+)/.exec(refused.stderr) ?? [];
    expect([refused.code, Number(old)]).toEqual([1, expect.any(Number)]);
    place.put('letter', 'Dear colleague');
    for (const [why, ...wrong] of [
      ['leave --out out', 'another', '--out', 'letter'],
      ['letter is there already and is no earlier request', 'letter'],
    ] as const)
      expect(await called('cosign', ...wrong, '--request', 'mirror')).toMatchObject({
        code: 1,
        stderr: expect.stringContaining(why),
      });
    expect(readFileSync(place.in('letter'), 'utf8')).toBe('Dear colleague');
    await called('cosign', 'request', '--request', 'mirror', '--old', old);
    const made = await called('cosign', 'request', ...args, '--out', 'cosigned');
    expect(made).toMatchObject({
      code: 0,
      stdout: '',
      stderr: expect.stringContaining('the next request is made with --old 700'),
    });
    expect(parseNote(readFileSync(place.in('cosigned'))).signatures.map(({ name }) => name)).toContain(
      'witness.example.org',
    );
  });
});

describe('What the documents show', () => {
  const guide = examplesOf(guidePage('checking', slices, described));
  const readme = readFileSync(new URL('../../README.md', import.meta.url), 'utf8');
  let dialogueId: string;
  let keyed: TestLog;
  const ofIrritant = () => keyed.leaves.filter(({ stream }) => stream.startsWith('irritant-'));

  beforeAll(async () => {
    const desk = await Desk.open();
    ({ id: dialogueId } = await desk.do(principals.RU, 'dialogues.OpenDialogue', null, {
      parties: ['RU', 'US'],
      keyPrefix: 'RUUS',
      name: { en: 'Consultations' },
    }));
    // As a record names its logs that was given no host.
    keyed = new TestLog(`localhost/${dialogueId}`);
    const { id } = await desk.do(
      principals.RU,
      'irritants.RaiseIrritant',
      null,
      raising(dialogueId, 'RU', false),
    );
    await desk.do(principals.RU, 'irritants.WithdrawIrritant', id, {});
    await desk.settled();
    for (const { seq, log: of, event } of desk.record.projections.record.after(-1, 100))
      if (of === dialogueId) keyed.keep(asLedgerEvent(event), payloadAt(seq, event));
    await desk.close();
  });
  const ofLog = () => testSigner(keyed.origin, 1);
  const signedBoth = (count = 4) => signedBy(keyed.checkpoint(count), [ofLog(), ru], keyed.now);
  const pem = createPrivateKey({
    key: Buffer.from(`302e020100300506032b657004220420${'01'.repeat(32)}`, 'hex'),
    format: 'der',
    type: 'pkcs8',
  }).export({ format: 'pem', type: 'pkcs8' });
  const key = `entente_${'0'.repeat(32)}_${'A'.repeat(43)}`;

  /** The folder of somebody who has just started the demonstration, and was sent a checkpoint. */
  const begin = (folder: string) => {
    served.dialogueId = dialogueId;
    served.show(keyed, signedBoth());
    served.key = key;
    place.put(`${folder}/data/demo/keys.json`, JSON.stringify({ reader: key }));
    place.put(`${folder}/data/demo/reader.header`, `Authorization: Bearer ${key}\n`);
    chmodSync(place.put(`${folder}/data/demo.ledger-key.pem`, pem), 0o600);
    place.put(`${folder}/their-checkpoint`, signedBoth(2));
  };
  afterAll(() => {
    served.dialogueId = 'dialogue-1';
    served.key = undefined;
  });

  const shell = async (folder: string, example: string, settings: Record<string, string> = {}) => {
    const program = JSON.stringify(await compiledProgram());
    const script = `entente() { ${JSON.stringify(process.execPath)} ${program} "$@"; }\n${example}`;
    const env = environmentOf({ RECORD: served.server, US_KEY: formatVerifierKey(ru.key), ...settings });
    return promisify(execFile)('sh', ['-ec', script], { cwd: place.in(folder), env });
  };

  it('does what the README says, in a shell that knows nothing', async () => {
    begin('readme');
    const [, example = ''] = /## Check it yourself[^]*?```sh\n([^]*?)```/.exec(readme) ?? [];
    const local = example.replace(/^entente\(\).*\n/m, '').replace('http://127.0.0.1:4350', served.server);
    expect(local).not.toContain('4350');
    const { stdout } = await shell('readme', local);
    expect(stdout).toMatch(
      /^mirror holds 4[^]*\nRight: 4[^]*\nBy the rules[^]*\nRUUS-1.tar holds[^]*\nThey agree/,
    );
  });

  it('shows no variable that nothing says how to have', () => {
    const all = [...guide.values()].join('\n');
    const used = [...all.matchAll(/\$\{?([A-Z_]{2,})/g)].map(([, name]) => name);
    expect(new Set(used)).toEqual(new Set(['RECORD', 'ENTENTE_KEY', 'DIALOGUE', 'US_KEY']));
  });

  it.each([...guide.keys()].filter((label) => !label.startsWith('Run a witness')))(
    'does what the guide says: %s',
    async (label) => {
      begin('guide');
      if (label.startsWith('Make what')) witnessKey(place.in('guide/witness'), 'witness.example.org');
      const isFirst = label.startsWith('Give your key');
      const example = `${guide.get(label) ?? ''}${isFirst ? '\necho "$DIALOGUE"' : ''}`;
      const { stdout } = await shell(
        'guide',
        example,
        isFirst ? {} : { ENTENTE_KEY: key, DIALOGUE: dialogueId },
      );
      const says: Readonly<Record<string, RegExp>> = {
        'Give your key, and find the dialogue of an irritant': new RegExp(`^${dialogueId}\n$`),
        'Check a running server': /^Right: 4 entries/,
        'Copy the log, and check the copy': /^mirror holds 4 entries[^]*\nRight: 4 entries/,
        'Make a bundle of one irritant, and check it':
          /^taken-away.tar holds irritant-[-0-9a-f]+: 2 entries[^]*\nRight: 2 entries/,
        'Check the conclusions of a copy, too':
          /\nBy the rules of this version: every conclusion in 4 entries/,
        'Compare what somebody else was shown with your own': /^They agree/,
        'Put the countersignature into the mirror, and check it': /^Right: 4 entries/,
        'Hash an entry of a bundle as the log does': new RegExp(
          ofIrritant()
            .map(({ seq }) => `${Buffer.from(keyed.tree.node(0, seq)).toString('hex')}  -\n`)
            .join(''),
        ),
      };
      expect(stdout).toMatch(says[label] ?? /^/);
    },
  );

  it('runs a witness that follows the logs as the guide says', async () => {
    begin('watching');
    served.key = undefined;
    const [, ...args] = (guide.get('Run a witness that follows the logs') ?? '')
      .replace('"$RECORD"', served.server)
      .trim()
      .split(' ');
    place.put('watching/logs', `${keyed.origin} ${formatVerifierKey(ofLog().key)}\n`);
    place.put(
      'watching/our-keys',
      /'(.*)'/.exec(guide.get('Say which key signs the acts of your party')!)![1]! + '\n',
    );
    const within = { cwd: place.in('watching') };
    const child = await Child.start([...args, '--port', '0'], within);
    const [, url = ''] = await child.printed(/\nalarms at (\S+)\n/);
    for (let checked = 0; checked < 4;) {
      const { alarms, logs } = (await (await fetch(url)).json()) as {
        alarms: unknown[];
        logs: { checked: number }[];
      };
      expect(alarms).toEqual([]);
      checked = logs[0]!.checked;
    }
    await child.stop();
  });

  it('tells the key of a log by the id of its dialogue, and by nothing else', async () => {
    const asked = (id: string) =>
      run(['ledger', 'key', 'export', id, '--data', 'data/demo'], { cwd: place.in('guide') });
    expect(await asked(dialogueId)).toMatchObject({
      code: 0,
      stdout: `log ${formatVerifierKey(ofLog().key)}\n`,
    });
    const guard = place.in('guide/data/demo.ledger-guard');
    const root = Buffer.alloc(32).toString('base64');
    Guard.make(guard);
    Guard.read(guard).keep([{ origin: `localhost/${dialogueId}/2`, size: 1, root }]);
    expect(await asked(dialogueId)).toMatchObject({
      code: 0,
      stdout: `log ${formatVerifierKey(ofLog().key)}\n`,
      stderr: expect.stringContaining(`"entente ledger key export ${dialogueId}/2" prints`),
    });
    expect(await asked(`${dialogueId}/2`)).toMatchObject({ code: 0, stderr: '' });
    rmSync(guard);
    for (const other of ['RUUS', `localhost/${dialogueId}`, ''])
      expect(await asked(other)).toMatchObject({
        code: 1,
        stdout: '',
        stderr: expect.stringContaining(`"${other}" is no id of a dialogue`),
      });
  });
});
