import { describe, expect, it } from '@jest/globals';
import { isHeld } from './index.js';

describe('If-None-Match', () => {
  it.each([
    ['"3"', true],
    [' "3" ', true],
    ['W/"3"', true],
    ['"1", "3"', true],
    ['"1",W/"3" ,"x"', true],
    ['*', true],
    [undefined, false],
    ['', false],
    ['3', false],
    ['"33"', false],
    ['"1", "2"', false],
    ['w/"3"', false],
    ['*, "3"', false],
    ['"3" "3"', false],
    ['"a"3"', false],
  ])('%s holds "3": %s', (header, held) => {
    expect(isHeld(header, '"3"')).toBe(held);
  });
});
