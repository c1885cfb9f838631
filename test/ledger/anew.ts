import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { nodeCrypto } from '#libs/ledger';
import type { Policy } from '#libs/ledger';
import { bundled } from '../../src/checking/bundling.js';
import { compared } from '../../src/checking/comparing.js';
import { openedSource } from '../../src/checking/source.js';
import { statementAt } from '../../src/checking/statements.js';
import { archived } from '../../src/checking/tar.js';
import { verified } from '../../src/checking/verifying.js';
import { begunAnew } from '../../src/cli/begin-anew.command.js';
import { resumed } from '../../src/cli/resume.command.js';
import { done } from '../support/acting.js';
import type { Api } from '../support/api.js';
import { Served } from '../support/mirrored.js';
import { raising, setScene } from '../support/scene.js';
import type { Scene } from '../support/scene.js';
import { actSigned, registerFirst, requireSigned } from '../support/signing.js';
import { testKey } from '#libs/ledger/testing';
import { until } from '../support/settling.js';
import { ledgerWords, newestOf, policyIn, RestoredRecord, signedWhole, sizeOf } from './restored-record.js';

/** The log goes on under its next name. */
export function beginningAnew(): void {
  const record = new RestoredRecord();
  const copy = record.in('copy');
  let scene: Scene;
  let old: Policy;
  let origin: string;
  let yesterday: string;
  let lost = 0;

  const anew = (more: object = {}) =>
    begunAnew(scene.dialogueId, { reason: 'The disk of 3 March failed.', data: record.folder, ...more });
  const verdict = (api: Api, policy: Policy) =>
    verified(nodeCrypto, () => new Served(api, scene.dialogueId), { policy });

  beforeAll(async () => {
    await record.begin();
    await record.served(
      async (api) => {
        scene = await setScene(api);
        await until(async () => (await newestOf(api, scene.dialogueId)).size > 0);
        await record.makeKnown(api, scene.dialogueId);
        const served = new Served(api, scene.dialogueId);
        old = await served.policy();
        [origin = ''] = (await served.text('checkpoint')).split('\n');
        const key = await registerFirst(api, scene.dialogueId, 'RU', 7);
        await requireSigned(api, scene.dialogueId, 'RU', key);
        await signedWhole(api, scene.dialogueId, true);
        yesterday = new Date().toISOString();
      },
      { isWitnessed: true },
    );
    record.putAside('yesterday');
    await record.served(
      async (api) => {
        await done(api, `irritants/${scene.irritantId}/acknowledge`, 'us-negotiator');
        await signedWhole(api, scene.dialogueId, true);
        lost = sizeOf(api, scene.dialogueId);
        await record.mirror(api, scene.dialogueId, copy);
      },
      { isWitnessed: true },
    );
    record.putAside('today');
  });
  afterAll(() => record.end());

  describe('A log of which something that was signed is gone for good', () => {
    it('does not begin anew while all of it is there, or nobody says why', async () => {
      record.putBack('today');
      await expect(anew()).rejects.toThrow(/All \d+ entries that were signed of .* are here/);
      await expect(anew({ reason: ' ' })).rejects.toThrow(/--reason takes one line/);
      record.putBack('yesterday', 'yesterday');
      // Neither store nor guard file knows better; a witness or a party may.
      await expect(anew()).rejects.toThrow(/name its checkpoint with --old-checkpoint/);
      await expect(anew({ oldCheckpoint: record.in('copy/payloads') })).rejects.toThrow(/it is no file/);
    });

    it('goes on under its next name, whose first entry names the last checkpoint of the old one', async () => {
      record.putBack('yesterday', 'yesterday');
      let between = 0;
      // What was recorded meanwhile is in no log that anybody signed.
      await record.served(
        async (api) => {
          await until(async () => (await ledgerWords(api)).includes('entente ledger begin-anew'));
          await done(api, `irritants/${scene.irritantId}/contest`, 'us-negotiator', {
            statement: { en: 'No.' },
          });
          await api.settled();
          between = sizeOf(api, scene.dialogueId);
        },
        { isWitnessed: true },
      );
      const said = await anew({ oldCheckpoint: record.in('copy/checkpoint') });
      expect(said).toContain(
        `The log ${origin} is over, of which ${lost} entries were signed. It goes on as ${origin}/2`,
      );
      const policy = policyIn(said);
      await record.served(
        async (api) => {
          await signedWhole(api, scene.dialogueId);
          expect(await ledgerWords(api)).toBe('checked; signing');
          const served = new Served(api, scene.dialogueId);
          expect((await served.text('checkpoint')).split('\n')[0]).toBe(`${origin}/2`);
          // The witness was told of no such log yet, and then is.
          expect((await newestOf(api, scene.dialogueId)).isCountersigned).toBe(false);
          await record.makeKnown(api, scene.dialogueId);
          const { code, lines } = await verdict(api, policy);
          expect([code, lines[0]]).toEqual([
            0,
            expect.stringContaining(`of ${origin}/2, from the first one on`),
          ]);
          expect(lines.join('\n')).toContain(
            `#${between} says that the log began anew. As ${origin} it had signed ${lost} entries, and not all of them are here`,
          );
          // Acts are signed for the new name, by the keys that the parties have; whoever has to sign still has to.
          const unsigned = await api.create('/v1/irritants', raising(scene.dialogueId), 'ru-negotiator');
          expect(unsigned.body).toMatchObject({ code: 'signature-missing' });
          const noted = await actSigned(
            api,
            testKey(7),
            'irritants',
            raising(scene.dialogueId),
            'ru-negotiator',
          );
          expect(noted.status).toBe(201);
          await signedWhole(api, scene.dialogueId);
          expect(await verdict(api, policy)).toMatchObject({ code: 0 });
          await record.mirror(api, scene.dialogueId, record.in('copy-2'));
        },
        { isWitnessed: true },
      );
    });

    it('tells whoever has the old log clearly that it began anew, and as what; their copy stays as it is', async () => {
      await record.served(
        async (api) => {
          await signedWhole(api, scene.dialogueId, true);
          const { body } = await api.get<{ news: readonly { says: string }[] }>(
            `/v1/dialogues/${scene.dialogueId}/ledger/trust`,
          );
          expect(body.news.map(({ says }) => says)).toEqual([
            expect.stringContaining('The disk of 3 March failed.'),
          ]);
          const before = readFileSync(record.in('copy/checkpoint'), 'utf8');
          await expect(record.mirror(api, scene.dialogueId, copy, old)).rejects.toThrow(
            new RegExp(
              `shows ${origin}/2: the log ${origin} began anew.*${lost} entries of the old log: keep it`,
            ),
          );
          expect(readFileSync(record.in('copy/checkpoint'), 'utf8')).toBe(before);
          expect(await verdict(api, old)).toMatchObject({
            code: 1,
            lines: [
              expect.stringContaining(`It knows ${origin}, which would have begun anew under that name`),
            ],
          });
        },
        { isWitnessed: true },
      );
    });

    it('is known to the guard file by its new name: an older copy is not signed', async () => {
      record.putBack('yesterday', 'none');
      await record.served(async (api) => {
        await until(async () => (await ledgerWords(api)).includes('ALARM'));
        expect(await ledgerWords(api)).toContain(
          `The guard file knows this log as ${origin}/2, and the record as ${origin}.`,
        );
      });
    });

    const resume = (from: string) => resumed({ from: [record.in(from)], data: record.folder });

    it('is brought again by a copy of its new name, and not by one of the old name, on which nothing could be signed', async () => {
      record.putBack('yesterday', 'none');
      await expect(resume('copy')).rejects.toThrow(
        `The guard file knows this log as ${origin}/2, and the copy as ${origin}: bring a copy of ${origin}/2`,
      );
      expect(await resume('copy-2')).toMatch(
        new RegExp(`^${origin}/2: \\d+ entries were missing, and the record has all \\d+ entries`),
      );
      await record.served(async (api) => {
        await signedWhole(api, scene.dialogueId);
        expect(await ledgerWords(api)).toBe('checked; signing');
        expect(await record.mirror(api, scene.dialogueId, record.in('copy-2'))).toBe(0);
      });
    });

    it('never takes a name that was signed: an older copy still goes on under the name after it', async () => {
      record.putBack('yesterday', 'none');
      // The guard file was told of the checkpoint that was named when the log began anew first.
      expect(await anew()).toContain(`knows ${origin}/2 as well, of which`);
      await record.served(async (api) => {
        await until(async () => (await ledgerWords(api)).includes('ALARM'));
        expect(await ledgerWords(api)).toContain('The guard file knows a signed checkpoint of');
      });
      const said = await anew({ reason: 'The second disk failed too.' });
      expect(said).toContain(`It goes on as ${origin}/3`);
      const policy = policyIn(said);
      await record.served(async (api) => {
        await signedWhole(api, scene.dialogueId);
        const { code, lines } = await verdict(api, policy);
        expect([code, lines[0]]).toEqual([
          0,
          expect.stringContaining(`of ${origin}/3, from the first one on`),
        ]);
        for (const name of [origin, `${origin}/2`])
          expect(lines.join('\n')).toContain(`As ${name} it had signed`);
        expect(await record.mirror(api, scene.dialogueId, record.in('copy-3'))).toBeGreaterThan(0);
        await expectAllOf(api, policy);
      });
    });

    /** What a log is checked and taken away with works on one that began anew twice. */
    async function expectAllOf(api: Api, policy: Policy): Promise<void> {
      const copied = record.in('copy-3');
      const read = (where: string) => openedSource(where, api.keys['reader']);
      const trust = { policy };
      expect(await verified(nodeCrypto, () => read(copied), trust)).toMatchObject({ code: 0 });
      const irritant = `irritant-${scene.irritantId}`;
      for (const [key, file] of [
        [irritant, 'one.tar'],
        [scene.dialogueId, 'all.tar'],
      ] as const) {
        await archived(record.in(file), (sink) => bundled(read(copied), sink, { key }));
        const { code, lines } = await verified(nodeCrypto, () => read(record.in(file)), trust);
        expect([file, code]).toEqual([file, 0]);
        expect(lines[0]).toContain(`${origin}/3`);
      }
      const statement = (where: string) => statementAt(where, policy, api.keys['reader']);
      const live = await statement(`${api.server.url}/v1/dialogues/${scene.dialogueId}/ledger/`);
      const said = await compared(live, await statement(copied), { logs: [read(copied)] });
      expect(said).toMatchObject({ found: 'agreement' });
      // The old name is another log, of which this policy knows nothing.
      await expect(statement(copy)).rejects.toThrow(`The policy knows no log called ${origin}`);
    }

    it('still tells what had been signed and countersigned by an instant under its first name', async () => {
      await record.served(
        async (api) => {
          for (const grade of ['logged', 'witnessed:witness.ru.example']) {
            const path = `/v1/irritants/${scene.irritantId}?knownAt=${yesterday}&grade=${grade}`;
            const { status, body } = await api.get<{ checkpoint: { note: string }; final: boolean }>(path);
            expect([grade, status, body.checkpoint?.note.split('\n')[0]]).toEqual([grade, 200, origin]);
            // Of the new name the log has signed since; the witness was told of none.
            expect(body.final).toBe(grade === 'logged');
          }
        },
        { isWitnessed: true },
      );
    });
  });
}
