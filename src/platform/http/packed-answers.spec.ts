import { describe, expect, it } from '@jest/globals';
import { codingFor } from './packed-answers.js';

describe('The coding of an answer', () => {
  it.each([
    [undefined, undefined],
    ['', undefined],
    ['identity', undefined],
    ['deflate, zstd', undefined],
    ['*', undefined],
    ['gzip', 'gzip'],
    ['GZIP', 'gzip'],
    ['x-gzip', 'gzip'],
    ['gzip, deflate, br', 'br'],
    ['br;q=0, gzip', 'gzip'],
    ['br;q=0.5, gzip;q=0.8', 'gzip'],
    ['gzip ; q=0.8 , br ; q=0.8', 'br'],
    ['gzip;q=0', undefined],
    ['gzip;q=none', undefined],
    ['identity, gzip;q=0.5', undefined],
    ['identity;q=0.5, gzip', 'gzip'],
  ])('is what the client would have: %s', (accepted, coding) => {
    expect(codingFor(accepted)).toBe(coding);
  });
});
