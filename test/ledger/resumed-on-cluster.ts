import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Facade } from '#libs/event-store-eventstoredb/testing';
import { nodeCrypto } from '#libs/ledger';
import { verified } from '../../src/checking/verifying.js';
import { begunAnew } from '../../src/cli/begin-anew.command.js';
import { resumed } from '../../src/cli/resume.command.js';
import { policyIn, RestoredRecord, signedWhole } from './restored-record.js';
import { Served } from '../support/mirrored.js';
import { done, made } from '../support/acting.js';
import type { Api } from '../support/api.js';
import { raising, setScene } from '../support/scene.js';
import type { Scene } from '../support/scene.js';
import { onCluster } from '../cluster/runs.js';

/** The same where the record is in a cluster. */
export function resumingOnACluster(): void {
  const record = new RestoredRecord();
  const facade = new Facade();
  const copy = record.in('copy');
  let scene: Scene;
  let yesterday = 0;

  const served = <T>(use: (api: Api) => Promise<T>) =>
    record.served(use, { storeUrl: facade.connectionString('record') });
  const resume = () =>
    onCluster(facade.connectionString('record'), () => resumed({ from: [copy], data: record.folder }));

  beforeAll(async () => {
    await record.begin();
    await facade.start();
  });
  afterAll(async () => {
    await facade.stop();
    await record.end();
  });

  describe('A backup of yesterday, put in place of the cluster', () => {
    it('is signed on once what is missing was appended', async () => {
      await served(async (api) => {
        scene = await setScene(api);
        await signedWhole(api, scene.dialogueId);
      });
      const { log } = facade.database('record');
      yesterday = log.all.length;
      await served(async (api) => {
        const irritant = `irritants/${scene.irritantId}`;
        await done(api, `${irritant}/contest`, 'us-negotiator', { statement: { en: 'Never ours.' } });
        await done(api, `${irritant}/acknowledge`, 'us-negotiator');
        await signedWhole(api, scene.dialogueId);
        await record.mirror(api, scene.dialogueId, copy);
      });
      const database = facade.database('record');
      database.log = log.asOf(yesterday);
      expect(await resume()).toMatch(/2 entries were missing/);
      record.forgetReadModels();
      await served(async (api) => {
        await signedWhole(api, scene.dialogueId);
        expect(await record.mirror(api, scene.dialogueId, copy)).toBe(0);
        const { dialogueId } = scene;
        const { key } = await made<{ key: string }>(api, 'irritants', 'ru-negotiator', raising(dialogueId));
        expect(key).toMatch(/-2$/);
        await signedWhole(api, dialogueId);
      });
    });

    it('goes on under the next name where nobody has what is missing, and under the one after it the second time', async () => {
      const database = facade.database('record');
      const origin = `localhost/${scene.dialogueId}`;
      const checkpoint = record.in('copy/checkpoint');
      const anew = (more: object = {}) =>
        onCluster(facade.connectionString('record'), () =>
          begunAnew(scene.dialogueId, { reason: 'The cluster is lost.', data: record.folder, ...more }),
        );
      for (const [times, name] of [
        [1, `${origin}/2`],
        [2, `${origin}/3`],
      ] as const) {
        database.log = database.log.asOf(yesterday);
        record.forgetReadModels();
        const first = await anew({ oldCheckpoint: checkpoint });
        // In the state of the cluster that is gone the guard file knows the second name.
        if (times === 2) {
          expect(first).toContain('Do the same once more');
          await expect(anew({ oldCheckpoint: checkpoint })).rejects.toThrow(
            `is a checkpoint of ${origin}, and the log is called ${origin}/2`,
          );
        }
        const said = times === 2 ? await anew() : first;
        expect(said).toContain(`It goes on as ${name}`);
        await served(async (api) => {
          await signedWhole(api, scene.dialogueId);
          const policy = policyIn(said);
          const log = () => new Served(api, scene.dialogueId);
          expect(await verified(nodeCrypto, log, { policy })).toMatchObject({ code: 0 });
          await record.mirror(api, scene.dialogueId, record.in(`copy-${times + 1}`), policy);
        });
      }
    });
  });
}
