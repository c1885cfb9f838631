import { rmSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { nodeCrypto, parsePolicy } from '#libs/ledger';
import type { Policy } from '#libs/ledger';
import { verified } from '../../src/checking/verifying.js';
import { rotateKey } from '../../src/ledger/signing.js';
import { browse, cookieOf } from '../pages/reading.js';
import type { Api } from '../support/api.js';
import { Served } from '../support/mirrored.js';
import { setScene } from '../support/scene.js';
import type { Scene } from '../support/scene.js';
import { until } from '../support/settling.js';
import { newestOf, RestoredRecord, signedWhole } from './restored-record.js';

/** What a log says of itself is told to whoever reads or verifies it. */
export function sayingOfItself(): void {
  const record = new RestoredRecord();
  let scene: Scene;
  let before: Policy;

  interface Trust {
    readonly keys: readonly string[];
    readonly news: readonly { readonly says: string }[];
  }

  /** What the log says of itself, as whoever verifies is told, as the server tells, and as the history has it. */
  async function said(api: Api, policy: Policy) {
    await signedWhole(api, scene.dialogueId);
    const { code, lines } = await verified(nodeCrypto, () => new Served(api, scene.dialogueId), { policy });
    const { body: trust } = await api.get<Trust>(`/v1/dialogues/${scene.dialogueId}/ledger/trust`);
    const cookie = cookieOf(api, 'auditor');
    const { text: page } = await browse(api.server.url, `/dialogues/${scene.dialogueId}/trust`, { cookie });
    const types = await api.types('dialogues', scene.dialogueId);
    return { code, lines: lines.join('\n'), trust, page, types };
  }

  const keysOf = async (api: Api) => (await new Served(api, scene.dialogueId).text('keys')).split('\n');
  /** Somebody who was given the first key of the log another way. */
  const trusting = (line: string) => parsePolicy(nodeCrypto, Buffer.from(`log ${line}\nquorum none\n`));
  const idOf = (line: string) => line.split('+')[1]!;

  beforeAll(async () => {
    await record.begin();
    await record.served(async (api) => {
      scene = await setScene(api);
      await until(async () => (await newestOf(api, scene.dialogueId)).size > 0);
      const [line = ''] = await keysOf(api);
      before = trusting(line);
      await signedWhole(api, scene.dialogueId);
    });
  });
  afterAll(() => record.end());

  describe('What a log says of itself', () => {
    it('is that its key was changed, by which the old one is enough while both sign; and that the guard file was lost', async () => {
      rotateKey(record.files.key, false);
      const [next = '', old = ''] = await record.served(async (api) => {
        await until(async () => (await api.types('dialogues', scene.dialogueId)).includes('LogKeyRotated'));
        const { code, lines, trust, types } = await said(api, before);
        const ids = (await keysOf(api)).filter((_, at) => at % 2 === 0).map(idOf);
        expect(code).toBe(0);
        expect(lines).toMatch(
          new RegExp(
            `#\\d+ says that the key of the log was changed: ${ids[0]} and ${ids[1]} sign from there on\\.`,
          ),
        );
        expect(trust.news.map(({ says }) => says)).toEqual([
          `The key of the log was changed: ${ids[0]} and ${ids[1]} sign from here on`,
        ]);
        expect(types.filter((type) => type === 'LogKeyRotated')).toHaveLength(1);
        return (await keysOf(api)).filter((_, at) => at % 2 === 0);
      });
      rotateKey(record.files.key, true);
      rmSync(record.files.guard);
      await record.served(
        async (api) => {
          await until(async () => (await said(api, trusting(next))).trust.news.length === 3);
          const { code, lines, page, types } = await said(api, trusting(next));
          expect(code).toBe(0);
          expect(lines).toContain(`${idOf(next)} signs from there on, and ${idOf(old)} no more.`);
          expect(lines).toMatch(
            /says that the guard file was lost: that \d+ entries were signed, only the operator/,
          );
          expect(page).toContain('What the log says of itself');
          expect(types.filter((type) => type === 'GuardLossAccepted')).toHaveLength(1);
          // Nobody has recorded for a side by that.
          const { body } = await api.get<{ kept: unknown }>(`/v1/dialogues/${scene.dialogueId}`);
          expect(body.kept).toEqual({ by: 'both' });
          // Whoever was told nothing of the new key takes nothing that it signed.
          expect(await said(api, before)).toMatchObject({ code: 1 });
        },
        { acceptLedgerLoss: true },
      );
    });
  });
}
