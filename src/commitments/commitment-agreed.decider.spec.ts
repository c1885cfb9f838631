import { describe, expect, it } from '@jest/globals';
import { derived, drawn, fact, forUs, idAt, RU, US } from '#libs/decider/testing';
import type { GivenFact } from '#libs/decider/testing';
import {
  ask,
  asserted as assertedOn,
  extended,
  given,
  mutual,
  stateOf,
  undertakes,
  viewOf,
  waived,
} from '../../test/support/commitment-given.js';
import type { NamedInText } from './commitment-terms.decider.js';
import { statusOf } from './commitment-status.facts.js';

const asserted = (act = RU, over: object = {}) => assertedOn({ irritantIds: ['i', 'j'], ...over }, act);
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
const putInForce = (over: Partial<NamedInText> = {}) => drawn('PutInForce', { ...named, ...over }, 'agreed');
/** The text was terminated, or another of its versions agreed. */
const endAgreement = (version: number | null = null, id = 'p') =>
  drawn(
    'EndAgreement',
    { by: { kind: 'proposal' as const, id }, version },
    version === null ? 'terminated' : 'agreed anew',
  );
const inForce = (over: object = {}) => ({
  type: 'CommitmentAgreed',
  data: {
    obligor: 'US',
    by,
    version: 1,
    contentHash: 'c',
    due: '2025-06-30',
    termsBy: [],
    irritantIds: ['i'],
    basis: 'direct',
    restsOn: ['agreed', 'assent'],
    ...over,
  },
});
const agreed = (over: object = {}) => fact('CommitmentAgreed', derived, inForce(over).data);
const ended = fact('CommitmentAgreementEnded', derived, { by, obligors: ['US'] });
const bothExtended = (due: string) => [extended(due, RU), extended(due, US)];
const declined = fact('CommitmentDeclined', US);
const decline = (act = US) => ask('DeclineCommitment', act);
const undertake = (act = US) => ask('UndertakeCommitment', act);

describe('A text that both sides agreed', () => {
  it('puts a commitment in force for the obligor that it names, on the matters of both', () => {
    given([asserted()], putInForce()).records(inForce());
    expect(viewOf(asserted(), agreed())).toMatchObject({
      inForceFor: ['US'],
      assertedFor: [],
      status: 'open',
    });
    given([asserted(), agreed()], putInForce()).changesNothing();
  });

  it('does so anew for a later version, and where its basis has become better', () => {
    given([asserted(), agreed()], putInForce({ version: 2 })).records('CommitmentAgreed');
    given([asserted(), agreed({ basis: 'attributed' })], putInForce()).records('CommitmentAgreed');
    expect(stateOf(asserted(), agreed(), agreed({ version: 2 })).agreedFor).toMatchObject([{ version: 2 }]);
  });

  it.each([
    ['another obligor', { obligor: 'RU' }],
    ['another beneficiary', { beneficiary: 'US' }],
    ['another mode', { mode: 'continuous' as const }],
    ['another date', { due: '2025-09-30' }],
  ])('puts nothing in force that names %s than the commitment', (_name, over) => {
    given([asserted()], putInForce(over)).refuses('TERMS_DIFFER');
  });

  it('puts nothing in force that is waived, and nothing of another dialogue', () => {
    given([asserted(), waived(RU)], putInForce()).refuses('COMMITMENT_ENDED');
    given([asserted()], putInForce({ dialogueId: 'other' })).changesNothing();
  });

  it('that is terminated leaves in force what the obligor undertook itself', () => {
    given([asserted(), agreed()], endAgreement()).records({
      type: 'CommitmentAgreementEnded',
      data: { by, obligors: ['US'] },
    });
    given([asserted(), agreed()], endAgreement(null, 'q')).changesNothing();
    expect(stateOf(asserted(), agreed(), ended).inForceFor).toEqual([]);
    expect(stateOf(asserted(), undertakes(), agreed(), ended).inForceFor).toEqual(['US']);
  });
});

