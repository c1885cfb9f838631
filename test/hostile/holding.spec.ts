import 'reflect-metadata';
import { describe, expect, it } from '@jest/globals';
import { validate } from 'class-validator';
import fc from 'fast-check';
import { commandRoutesOf } from '../../src/platform/commands/command-route.js';
import { classOf, isEmptyClass, shapeOf } from '../../src/platform/shapes/body-class.js';
import { Faults } from '../../src/platform/shapes/faults.js';
import { holds } from '../../src/platform/shapes/holding.js';
import { instanceOf, isObject } from '../../src/platform/shapes/sent.js';
import { slices } from '../../src/slices.js';
import { seed } from './runs.js';
import { spoilt } from './values.js';

const bodiesOfEach = 12;

const routes = slices.flatMap(commandRoutesOf).filter(({ bodyClass }) => !isEmptyClass(bodyClass));

/** Bodies of the command, the first one right, and the others right but for one thing. */
const bodiesOf = (example: object): readonly unknown[] => [
  example,
  ...fc.sample(spoilt(example), { numRuns: bodiesOfEach, seed }),
];

/** Whether each way of checking takes it. */
async function takenBy(route: (typeof routes)[number], body: Readonly<Record<string, unknown>>) {
  const instance = instanceOf(shapeOf(route.bodyClass), body, [], new Faults(), classOf);
  // Before: what was not looked at yet must not be known by the report alone.
  const short = holds(instance);
  const report = await validate(instance, { whitelist: true, forbidNonWhitelisted: true });
  return { short, long: report.length === 0 };
}

describe('What is sent', () => {
  it('is taken without a report on it just where the report would find nothing', async () => {
    let [taken, refused] = [0, 0];
    for (const route of routes) {
      for (const body of bodiesOf(route.declaration.example).filter(isObject)) {
        const { short, long } = await takenBy(route, body);
        if (short !== long) throw new Error(`${route.operationId}, seed ${seed}: ${JSON.stringify(body)}`);
        if (long) taken += 1;
        else refused += 1;
      }
    }
    expect(taken).toBeGreaterThan(routes.length);
    expect(refused).toBeGreaterThan(routes.length * 3);
  });

  it('is not taken with a field that the class does not have, wherever it came from', () => {
    for (const { bodyClass } of routes) {
      const instance = Object.assign(new bodyClass(), { nobodyKnowsThis: 1 });
      expect(holds(instance)).toBe(false);
    }
  });
});
