import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { cpSync, readFileSync, writeFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { storedRows } from '#libs/event-store-sqlite';
import type { StoredRow } from '#libs/event-store-sqlite';
import { DatabaseSync } from 'node:sqlite';
import { begunAnew } from '../../src/cli/begin-anew.command.js';
import { resumed } from '../../src/cli/resume.command.js';
import { Guard } from '../../src/ledger/guard.js';
import { described } from '../../src/described.js';
import { guidePage } from '../../src/description/guides.js';
import { slices } from '../../src/slices.js';
import { examplesOf } from '../description/guide.js';
import { run } from '../faults/child.js';
import { environmentOf, resumeKills } from '../faults/environment.js';
import { compiledProgram } from '../faults/program.js';
import { done, made } from '../support/acting.js';
import type { Api } from '../support/api.js';
import { raising, setScene } from '../support/scene.js';
import type { Scene } from '../support/scene.js';
import { until } from '../support/settling.js';
import { ledgerWords, newestOf, RestoredRecord, signedWhole } from './restored-record.js';

/** What is missing is appended from mirrors, byte for byte. */
export function resumingFromMirrors(): void {
  const record = new RestoredRecord();
  const [copy, otherCopy, shortCopy] = ['copy', 'other-copy', 'short'].map((one) => record.in(one)) as [
    string,
    string,
    string,
  ];
  let scene: Scene;
  let other: Scene;
  let lostKey: string;

  type Made = { readonly id: string; readonly key: string; readonly number: number };
  const raised = (api: Api, { dialogueId } = scene) =>
    made<Made>(api, 'irritants', 'ru-negotiator', raising(dialogueId));
  const scheduled = (api: Api) =>
    made<Made>(api, 'rounds', 'ru-negotiator', { dialogueId: scene.dialogueId, startsAt: '2025-04-10' });

  /** Acts in both dialogues by turns, with numbers, words and words that are erased. */
  async function today(api: Api): Promise<void> {
    const irritant = `irritants/${scene.irritantId}`;
    await done(api, `${irritant}/contest`, 'us-negotiator', { statement: { en: 'Never ours.' } });
    await done(api, `irritants/${other.irritantId}/acknowledge`, 'us-negotiator');
    await done(api, `${irritant}/acknowledge`, 'us-negotiator');
    await signedWhole(api, scene.dialogueId);
    await record.mirror(api, scene.dialogueId, shortCopy);
    ({ key: lostKey } = await raised(api));
    await scheduled(api);
    await raised(api, other);
    const events = await api.server.record.streams.events(`irritant-${scene.irritantId}`);
    const { id: target } = events.find(({ type }) => type === 'IrritantContested')!;
    const asked = { target, basis: 'personal-data', reason: { en: 'It names a private person.' } };
    await done(api, `${irritant}/request-erasure`, 'us-negotiator', asked);
    await done(api, `${irritant}/request-erasure`, 'ru-negotiator', asked);
    for (const { dialogueId } of [scene, other]) await signedWhole(api, dialogueId, true);
  }

  beforeAll(async () => {
    await record.begin();
    await record.served(
      async (api) => {
        [scene, other] = [await setScene(api), await setScene(api)];
        for (const { dialogueId } of [scene, other]) {
          await until(async () => (await newestOf(api, dialogueId)).size > 0);
          await record.makeKnown(api, dialogueId);
          await signedWhole(api, dialogueId, true);
        }
      },
      { isWitnessed: true },
    );
    record.putAside('yesterday');
    await record.served(
      async (api) => {
        await today(api);
        await record.mirror(api, scene.dialogueId, copy);
        await record.mirror(api, other.dialogueId, otherCopy);
      },
      { isWitnessed: true },
    );
    record.putAside('today');
  });
  afterAll(() => record.end());

  const resume = (more: object = {}) => resumed({ from: [copy, otherCopy], data: record.folder, ...more });

  function rowsOf(isRecord: boolean): readonly StoredRow[] {
    const database = new DatabaseSync(`${record.folder}/store.sqlite`);
    const rows = [...storedRows(database)].filter(
      ({ stream }) => /^(dialogue|irritant|round|source)-/.test(stream) === isRecord,
    );
    database.close();
    return rows;
  }

  /** What is kept beside the record, such as numbers and checkpoints. */
  function besideRecord(): readonly string[] {
    return rowsOf(false).map(({ stream, revision, type }) => `${stream} ${revision} ${type}`);
  }

  /** All that a store holds of the record, without positions: what a restore may change. */
  function stored(): readonly string[] {
    return rowsOf(true).map(({ stream, revision, id, type, content, recorded_at }) =>
      JSON.stringify([stream, revision, id, type, content !== null, recorded_at]),
    );
  }

  /** The log is signed on, and holds nothing else than the copy does. */
  async function isSignedOn(isWitnessed: boolean): Promise<void> {
    await record.served(
      async (api) => {
        for (const [{ dialogueId }, into] of [
          [scene, copy],
          [other, otherCopy],
        ] as const) {
          await signedWhole(api, dialogueId, isWitnessed);
          expect(await record.mirror(api, dialogueId, into)).toBe(0);
        }
        expect(await ledgerWords(api)).toBe('checked; signing');
        // No number is given twice.
        expect((await raised(api)).key).not.toBe(lostKey);
        expect((await scheduled(api)).number).toBe(2);
        await signedWhole(api, scene.dialogueId, isWitnessed);
      },
      { isWitnessed },
    );
  }

  describe('A copy of yesterday’s folder, put back', () => {
    it('is signed on once what is missing is there, with the guard file as it is and without a witness', async () => {
      record.putBack('yesterday');
      const said = await resume();
      expect(said).toMatch(
        /entries were missing, and the record has all \d+ entries of the copy again, byte for byte/,
      );
      record.putAside('resumed');
      const again = stored();
      record.putBack('today');
      expect(again).toEqual(stored());
      record.putBack('resumed');
      expect(await resume()).toMatch(/nothing was missing of its \d+ entries/);
      expect(stored()).toEqual(again);
      await isSignedOn(false);
    });

    it('is not signed, with yesterday’s guard file and with a witness that saw more, and the witness agrees once what is missing is there', async () => {
      record.putBack('yesterday', 'yesterday');
      await record.served(
        async (api) => {
          await until(async () => (await ledgerWords(api)).includes('entente ledger resume'));
          expect(await ledgerWords(api)).toMatch(
            /ALARM: .*The witness witness.ru.example has countersigned \d+ leaves/,
          );
        },
        { isWitnessed: true },
      );
      record.putBack('yesterday', 'yesterday');
      await resume();
      record.answers.length = 0;
      await isSignedOn(true);
      expect(record.answers).toContain(200);
      expect(record.answers).not.toContain(422);
    });

    it('goes on where an earlier run was killed', async () => {
      record.putBack('yesterday');
      const run = { left: Infinity };
      const killAfterNext = (appended: number, all: number) => {
        run.left = all - appended;
        throw new Error('Killed.');
      };
      let killed = 0;
      for (; run.left > 0; killed += 1)
        await expect(
          resumed({ from: [copy, otherCopy], data: record.folder }, killAfterNext),
        ).rejects.toThrow('Killed.');
      expect(killed).toBeGreaterThan(5);
      await resume();
      const [again, beside] = [stored(), besideRecord()];
      record.putBack('today');
      expect(again).toEqual(stored());
      // No number and no checkpoint twice either.
      record.putBack('resumed');
      expect(beside).toEqual(besideRecord());
    });
  });

  describe('A run that is killed by the system', () => {
    const hook = new URL('../faults/kill-at-commit.mjs', import.meta.url).href;
    const child = (settings: Record<string, string>) =>
      run(['ledger', 'resume', '--from', copy, '--from', otherCopy, '--data', record.folder], {
        cwd: record.top,
        settings,
      });

    it('leaves nothing that the next one does not mend: the record is that of the untouched twin', async () => {
      record.putBack('yesterday');
      const before = stored().length;
      let reached = before;
      for (const at of resumeKills) {
        expect(await child({ NODE_OPTIONS: `--import ${hook}?at=${at}` })).toMatchObject({
          signal: 'SIGKILL',
          stdout: '',
        });
        const now = stored().length;
        expect(now).toBeGreaterThanOrEqual(reached);
        reached = now;
      }
      expect(reached).toBeGreaterThan(before);
      expect(await child({})).toMatchObject({
        code: 0,
        stdout: expect.stringMatching(/entries of the copy again, byte for byte/),
      });
      const [again, beside] = [stored(), besideRecord()];
      record.putBack('today');
      expect(again).toEqual(stored());
      record.putBack('resumed');
      expect(beside).toEqual(besideRecord());
    });

    it('is refused beside a server, and so is a log that is to begin anew, before anything is looked at', async () => {
      record.putBack('yesterday', 'yesterday');
      const [before, guard] = [stored(), readFileSync(record.files.guard, 'utf8')];
      await record.served(async () => {
        const held = { message: expect.stringMatching(/another process/) };
        await expect(resume()).rejects.toMatchObject(held);
        await expect(
          begunAnew(scene.dialogueId, {
            reason: 'The disk failed.',
            data: record.folder,
            oldCheckpoint: `${copy}/checkpoint`,
          }),
        ).rejects.toMatchObject(held);
        expect(readFileSync(record.files.guard, 'utf8')).toBe(guard);
      });
      expect(stored()).toEqual(before);
    });
  });

  describe('What can’t be appended byte for byte is refused by name, and nothing is appended', () => {
    async function expectRefused(why: RegExp, more: object = {}): Promise<void> {
      const before = stored();
      await expect(resume(more)).rejects.toMatchObject({ message: expect.stringMatching(why) });
      expect(stored()).toEqual(before);
    }

    it('where something was recorded since', async () => {
      record.putBack('yesterday');
      await record.served((api) => raised(api));
      await expectRefused(/has another entry #\d+ here than in .*put back.*resume before it is served/i);
    });

    it('where the guard file knows of more than the copies have', async () => {
      record.putBack('yesterday');
      await expectRefused(new RegExp(`bring a copy of that log.*--without ${other.dialogueId}`), {
        from: [copy],
      });
      await expectRefused(/The guard file knows that \d+ entries .* and the copy has \d+: .*--short/, {
        from: [shortCopy, otherCopy],
      });
      expect(await resume({ from: [shortCopy], short: true, without: [other.dialogueId] })).toMatch(
        /2 entries were missing/,
      );
    });

    it('where the guard file knows another history than the copy, which was signed as well', async () => {
      record.putBack('yesterday');
      const guard = Guard.read(record.files.guard);
      const origin = `localhost/${scene.dialogueId}`;
      guard.keep([{ origin, size: guard.headOf(origin)!.size, root: `${'B'.repeat(43)}=` }]);
      await expectRefused(/another root than the copy gives: two histories of one log were signed/);
      await expectRefused(/another root than the copy gives/, { short: true });
    });

    it('where the copy withholds something, was changed, or is none of this record', async () => {
      record.putBack('yesterday');
      cpSync(copy, record.in('worse'), { recursive: true });
      const [lines, width] = payloadsIn('worse');
      const last = { seq: width - 1, data: null, content: null, salt: null, withheld: 'not for you' };
      writePayloads('worse', [...lines.slice(0, -1), JSON.stringify(last)]);
      await expectRefused(new RegExp(`lacks a part of entry #${width - 1} `), {
        from: [record.in('worse'), otherCopy],
      });
      writePayloads(
        'worse',
        lines.map((one) => one.replace('Six properties', 'Sex properties')),
      );
      await expectRefused(/is not taken\. Wrong at #\d+ \(content-wrong\)/, {
        from: [record.in('worse'), otherCopy],
      });
      await expectRefused(/Two of the copies are of one log/, { from: [copy, copy] });
      await expectRefused(/no such file/, { from: [record.in('none')] });
    });
  });

  describe('What the guide for operators shows', () => {
    const examples = examplesOf(guidePage('operating', slices, described));

    /** In a shell that knows nothing but what the guide says. */
    async function shell(label: string, settings: Record<string, string> = {}): Promise<string> {
      const program = JSON.stringify(await compiledProgram());
      const script = `entente() { ${JSON.stringify(process.execPath)} ${program} "$@"; }\n${examples.get(label)}`;
      const env = environmentOf({ RESTORED: record.folder, ...settings });
      return (await promisify(execFile)('sh', ['-ec', script], { cwd: record.top, env })).stdout;
    }

    it('lets both ways be gone: from mirrors, and under the next name', async () => {
      record.putBack('yesterday', 'yesterday');
      expect(await shell('Append what is missing from a mirror', { MIRROR: copy })).toMatch(
        /entries were missing, and the record has all \d+ entries/,
      );
      record.putBack('yesterday', 'yesterday');
      const said = await shell('Let a log begin anew, of which something signed is gone for good', {
        DIALOGUE: scene.dialogueId,
        CHECKPOINT: `${copy}/checkpoint`,
      });
      expect(said).toMatch(new RegExp(`It goes on as localhost/${scene.dialogueId}/2, from #\\d+ on`));
      expect(said).toContain(`\nlog localhost/${scene.dialogueId}/2+`);
    });
  });

  /** The payloads of a copy that has one bundle of entries, and how many there are. */
  function payloadsIn(name: string): readonly [readonly string[], number] {
    const [, width] = /\n(\d+)\n/.exec(readFileSync(record.in(`${name}/checkpoint`), 'utf8')) ?? [];
    const lines = readFileSync(record.in(`${name}/payloads/000.p/${width}`), 'utf8')
      .split('\n')
      .slice(0, -1);
    return [lines, Number(width)];
  }

  function writePayloads(name: string, lines: readonly string[]): void {
    writeFileSync(
      record.in(`${name}/payloads/000.p/${lines.length}`),
      lines.map((one) => `${one}\n`).join(''),
    );
  }
}
