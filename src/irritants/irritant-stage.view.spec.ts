import { describe, expect, it } from '@jest/globals';
import { US } from '#libs/decider/testing';
import type { GivenFact } from '#libs/decider/testing';
import {
  accepted,
  acknowledged,
  claimed,
  coRaised,
  confirmed,
  letRest,
  raised,
  reached,
  reopened,
  resolved,
  reviewed,
  stateOf,
  tabled,
  withdrawn,
} from '../../test/support/irritant-given.js';
import { stageView } from './irritant-stage.view.js';

const shown = (...facts: readonly GivenFact[]) => stageView(stateOf(raised, ...facts), () => ({}));
/** The stage, and by whose word alone it was reached; nobody's where both have spoken. */
const stands = (...facts: readonly GivenFact[]) => {
  const { stage, byWordOf = 'nobody' } = shown(...facts);
  return [stage, byWordOf];
};

const by = (kind: string, id = 'r') => ({ by: { kind, id } });
const discussed = (side?: string, basis = 'direct', id = 'r') =>
  reached('ConsultationBegan', { ...by('round', id), ...(side && { byWordOf: side }) }, basis);
const begun = (kind: string, side?: string, id = 'r') =>
  reached('ImplementationBegan', { ...by(kind, id), ...(side && { byWordOf: side }) });

describe('By the word of one side alone is', () => {
  it.each<[string, GivenFact, string]>([
    ['a discussion that one side tells of', discussed('RU'), 'under-consultation'],
    ['a step that its side says it has started', begun('roadmap', 'RU'), 'in-implementation'],
    ['a fulfilment that its obligor reports', begun('commitment', 'RU'), 'in-implementation'],
    ['a withdrawal by whoever raised it alone', withdrawn(), 'withdrawn'],
  ])('%s', (_what, one, stage) => {
    expect(stands(one)).toEqual([stage, 'RU']);
    expect(shown(one).milestones.at(-1)).toMatchObject({ stage, byWordOf: 'RU' });
  });

  it('what is under consultation again since one side undid its resolution', () => {
    const over = [tabled(), accepted(), resolved('direct', 1, 2)];
    expect(stands(...over)).toEqual(['resolved', 'nobody']);
    expect(stands(...over, reopened(3))).toEqual(['under-consultation', 'US']);
    const confirmedSince = [claimed('factual'), confirmed()];
    expect(stands(...over, reopened(3), ...confirmedSince)).toEqual(['under-consultation', 'nobody']);
  });

  it('what it had by one side’s word, once it is reopened from what both had let rest', () => {
    expect(stands(discussed('RU'), ...letRest)).toEqual(['dormant', 'nobody']);
    expect(stands(discussed('RU'), ...letRest, reopened(3))).toEqual(['under-consultation', 'RU']);
  });
});

describe('By the words of both sides is', () => {
  it.each<[string, readonly GivenFact[]]>([
    ['what the other side acknowledges', [acknowledged()]],
    ['what the other side confirms', [claimed('factual'), confirmed()]],
    ['what both tell of', [discussed()]],
    ['what both let rest', letRest],
    ['what both conclude in a review', [discussed('RU'), ...reviewed('under-consultation')]],
    ['what both had raised, and both withdraw', [coRaised(), withdrawn(), withdrawn(US)]],
  ])('%s', (_what, facts) => {
    expect(stands(...facts)).toContain('nobody');
  });

  it('nothing that is only raised: a raising is one side’s, and is shown as that', () => {
    expect(stands()).toEqual(['raised', 'nobody']);
  });

  it.each<[string, readonly GivenFact[]]>([
    ['the other side’s own account of the same discussion', [discussed('RU'), discussed()]],
    ['the other side’s own account of another one', [discussed('RU'), discussed('US', 'direct', 'r2')]],
    ['the other side’s acknowledgement', [discussed('RU'), acknowledged()]],
    ['the other side’s answer to a claim', [discussed('RU'), claimed('factual'), confirmed()]],
    ['the other side’s acceptance of the step', [begun('roadmap', 'RU'), begun('roadmap')]],
    ['the other side’s start of a step of its own', [begun('roadmap', 'RU'), begun('roadmap', 'US')]],
    ['the other side’s acknowledgement of the fulfilment', [begun('commitment', 'RU'), begun('commitment')]],
  ])('a stage to which one side’s word had led, since %s', (_what, [first, ...since]) => {
    expect(stands(first as GivenFact)).toContain('RU');
    expect(stands(first as GivenFact, ...since)).toContain('nobody');
  });
});

describe('A later word that ended what was by one side alone', () => {
  it('changes nothing of how it had been reached', () => {
    expect(shown(discussed('RU'), discussed()).milestones.map((one) => one.byWordOf)).toEqual([
      undefined,
      'RU',
      undefined,
    ]);
  });

  it('that was attributed makes the stage as direct as the words of both are', () => {
    expect(shown(discussed('RU'), discussed(undefined, 'attributed'))).toMatchObject({ basis: 'attributed' });
    expect(shown(discussed('RU', 'attributed'), discussed())).toMatchObject({ basis: 'direct' });
  });
});