describe('A later version of the text that both sides agreed', () => {
  const inForceFor = (...facts: readonly GivenFact[]) => stateOf(...facts).inForceFor;

  it('ends what an earlier one put in force, unless it names it for the same obligor on its terms', () => {
    given([asserted(), agreed()], endAgreement(2)).records({
      type: 'CommitmentAgreementEnded',
      data: { by, obligors: ['US'] },
    });
    given([asserted(), agreed({ version: 2 })], endAgreement(2)).changesNothing();
    given([asserted(), agreed({ version: 2 })], endAgreement(1)).changesNothing();
    // What another text put in force is in force by that one.
    given([asserted(), agreed()], endAgreement(2, 'q')).changesNothing();
  });

  it('names another obligor: the first one owes nothing by it any more, and the other one does', () => {
    const facts = [asserted(RU, mutual), agreed(), agreed({ obligor: 'RU', version: 2 })];
    given(facts, endAgreement(2)).records({
      type: 'CommitmentAgreementEnded',
      data: { by, obligors: ['US'] },
    });
    expect(inForceFor(...facts, ended)).toEqual(['RU']);
  });

  it('leaves in force what the obligor undertook itself', () => {
    expect(inForceFor(asserted(), undertakes(), agreed(), ended)).toEqual(['US']);
    expect(inForceFor(asserted(), agreed(), ended)).toEqual([]);
  });

  it('puts in force again what the version before it did not name', () => {
    given([asserted(), agreed(), ended], putInForce({ version: 3 })).records(inForce({ version: 3 }));
  });

  it('is not undone by what policies come to once more of an earlier version', () => {
    given([asserted(), agreed({ version: 2 })], putInForce()).changesNothing();
  });
});

describe('A date that both sides moved', () => {
  const moved = [asserted(), agreed(), ...bothExtended('2025-09-30')];

  it('stays moved where a later version leaves the date as the earlier one had it', () => {
    given(moved, putInForce({ version: 2 })).records(
      inForce({ version: 2, due: '2025-06-30', termsBy: [idAt(1)] }),
    );
    expect(stateOf(...moved, agreed({ version: 2 }))).toMatchObject({
      due: '2025-09-30',
      inForceFor: ['US'],
    });
  });

  it('is that of the commitment, so a version that names it does so on its terms, and rests on both words', () => {
    const dated = { due: '2025-09-30' };
    for (const facts of [moved, [asserted(), ...bothExtended('2025-09-30')]]) {
      const words = [facts.length - 2, facts.length - 1].map(idAt);
      given(facts, putInForce({ version: 2, ...dated })).records(
        inForce({ ...dated, version: 2, termsBy: words }),
      );
    }
  });

  it('is another than that of a text which names the first one for the first time, or goes back to it', () => {
    given([asserted(), ...bothExtended('2025-09-30')], putInForce()).refuses('TERMS_DIFFER');
    given([...moved, agreed({ version: 2, due: '2025-09-30' })], putInForce({ version: 3 })).refuses(
      'TERMS_DIFFER',
    );
  });

  it('has no bearing on whose words the agreed version rests, which an endorsement makes better', () => {
    given([asserted(), agreed({ basis: 'attributed' }), ...bothExtended('2025-09-30')], putInForce()).records(
      inForce({ basis: 'direct', termsBy: [] }),
    );
  });
});

describe('An obligor', () => {
  it('declines what the other side says that it owes, and then nothing is awaited of it', () => {
    expect(viewOf(asserted()).awaiting).toMatchObject([{ what: 'answer-to-assertion', from: 'US' }]);
    given([asserted()], decline()).records('CommitmentDeclined');
    expect(viewOf(asserted(), declined)).toMatchObject({
      status: 'declined',
      declined: [{ party: 'US' }],
      assertedFor: ['US'],
      awaiting: [],
    });
    given([asserted(), declined], decline()).changesNothing();
  });

  it('undertakes later, or agrees on a text, what it declined', () => {
    given([asserted(), declined], undertake()).records('CommitmentUndertaken');
    for (const later of [undertakes(), agreed()]) {
      expect(viewOf(asserted(), declined, later)).toMatchObject({ status: 'open', declined: [] });
    }
  });

  it('declines neither what is in force, nor its own assertion, nor what others are to owe', () => {
    given([asserted(), undertakes()], decline()).refuses('IN_FORCE');
    given([asserted(), agreed()], decline()).refuses('IN_FORCE');
    given([asserted(US)], decline()).refuses('OWN_ASSERTION');
    given([asserted()], decline(RU)).refuses('NOT_AN_OBLIGOR');
  });

  it('is not made to undertake by others what it declined itself', () => {
    given([asserted(), declined], undertake(forUs)).refuses('OWN_WORD_STANDS');
    expect(statusOf(stateOf(asserted(), declined))).toBe('declined');
  });
});
