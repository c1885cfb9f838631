import { describe, expect, it } from '@jest/globals';
import { nobodyBrought } from './lacking-logs.js';

const one = { id: 'one', origin: 'localhost/one', known: 9, size: 7 };
const two = { id: 'two', origin: 'localhost/two', known: 1, size: 0 };

describe('The logs of which nobody has brought a copy', () => {
  it('are all told at once, since one call names a copy of each', () => {
    expect(nobodyBrought([one, two])).toBe(
      'The guard file knows that 9 entries of localhost/one were signed, and the record gives 7; 1 entry of localhost/two was signed, and the record gives 0. Bring a copy of each of these logs with --from; where nobody has one, say so as with "--without one two": those logs then have to begin anew.',
    );
  });

  it('are told alone where there is one', () => {
    expect(nobodyBrought([one])).toBe(
      'The guard file knows that 9 entries of localhost/one were signed, and the record gives 7: bring a copy of that log with a further --from, or say with "--without one" that nobody has one; that log then has to begin anew.',
    );
  });
});
