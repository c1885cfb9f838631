import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { graphFault } from './roadmap-graph.facts.js';
import type { Step } from './roadmap.facts.js';

const step = (stepId: string, over: Partial<Step> = {}): Step => ({
  stepId,
  responsible: 'RU',
  after: [],
  mandatory: true,
  ...over,
});

describe('The order of the steps', () => {
  it('may branch and meet again', () => {
    const steps = [
      step('a'),
      step('b', { after: ['a'] }),
      step('c', { after: ['a'] }),
      step('d', { after: ['b', 'c'] }),
    ];
    expect(graphFault(steps)).toBeUndefined();
  });
  it('has no circle, and a circle is named', () => {
    const steps = [
      step('a', { after: ['c'] }),
      step('b', { after: ['a'] }),
      step('c', { after: ['b'] }),
      step('d'),
    ];
    const fault = graphFault(steps);
    expect(fault).toMatchObject({ kind: 'circle' });
    expect(fault?.kind === 'circle' ? [...fault.stepIds].sort() : []).toEqual(['a', 'b', 'c']);
  });
  it('does not let a step wait for itself', () => {
    expect(graphFault([step('a', { after: ['a'] })])).toEqual({ kind: 'circle', stepIds: ['a'] });
  });
  it('names only steps that are there, each once', () => {
    expect(graphFault([step('a', { after: ['x'] })])).toEqual({ kind: 'unknown', stepId: 'a', named: 'x' });
    expect(graphFault([step('a', { counterpart: 'x' })])).toEqual({
      kind: 'unknown',
      stepId: 'a',
      named: 'x',
    });
    expect(graphFault([step('a'), step('a')])).toEqual({ kind: 'twice', stepId: 'a' });
  });
});

describe('Counterpart steps', () => {
  const us = { responsible: 'US' };
  it('are of the two sides, due together', () => {
    const due = '2025-09';
    expect(
      graphFault([step('a', { counterpart: 'b', due }), step('b', { ...us, counterpart: 'a', due })]),
    ).toBeUndefined();
    expect(graphFault([step('a', { counterpart: 'b' }), step('b', us)])).toBeUndefined();
    expect(graphFault([step('a', { counterpart: 'b', due }), step('b', us)])?.kind).toBe(
      'counterpart-due-apart',
    );
    expect(graphFault([step('a', { counterpart: 'b' }), step('b')])?.kind).toBe('counterpart-of-same-party');
    expect(graphFault([step('a', { counterpart: 'a' })])?.kind).toBe('counterpart-of-itself');
  });
  it('are pairs', () => {
    const two = [step('a', { counterpart: 'b' }), step('b', { ...us, counterpart: 'c' }), step('c')];
    expect(graphFault(two)?.kind).toBe('counterpart-of-another');
    const both = [step('a', { counterpart: 'b' }), step('c', { counterpart: 'b' }), step('b', us)];
    expect(graphFault(both)?.kind).toBe('counterpart-of-another');
  });
  it('count as one in the order: what comes after one can not come before the other', () => {
    const steps = [step('a', { counterpart: 'b', after: ['c'] }), step('b', us), step('c', { after: ['b'] })];
    expect(graphFault(steps)?.kind).toBe('circle');
    expect(graphFault([step('a', { counterpart: 'b', after: ['b'] }), step('b', us)])?.kind).toBe('circle');
  });
});

describe('Any graph of steps', () => {
  const size = 12;
  /** Whether the steps can be taken one after another, found by taking whatever waits for nothing. */
  function canBeTaken(steps: readonly Step[]): boolean {
    const left = new Map(steps.map((one) => [one.stepId, new Set(one.after)]));
    for (let taken = true; taken;) {
      taken = false;
      for (const [id, before] of left) {
        if ([...before].some((one) => left.has(one))) continue;
        left.delete(id);
        taken = true;
      }
    }
    return left.size === 0;
  }

  it('is refused exactly when its steps can not be taken in some order', () => {
    const ids = Array.from({ length: size }, (_, index) => `s${index}`);
    const edges = fc.array(fc.tuple(fc.nat({ max: size - 1 }), fc.nat({ max: size - 1 })), { maxLength: 16 });
    fc.assert(
      fc.property(edges, (pairs) => {
        const steps = ids.map((id, index) =>
          step(id, { after: pairs.flatMap(([from, to]) => (from === index ? [`s${to}`] : [])) }),
        );
        const fault = graphFault(steps);
        expect(fault === undefined).toBe(canBeTaken(steps));
        if (fault?.kind !== 'circle') return;
        // What is named is a circle indeed: each waits for the next, and the last for the first.
        for (const [index, id] of fault.stepIds.entries()) {
          const next = fault.stepIds[(index + 1) % fault.stepIds.length];
          expect(steps.find((one) => one.stepId === id)?.after).toContain(next);
        }
      }),
      { numRuns: 2_000 },
    );
  });

  it('of 500 steps in one chain is followed to its end', () => {
    const steps = Array.from({ length: 500 }, (_, index) =>
      step(`s${index}`, { after: index === 0 ? ['s499'] : [`s${index - 1}`] }),
    );
    expect(graphFault(steps)).toMatchObject({ kind: 'circle' });
    expect(
      graphFault(steps.map((one, index) => (index === 0 ? { ...one, after: [] } : one))),
    ).toBeUndefined();
  });
});
