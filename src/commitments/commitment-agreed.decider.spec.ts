import { describe, expect, it } from '@jest/globals';
import { attributedTo, derived, directly, proposing, specification } from '#libs/decider/testing';
import type { GivenFact } from '#libs/decider/testing';
import { commitmentDecider } from './commitment.decider.js';
import type { CommitmentCommand, NamedInText } from './commitment-terms.decider.js';
import { statusOf } from './commitment-standing.facts.js';
import { commitmentView } from './commitment.view.js';

const given = specification(commitmentDecider, 'commitment-1');
const RU = directly('RU');
const US = directly('US');
const command = (...args: Parameters<typeof proposing>) => proposing(...args) as unknown as CommitmentCommand;

const asserted = (act = RU): GivenFact => ({
  type: 'CommitmentAsserted',
  act,
  data: {
    dialogueId: 'd',
    obligors: ['US'],
    beneficiaries: ['RU'],
    mode: 'once',
    due: '2025-06-30',
    irritantIds: ['i', 'j'],
    textHash: 'h',
    synthetic: false,
  },
});
const by = { kind: 'proposal', id: 'p' } as const;
const named: NamedInText = {
  commitmentId: '1',
  dialogueId: 'd',
  obligor: 'US',
  beneficiary: 'RU',
  mode: 'once',
  due: '2025-06-30',
  by,
  version: 1,
  contentHash: 'c',
  irritantIds: ['i', 'k'],
  basis: 'direct',
  restsOn: ['agreed', 'assent'],
};
const putInForce = (over: Partial<NamedInText> = {}): CommitmentCommand => ({
  type: 'PutInForce',
  act: derived,
  cause: 'agreed',
  data: { ...named, ...over },
  rests: [],
});
const endAgreement = (id = 'p'): CommitmentCommand => ({
  type: 'EndAgreement',
  act: derived,
  cause: 'terminated',
  data: { by: { kind: 'proposal', id } },
  rests: [],
});
const agreed = (over: object = {}): GivenFact => ({
  type: 'CommitmentAgreed',
  act: derived,
  data: {
    obligor: 'US',
    by,
    version: 1,
    contentHash: 'c',
    irritantIds: ['i'],
    basis: 'direct',
    restsOn: ['agreed', 'assent'],
    ...over,
  },
});
const ended: GivenFact = { type: 'CommitmentAgreementEnded', act: derived, data: { by } };
const undertaken = (act = US): GivenFact => ({ type: 'CommitmentUndertaken', act });
const declined = (act = US): GivenFact => ({ type: 'CommitmentDeclined', act });
const waived: GivenFact = { type: 'CommitmentWaived', act: RU };
const decline = (act = US) => command('DeclineCommitment', act, { type: 'CommitmentDeclined' });
const undertake = (act = US) => command('UndertakeCommitment', act, { type: 'CommitmentUndertaken' });
const report = () => command('ReportFulfilment', US, { type: 'FulfilmentReported', data: { reportId: 'n' } });

function stateOf(...facts: readonly GivenFact[]) {
  const { state } = given(facts);
  if (state === null) throw new Error('Nothing was asserted.');
  return state;
}
const viewOf = (...facts: readonly GivenFact[]) => commitmentView(stateOf(...facts), () => ({}));

describe('A text that both sides agreed', () => {
  it('puts a commitment in force for the obligor that it names, on the matters of both', () => {
    given([asserted()])
      .when(putInForce())
      .then([
        {
          type: 'CommitmentAgreed',
          data: {
            obligor: 'US',
            by,
            version: 1,
            contentHash: 'c',
            irritantIds: ['i'],
            basis: 'direct',
            restsOn: ['agreed', 'assent'],
          },
        },
      ]);
    expect(viewOf(asserted(), agreed())).toMatchObject({
      inForceFor: ['US'],
      assertedFor: [],
      status: 'open',
    });
    given([asserted(), agreed()]).when(putInForce()).changesNothing();
  });

  it('does so anew for a later version, and where its basis has become better', () => {
    given([asserted(), agreed()])
      .when(putInForce({ version: 2 }))
      .then([{ type: 'CommitmentAgreed' }]);
    given([asserted(), agreed({ basis: 'attributed' })])
      .when(putInForce())
      .then([{ type: 'CommitmentAgreed' }]);
    expect(stateOf(asserted(), agreed(), agreed({ version: 2 })).agreedFor).toMatchObject([{ version: 2 }]);
  });

  it.each([
    ['another obligor', { obligor: 'RU' }],
    ['another beneficiary', { beneficiary: 'US' }],
    ['another mode', { mode: 'continuous' as const }],
    ['another date', { due: '2025-09-30' }],
  ])('puts nothing in force that names %s than the commitment', (_name, over) => {
    given([asserted()]).when(putInForce(over)).refuses('TERMS_DIFFER');
  });

  it('puts nothing in force that is waived, and nothing of another dialogue', () => {
    given([asserted(), waived]).when(putInForce()).refuses('COMMITMENT_ENDED');
    given([asserted()])
      .when(putInForce({ dialogueId: 'other' }))
      .changesNothing();
  });

  it('that is terminated leaves in force what the obligor undertook itself', () => {
    given([asserted(), agreed()])
      .when(endAgreement())
      .then([{ type: 'CommitmentAgreementEnded', data: { by } }]);
    given([asserted(), agreed()]).when(endAgreement('q')).changesNothing();
    expect(stateOf(asserted(), agreed(), ended).inForceFor).toEqual([]);
    expect(stateOf(asserted(), undertaken(), agreed(), ended).inForceFor).toEqual(['US']);
  });

  it('is what a reported fulfilment is under', () => {
    const { state } = given([asserted(), agreed()]);
    const decision = commitmentDecider.decide({ ...report(), facts: {} } as CommitmentCommand, state);
    expect('events' in decision ? decision.events[0]?.data : decision).toMatchObject({
      agreement: { irritantIds: ['i'], basis: 'direct' },
    });
  });
});

describe('An obligor', () => {
  it('declines what the other side says that it owes, and then nothing is awaited of it', () => {
    expect(viewOf(asserted()).awaiting).toMatchObject([{ what: 'answer-to-assertion', from: 'US' }]);
    given([asserted()])
      .when(decline())
      .then([{ type: 'CommitmentDeclined' }]);
    expect(viewOf(asserted(), declined())).toMatchObject({
      status: 'declined',
      declined: [{ party: 'US' }],
      assertedFor: ['US'],
      awaiting: [],
    });
    given([asserted(), declined()]).when(decline()).changesNothing();
  });

  it('undertakes later, or agrees on a text, what it declined', () => {
    given([asserted(), declined()])
      .when(undertake())
      .then([{ type: 'CommitmentUndertaken' }]);
    for (const later of [undertaken(), agreed()]) {
      expect(viewOf(asserted(), declined(), later)).toMatchObject({ status: 'open', declined: [] });
    }
  });

  it('declines neither what is in force, nor its own assertion, nor what others are to owe', () => {
    given([asserted(), undertaken()]).when(decline()).refuses('IN_FORCE');
    given([asserted(), agreed()]).when(decline()).refuses('IN_FORCE');
    given([asserted(US)])
      .when(decline())
      .refuses('OWN_ASSERTION');
    given([asserted()]).when(decline(RU)).refuses('NOT_AN_OBLIGOR');
  });

  it('is not made to undertake by others what it declined itself', () => {
    given([asserted(), declined()])
      .when(undertake(attributedTo('US')))
      .refuses('OWN_WORD_STANDS');
    expect(statusOf(stateOf(asserted(), declined()))).toBe('declined');
  });
});
