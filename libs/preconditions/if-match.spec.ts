import { describe, expect, it } from '@jest/globals';
import { isMatched } from './index.js';

describe('If-Match on a read', () => {
  it.each([
    ['"3"', true],
    [' "3" ', true],
    ['"1", "3"', true],
    ['W/"1","3"', true],
    ['*', true],
    [undefined, true],
    ['', true],
    ['W/"3"', false],
    ['"33"', false],
    ['"1", "2"', false],
    ['3', false],
    ['*, "3"', false],
    ['"3" "3"', false],
    ['"a"3"', false],
  ])('%s holds for "3": %s', (header, holds) => {
    expect(isMatched(header, '"3"')).toBe(holds);
  });

  it('holds for what has no tag only where anything will do', () => {
    expect([isMatched('*', undefined), isMatched('"3"', undefined)]).toEqual([true, false]);
  });
});
