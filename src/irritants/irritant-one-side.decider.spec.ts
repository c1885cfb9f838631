import { describe, expect, it } from '@jest/globals';
import { drawn } from '#libs/decider/testing';
import {
  given,
  letRest,
  raised,
  reached,
  reopened,
  reviewed,
  stateOf,
} from '../../test/support/irritant-given.js';
import { currentMilestone } from './irritant-stage.facts.js';

describe('What began by the word of one side', () => {
  const by = { kind: 'roadmap', id: 'r' } as const;
  const begins = { type: 'ImplementationBegan', by, basis: 'direct', restsOn: [] } as const;
  const began = (side?: string, basis = 'direct') =>
    reached('ImplementationBegan', { by, ...(side === undefined ? {} : { byWordOf: side }) }, basis);
  const asks = (type: 'ReachMilestone' | 'BetterMilestone', side?: string) =>
    drawn(type, { ...begins, ...(side === undefined ? {} : { byWordOf: side }) });
  const confirming = asks('BetterMilestone');

  it('is by both once the other side says so too, and is so once', () => {
    given([raised, began('RU')], confirming).records('ImplementationBegan');
    given([raised, began('RU', 'attributed'), began('RU')], confirming).records('ImplementationBegan');
    given([raised, began('RU'), began()], confirming).changesNothing();
    given([raised, began()], asks('ReachMilestone', 'RU')).changesNothing();
  });

  it('begins by each side once, by a step of its own', () => {
    given([raised, began('RU')], asks('ReachMilestone', 'RU')).changesNothing();
    given([raised, began('RU')], asks('ReachMilestone', 'US')).records('ImplementationBegan');
  });

  it('begins by no word of the other side on it where it never did, or where both have gone back on it', () => {
    given([raised], confirming).changesNothing();
    given([raised, began('RU'), ...reviewed('raised')], confirming).changesNothing();
  });

  it('is by both also where the other side says so while the matter rests, and has that once it is reopened', () => {
    const resting = [raised, began('RU'), ...letRest];
    given(resting, confirming).records('ImplementationBegan');
    given(resting, asks('ReachMilestone')).records('ImplementationBegan');
    given(resting, asks('ReachMilestone', 'US')).refuses('IRRITANT_CLOSED');
    const said = stateOf(...resting, began());
    // What closed it stays the last, by which it is reopened.
    expect(said.milestones.at(-1)).toMatchObject({ stage: 'dormant' });
    expect(currentMilestone(stateOf(...resting, began(), reopened(3)))).not.toHaveProperty('byWordOf');
    expect(currentMilestone(stateOf(...resting, reopened(3)))).toMatchObject({ byWordOf: 'RU' });
  });
});
