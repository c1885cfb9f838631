import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Facade } from '#libs/event-store-eventstoredb/testing';
import { resumed } from '../../src/cli/resume.command.js';
import { RestoredRecord, signedWhole } from './restored-record.js';
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
      const yesterday = log.all.length;
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
  });
}
