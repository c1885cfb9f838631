import { describe, expect, it } from '@jest/globals';
import { attributedTo, derived, directly, idAt, proposing, specification } from '#libs/decider/testing';
import type { GivenFact } from '#libs/decider/testing';
import { commitmentDecider } from './commitment.decider.js';
import type { CommitmentAct } from './commitment-terms.decider.js';

const given = specification(commitmentDecider, 'commitment-1');
const RU = directly('RU');
const US = directly('US');
const forRu = attributedTo('RU');

const fact =
  (type: string, data: object = {}) =>
  (act: typeof US): GivenFact => ({ type, act, data });
const mutual = { obligors: ['RU', 'US'], beneficiaries: ['RU', 'US'] };
/** That the US should owe RU something under what both sides agreed, as one of them says it. */
const asserted = (act: typeof US, over: object = {}): GivenFact =>
  fact('CommitmentAsserted', {
    dialogueId: 'd',
    obligors: ['US'],
    beneficiaries: ['RU'],
    mode: 'once',
    basis: { kind: 'exchange', id: 'e' },
    irritantIds: ['i'],
    textHash: 'h',
    synthetic: false,
    ...over,
  })(act);
const undertaken = fact('CommitmentUndertaken');
const reported = (agreement?: object): GivenFact =>
  fact('FulfilmentReported', { reportId: 'r', ...(agreement === undefined ? {} : { agreement }) })(US);
const named: GivenFact = {
  type: 'CommitmentAgreed',
  act: derived,
  data: {
    obligor: 'US',
    by: { kind: 'proposal', id: 'p' },
    version: 1,
    contentHash: 'c',
    termsBy: [],
    irritantIds: ['i'],
    basis: 'direct',
    restsOn: ['agreed'],
  },
};
const unnamed: GivenFact = {
  type: 'CommitmentAgreementEnded',
  act: derived,
  data: { by: { kind: 'proposal', id: 'p' }, obligors: ['US'] },
};

const word = (party: string, eventId: string) => ({ party, eventId, capacity: 'direct' });
const notes = {
  completed: {},
  completedBy: [word('RU', 'r'), word('US', 's')],
  coverage: ['RU', 'US'].map((party) => ({ irritantId: 'i', said: word(party, `c-${party}`) })),
  terminatedBy: [],
};
const text = {
  agreed: { said: word('RU', 'a'), restsOn: ['b'], basis: 'direct' },
  agreedIrritantIds: ['i', 'j'],
  terminated: null,
};

/** Under what both sides agreed the act is, as the event says that follows. */
function under(
  type: 'ReportFulfilment' | 'AcknowledgeFulfilment',
  facts: readonly GivenFact[],
  basis?: object,
) {
  const isReport = type === 'ReportFulfilment';
  const event = isReport
    ? { type: 'FulfilmentReported', data: { reportId: 'n' } }
    : { type: 'FulfilmentAcknowledged', data: { reportId: 'r' } };
  const asked = proposing(type, isReport ? US : RU, event, { facts: { basis } }) as unknown as CommitmentAct;
  const decision = commitmentDecider.decide(asked, given(facts).state);
  if ('refused' in decision) throw new Error(decision.because);
  const [{ data } = { data: {} }] = decision.events;
  return (data as { readonly agreement?: object }).agreement;
}
const reportedUnder = (facts: readonly GivenFact[], basis?: object) =>
  under('ReportFulfilment', facts, basis);
const acknowledgedUnder = (facts: readonly GivenFact[], basis?: object) =>
  under('AcknowledgeFulfilment', facts, basis);

const byBoth = [asserted(RU), undertaken(US)];
const byOne = [asserted(US), undertaken(US)];

