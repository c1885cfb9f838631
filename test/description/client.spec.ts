import 'reflect-metadata';
import { describe as group, expect, it } from '@jest/globals';
import { describe } from '../../src/description/document.js';
import { policyTable } from '../../src/policy-table.js';
import { slices } from '../../src/slices.js';
import { compileClient } from './generated-client.js';

/** The compiler reads the whole description twice: as types, and as what the client calls. */
const compilingMs = 120_000;

group('a client generated from the description', () => {
  it(
    'compiles under the strictest settings',
    async () => {
      expect((await compileClient(describe(slices, policyTable))).faults).toEqual([]);
    },
    compilingMs,
  );
});
