import { expect, it } from '@jest/globals';
import fc from 'fast-check';
import { nodeCrypto } from './index.js';
import { SeenIds } from './seen-ids.js';

const nil = '00000000-0000-0000-0000-000000000000';
/** UUIDs, few of them, and what is nearly one or is written as none is. */
const anId = fc.oneof(
  fc.uuid(),
  fc.nat({ max: 40 }).map((at) => `0199c8b0-0000-7000-8000-${String(at).padStart(12, '0')}`),
  fc.constantFrom(nil, '0199C8B0-0000-7000-8000-000000000001', '0199c8b000007000-8000-000000000001-'),
  fc.constantFrom('', 'a', '-'.repeat(36), `${nil}0`, '0199c8b0-0000-7000-8000-00000000000g'),
  fc.stringMatching(/^[0-9a-f-]{36}$/),
);

it('an id that has passed is found, and no other is taken for it, whatever ids are and whatever the seed is', () => {
  fc.assert(
    fc.property(fc.array(anId, { maxLength: 3_000, size: 'max' }), fc.integer(), (ids, seed) => {
      const seen = new SeenIds(nodeCrypto, seed);
      const passed = new Set<string>();
      for (const id of ids) {
        const add = () => seen.add(id);
        if (passed.has(id)) expect(add).toThrow(`An event before it has the same id, ${id}.`);
        else add();
        passed.add(id);
      }
    }),
    { numRuns: 30 },
  );
});