describe('A report of fulfilment', () => {
  it('is under a text that both agreed where that names the commitment for the obligor', () => {
    const agreement = { irritantIds: ['i'], restsOn: [idAt(1), 'agreed'], basis: 'direct' };
    expect(reportedUnder([asserted(US), named])).toEqual(agreement);
    expect(reportedUnder([asserted(US), named], text)).toEqual(agreement);
    expect(reportedUnder([...byOne, named, unnamed])).toBeUndefined();
  });

  it('is under its basis where one side asserted it on that, and the other undertook it so', () => {
    const words = [idAt(0), idAt(1)];
    const onNotes = ['r', 's', 'c-RU', 'c-US', ...words];
    expect(reportedUnder(byBoth, notes)).toEqual({ irritantIds: ['i'], restsOn: onNotes, basis: 'direct' });
    const onText = { irritantIds: ['i'], restsOn: ['a', 'b', ...words], basis: 'direct' };
    expect(reportedUnder(byBoth, text)).toEqual(onText);
    // By others it was put under it in the name of RU.
    expect(reportedUnder([asserted(forRu), undertaken(US)], text)).toEqual({
      ...onText,
      basis: 'attributed',
    });
    // RU owes its own part of it as the US asserted it.
    expect(reportedUnder([asserted(US, mutual), undertaken(US), undertaken(RU)], text)).toEqual({
      ...onText,
      restsOn: ['a', 'b', idAt(0), idAt(2)],
    });
  });

  it('is under nothing that the obligor alone says it rests on, though both agreed that', () => {
    for (const basis of [text, notes]) {
      expect(reportedUnder(byOne, basis)).toBeUndefined();
      expect(reportedUnder([asserted(US, mutual), undertaken(US)], basis)).toBeUndefined();
    }
  });

  it.each([
    ['nothing that it names', undefined],
    ['notes that are not complete', { ...notes, completed: null }],
    ['notes that cover the matter by one side’s word', { ...notes, coverage: notes.coverage.slice(0, 1) }],
    ['notes that one side has terminated', { ...notes, terminatedBy: [word('RU', 't')] }],
    ['a text that is not agreed', { ...text, agreed: null }],
    ['a text of other matters', { ...text, agreedIrritantIds: ['j'] }],
    ['a text that one side has terminated', { ...text, terminated: word('US', 't') }],
  ])('is under nothing that both agreed, where both put it under %s', (_case, basis) => {
    expect(reportedUnder(byBoth, basis)).toBeUndefined();
  });
});

describe('An acknowledgement of fulfilment', () => {
  it('is the other half: what the obligor alone put under an agreement is under it from here on', () => {
    expect(acknowledgedUnder([...byOne, reported()], text)).toEqual({
      irritantIds: ['i'],
      restsOn: ['a', 'b'],
      basis: 'direct',
    });
    expect(acknowledgedUnder([...byOne, reported()])).toBeUndefined();
    expect(
      acknowledgedUnder([...byOne, reported()], { ...text, terminated: word('US', 't') }),
    ).toBeUndefined();
  });

  it('is no other half to what the side that acknowledges has alone put under an agreement', () => {
    const { data } = named as { data: object };
    // Another text names it, of other matters.
    const elsewhere: GivenFact = { ...named, data: { ...data, irritantIds: [] } };
    expect(acknowledgedUnder([asserted(RU), elsewhere, reported()], text)).toBeUndefined();
    expect(acknowledgedUnder([asserted(US), elsewhere, reported()], text)).toMatchObject({
      restsOn: ['a', 'b'],
    });
  });

  it('is under a text that has come to name the commitment since the report', () => {
    expect(acknowledgedUnder([...byOne, reported(), named])).toMatchObject({ restsOn: [idAt(3), 'agreed'] });
  });

  it('adds nothing to a report that is under it already, unless that has changed since', () => {
    const facts = [...byBoth, reported({ ...reportedUnder(byBoth, text) })];
    expect(acknowledgedUnder(facts, text)).toBeUndefined();
    const anew = { ...text, agreed: { ...text.agreed, said: word('RU', 'anew') } };
    expect(acknowledgedUnder(facts, anew)).toMatchObject({ restsOn: ['anew', 'b', idAt(0), idAt(1)] });
  });
});
