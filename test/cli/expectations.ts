import { expect } from '@jest/globals';
import type { Ended } from '../faults/child.js';

/** What a person gets to see of a failure: one line that says what is wrong, on stderr, and no trace of the inside. */
export function expectFailure(ended: Ended, code: number, says: RegExp): void {
  expect({ code: ended.code, stdout: ended.stdout }).toEqual({ code, stdout: '' });
  expect(ended.stderr).toMatch(says);
  expect(ended.stderr).toMatch(/^entente: [^\n]+[.)]\n$/);
  expectNoTrace(ended);
}

export function expectNoTrace({ stdout, stderr }: Ended): void {
  expect(stdout + stderr).not.toMatch(/\n\s+at |node:internal|[\w/]\.js:\d|undefined|\[object/);
}

export function expectSuccess(ended: Ended): void {
  expect({ code: ended.code, stderr: ended.stderr }).toEqual({ code: 0, stderr: '' });
}
