import { describe, expect, it } from '@jest/globals';
import { derived, fact, forRu, idAt, RU, US } from '#libs/decider/testing';
import type { GivenFact } from '#libs/decider/testing';
import {
  acknowledged as acknowledgedBy,
  asserted as assertedOn,
  given,
  mutual,
  reported as reportedBy,
  undertakes,
} from '../../test/support/commitment-given.js';

/** That the US should owe RU something under what both sides agreed, as one of them says it. */
const asserted = (act: typeof US, over: object = {}) => assertedOn(over, act);
const reported = reportedBy(US);
const acknowledged = acknowledgedBy(RU);
const by = { kind: 'proposal', id: 'p' };
const named = fact('CommitmentAgreed', derived, {
  obligor: 'US',
  by,
  version: 1,
  contentHash: 'c',
  termsBy: [],
  irritantIds: ['i'],
  basis: 'direct',
  restsOn: ['agreed'],
});
const unnamed = fact('CommitmentAgreementEnded', derived, { by, obligors: ['US'] });

/** Under what the report, or its acknowledgement, is; words by the events in which they were said. */
function underOf(act: GivenFact, facts: readonly GivenFact[]) {
  const state = given([...facts, act]).state;
  const [report] = state?.reports ?? [];
  const under = act === reported ? report?.under : report?.answers[0]?.under;
  return { text: under?.text, basis: under?.basis?.map((one) => one.eventId) ?? null };
}
const reportedUnder = (...facts: readonly GivenFact[]) => underOf(reported, facts);
const acknowledgedUnder = (...facts: readonly GivenFact[]) => underOf(acknowledged, facts);

const byBoth = [asserted(RU), undertakes(US)];
const byOne = [asserted(US), undertakes(US)];
const nothing = { text: null, basis: null };

describe('A report of fulfilment', () => {
  it('is under a text that both agreed while that names the commitment for the obligor', () => {
    const text = { irritantIds: ['i'], restsOn: [idAt(1), 'agreed'], basis: 'direct' };
    expect(reportedUnder(asserted(US), named)).toEqual({ text, basis: null });
    expect(reportedUnder(...byOne, named, unnamed)).toEqual(nothing);
  });

  it('is under its basis where one side asserted it on that, and the other undertook it so', () => {
    expect(reportedUnder(...byBoth)).toEqual({ text: null, basis: [idAt(0), idAt(1)] });
    // By others it was put under it in the name of RU.
    expect(reportedUnder(asserted(forRu), undertakes(US))).toEqual({ text: null, basis: [idAt(0), idAt(1)] });
    // RU owes its own part of it as the US asserted it.
    expect(reportedUnder(asserted(US, mutual), undertakes(US), undertakes(RU))).toEqual({
      text: null,
      basis: [idAt(0), idAt(2)],
    });
  });

  it('is under nothing that the obligor alone says it rests on', () => {
    expect(reportedUnder(...byOne)).toEqual(nothing);
    expect(reportedUnder(asserted(US, mutual), undertakes(US))).toEqual(nothing);
  });
});

describe('An acknowledgement of fulfilment', () => {
  it('is the other half of what the obligor alone put under an agreement', () => {
    expect(acknowledgedUnder(...byOne, reported)).toEqual({ text: null, basis: [] });
  });

  it('is no other half to what the side that acknowledges has alone put under an agreement', () => {
    const { data } = named as { data: object };
    // Another text names it, of other matters.
    const elsewhere: GivenFact = { ...named, data: { ...data, irritantIds: [] } };
    expect(acknowledgedUnder(asserted(RU), elsewhere, reported)).toEqual(nothing);
    expect(acknowledgedUnder(asserted(US), elsewhere, reported)).toEqual({ text: null, basis: [] });
  });

  it('is under a text that has come to name the commitment since the report', () => {
    const { text } = acknowledgedUnder(...byOne, reported, named);
    expect(text).toMatchObject({ restsOn: [idAt(3), 'agreed'] });
  });

  it('is under nothing while the commitment is in force for nobody', () => {
    expect(acknowledgedUnder(asserted(US), reported)).toEqual(nothing);
  });
});
