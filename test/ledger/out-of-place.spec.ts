import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { DatabaseSync } from 'node:sqlite';
import { parsePosition } from '#libs/event-store';
import { byHand, inViews } from '../faults/damaged-folder.js';
import { openTalks } from '../support/scene.js';
import { folderByHand, readiness } from './folder-by-hand.js';

const folder = folderByHand();
const { settings, putAside, putBack, served } = folder;
/** Sources of one dialogue and of another in turn, the first of which stands at the fourth leaf of each. */
const places: { readonly stream: string; readonly position: number; readonly ordinal: number }[] = [];
let [one, other] = ['', ''];

beforeAll(async () => {
  await served(async (api) => {
    [one, other] = [(await openTalks(api)).dialogueId, (await openTalks(api)).dialogueId];
    const source = { kind: 'press', issuers: [], lang: 'en', held: false, title: 'Late', citation: 'Late' };
    for (const dialogueId of [one, other, one, other, one, other])
      await api.create('/v1/sources', { dialogueId, ...source });
    await api.settled();
    const { record } = api.server.record.projections;
    for (const { ordinal, event } of record.after(record.headOrdinal - 6, 6)) {
      const position = Number(parsePosition(event.position).commit);
      places.push({ stream: event.stream, position, ordinal });
    }
  });
  putAside('whole');
});
afterAll(() => folder.remove());

const told = (dialogueId: string, seq: number, because: string) =>
  `dialogue ${dialogueId}, leaf ${seq}: ${because}`;
const at = (place: number) => places[place]!;
const inStore = (work: (database: DatabaseSync) => void) => byHand(settings.directory, work);
const move = (database: DatabaseSync, from: number, to: number) =>
  database.prepare('UPDATE events SET position = ? WHERE position = ?').run(to, from);

describe('Of a store that somebody changed, the scrubber names each dialogue once, and none that is as it was', () => {
  const cases = [
    {
      name: 'an event that is gone and the next one, of another dialogue, backdated',
      change: () =>
        inStore((database) => {
          database.exec(`DELETE FROM events WHERE position = ${at(0).position}`);
          const next = `WHERE position = ${at(1).position}`;
          database.exec(`UPDATE events SET recorded_at = '2020-01-01T00:00:00.000Z' ${next}`);
        }),
      alarms: () => [
        told(one, 4, 'its SourceRegistered is gone from the store'),
        told(other, 4, 'the store gives another leaf than was logged'),
      ],
    },
    {
      name: 'two events of one dialogue, each in the place of the other',
      change: () =>
        inStore((database) => {
          move(database, at(0).position, 1_000);
          move(database, at(4).position, at(0).position);
          move(database, 1_000, at(4).position);
        }),
      alarms: () => [
        told(one, 4, `in its place the store holds a SourceRegistered, revision 0 of ${at(4).stream}`),
      ],
    },
    {
      name: 'an event of one dialogue in the place of one of the other',
      change: () =>
        inStore((database) => {
          const made = `stream = '${at(0).stream}', revision = 1, id = 'put-in'`;
          database.exec(`UPDATE events SET ${made} WHERE position = ${at(3).position}`);
        }),
      alarms: () => [
        told(other, 5, `in its place the store holds a SourceRegistered, revision 1 of ${at(0).stream}`),
        told(one, 6, 'the store holds a SourceRegistered there that was never logged'),
      ],
    },
    {
      name: 'an event that the read models alone lack',
      change: () =>
        inViews(settings.directory, `DELETE FROM record_v1_s1_events WHERE ordinal = ${at(2).ordinal}`),
      alarms: () => [
        told(
          one,
          5,
          `its SourceRegistered, revision 0 of ${at(2).stream}, is gone from the read models. The read models are damaged: stop the server and run "entente rebuild", which makes them anew from the store. Nothing is lost.`,
        ),
      ],
    },
  ];

  it.each(cases)('$name', async ({ change, alarms }) => {
    putBack('whole');
    change();
    await served(async (api) => {
      const { ledger } = await readiness(api);
      expect(ledger.replace(/; checked; .*/, '')).toBe(`ALARM: ${alarms().join('; ')}`);
    });
  });
});
