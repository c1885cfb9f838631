import 'reflect-metadata';
import { describe, expect, it } from '@jest/globals';
import { Acts, pathFields } from '../../src/exchange-of-data/acts.js';
import { exportedAct } from '../../src/exchange-of-data/exported-act.js';
import { actOfRow } from '../../src/exchange-of-data/row-act.js';
import type { Stored } from '../../src/platform/record/envelope.js';
import type { Slice } from '../../src/platform/record/slice.js';
import { checked } from '../../src/platform/shapes/validation.js';
import { slices } from '../../src/slices.js';
import { eventsOf, keptStreams } from './kept.js';

const acts = new Acts(slices);
const dialogueId = '01960b3a-0000-7000-8000-000000000001';

/** What somebody can ask for, and does not follow by rule. */
const asked = new Set(acts.all.map(({ declaration }) => declaration.event));

/** What an import would find wrong with the shape of the row that the event goes out as. */
async function faultsOfRow(slice: Slice, event: Stored): Promise<readonly string[]> {
  const row = exportedAct(slice, dialogueId, event);
  if (row === undefined) return [];
  const values = JSON.parse(JSON.stringify(row)) as Record<string, unknown>;
  const { act, body } = actOfRow(acts, { line: 1, isText: false, values }, {});
  const inPath = Object.keys(pathFields(act));
  const sent = Object.fromEntries(Object.entries(body).filter(([name]) => !inPath.includes(name)));
  const owner = act.schema.data['dialogueId']?.kind === 'id' && act.declaration.path === null;
  const { faults } = await checked(act.bodyClass, owner ? { ...sent, dialogueId } : sent);
  const missing = inPath.filter((name) => typeof body[name] !== 'string');
  return [...faults.all.map(({ pointer, detail }) => `${event.type} ${pointer} ${detail}`), ...missing];
}

describe('What was stored goes out as a row that an import can read', () => {
  it.each(slices.map((slice) => [slice.name, slice] as const))(
    'of every type in streams of %s',
    async (_, slice) => {
      const events = keptStreams(slice).flatMap(({ lines }) => eventsOf(lines));
      expect(events.length).toBeGreaterThan(0);
      // Words that were erased are not there to be brought in.
      const whole = events.filter(({ erased }) => !erased);
      expect((await Promise.all(whole.map((one) => faultsOfRow(slice, one)))).flat()).toEqual([]);
      const silent = events.filter((one) => exportedAct(slice, dialogueId, one) === undefined);
      const told = silent.filter(({ act, type }) => act.capacity !== 'derived' && asked.has(type));
      expect(new Set(told.map(({ type }) => type))).toEqual(
        new Set(slice.name === 'dialogues' ? ['DialogueOpened'] : []),
      );
    },
  );
});
