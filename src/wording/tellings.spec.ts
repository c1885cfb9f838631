import { describe, expect, it } from '@jest/globals';
import type { Entry } from './tellings.js';
import { tellingOf } from './tellings.js';

const text = { en: 'It regrets.' };
const wording = [{ as: 'summary' }];

function entry(seq: number, recorderParty: string | null, more: object, reading?: readonly object[]): Entry {
  const act = { party: recorderParty, capacity: 'direct', recorderParty };
  const type = reading === undefined ? 'PositionStated' : 'EventCorrected';
  const envelope = { id: `e${seq}`, type, act, ...more };
  return {
    seq,
    summary: '',
    event: { envelope, data: { reading }, content: { text } },
  } as unknown as Entry;
}

describe('Whose the words of a correction are', () => {
  const act = { party: 'RU', capacity: 'attributed', recorderParty: 'US' };
  const stated = entry(1, 'US', { act, wording });
  const first = entry(2, null, {}, [{ field: 'text' }]);
  const again = entry(3, 'RU', {}, [{ field: 'text', as: 'e2' }]);
  const rowOf = (one: Entry, all: readonly Entry[]) => tellingOf(one, stated, all).worded.wording?.at(-1);
  const bySecretariat = { as: 'summary', field: 'text', by: 'the secretariat' };

  it('is told by the earlier one in which they first read so, where that counts', () => {
    expect(rowOf(again, [stated, first, again])).toEqual(bySecretariat);
    const out = { ...first, standing: 'dropped' as const };
    expect(rowOf(again, [stated, out, again])).toEqual({ as: 'own', field: 'text' });
  });
  it('is told by no later one, whatever a correction says', () => {
    const ahead = entry(2, null, {}, [{ field: 'text', as: 'e3' }]);
    expect(rowOf(ahead, [stated, ahead, again])).toEqual(bySecretariat);
  });
});
