import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { ledgerFiles, makeLedgerFiles } from '../../src/ledger/signing.js';
import { setScene } from '../support/scene.js';
import { actSigned, registerFirst, requireSigned } from '../support/signing.js';
import { until } from '../support/settling.js';
import { folderByHand, readiness } from './folder-by-hand.js';

const folder = folderByHand();
const { settings, changeByHand, putAside, putBack, served } = folder;

describe('An act that somebody put into the store as the word of a party that signs its acts', () => {
  /** The last act of the party again, behind it: `meta` is what stands in its envelope by then. */
  const putIn = (meta: string) =>
    changeByHand(
      `INSERT INTO events (stream, revision, id, type, data, content, salt, meta, recorded_at, checksum)
       SELECT stream, revision + 1, 'put-in', type, data, content, salt, ${meta}, recorded_at, 0
       FROM events WHERE type = 'PositionStated' ORDER BY position DESC LIMIT 1`,
    );
  /** What is not signed at all is found void by rule, and no alarm. */
  const wrongWord =
    /ALARM: dialogue \S+, leaf \d+: Of the signature of the act: .*No event says that it is void/;

  /** What is said of the ledger once something is wrong with it. */
  const alarmed = () =>
    served(async (api) => {
      await until(async () => wrongWord.test((await readiness(api)).ledger));
      return (await readiness(api)).ledger;
    });

  afterAll(() => folder.remove());
  beforeAll(async () => {
    makeLedgerFiles(settings, ledgerFiles(settings)!);
    await served(async (api) => {
      const scene = await setScene(api);
      const key = await registerFirst(api, scene.dialogueId, 'RU', 7);
      await requireSigned(api, scene.dialogueId, 'RU', key);
      const position = { stance: 'contests', text: { en: 'All nine were ours.' } };
      const path = `irritants/${scene.irritantId}/state-position`;
      await actSigned(api, key, path, position, 'ru-negotiator');
      await api.settled();
    });
    putAside('signed');
  });

  it('is told apart from those that the party signed, of which there is no alarm', async () => {
    putBack('signed');
    expect((await served(readiness)).ledger).toBe('checked; signing');
  });

  it('raises an alarm where it has the signature of another act', async () => {
    putBack('signed');
    putIn('meta');
    expect(await alarmed()).toMatch(wrongWord);
  });

  it('raises an alarm where a bit of its signature is another one', async () => {
    putBack('signed');
    putIn(
      `json_replace(meta, '$.signature.signature', 'AAAA' || substr(meta ->> '$.signature.signature', 5))`,
    );
    expect(await alarmed()).toMatch(wrongWord);
  });
});
