import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { amendmentCommands } from '../../src/platform/commands/amendment.commands.js';
import { commandRoutesOf } from '../../src/platform/commands/command-route.js';
import { ruleOf } from '../../src/cli/rule-files.js';
import { rights } from '../../src/rights.js';
import { slices } from '../../src/slices.js';
import { endAll, run } from '../faults/child.js';
import type { Ended } from '../faults/child.js';
import { compiledProgram } from '../faults/program.js';
import { expectSuccess } from './expectations.js';
import { Folders } from './folders.js';

const folders = new Folders();
const commands = new Map(slices.flatMap(commandRoutesOf).map((one) => [one.operationId, one]));
let printed: Ended;
let rows: readonly (readonly string[])[];

beforeAll(async () => {
  await compiledProgram();
  printed = await run(['routes'], { cwd: folders.top });
  expectSuccess(printed);
  rows = printed.stdout
    .trimEnd()
    .split('\n')
    .map((line) => line.split(/ +/));
});

afterAll(async () => {
  await endAll();
  folders.remove();
});

function rowOf(operation: string): readonly string[] | undefined {
  return rows.find(([, , name]) => name === operation);
}

describe('The list of operations', () => {
  it('is all that is printed', () => expect(printed.stderr).toBe(''));

  it('has every operation that somebody may have a right to, and no other', () => {
    expect(new Set(rows.map(([, , name]) => name))).toEqual(new Set(Object.keys(rights)));
  });

  it('has the method, the address and the fields of the body', () => {
    expect(rowOf('raiseIrritant')?.slice(0, 2)).toEqual(['POST', '/v1/irritants']);
    expect(rowOf('makeKey')?.[4]).toBe('name,party?,roles,dialogues?,days?,principalId?');
    expect(rowOf('listIrritants')).toEqual(['GET', '/v1/irritants', 'listIrritants', '-', '-']);
  });

  it('follows a case to the file that decides it', () => {
    expect(rowOf('allegeBreach')?.[3]).toBe('src/commitments/commitment-breach.decider.ts');
    expect(rowOf('concludeRound')?.[3]).toBe('src/rounds/round-holding.decider.ts');
  });

  it.each([...commands])('has the file in which the rule of %s stands', (operation, route) => {
    const { name, slice, declaration } = route;
    const file = rowOf(operation)?.[3] ?? '';
    const { by } = ruleOf(slice.name, name);
    const isAmendment = Object.hasOwn(amendmentCommands, name);
    expect(file).toMatch(
      isAmendment ? /^src\/platform\/commands\/amending/ : new RegExp(`^src/${slice.name}/`),
    );
    const words = by === undefined ? `\\b(${name}|${declaration.event})\\b` : `export function ${by}\\(`;
    expect(readFileSync(file, 'utf8')).toMatch(new RegExp(words));
  });
});
