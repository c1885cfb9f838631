import { describe, expect, it } from '@jest/globals';
import { derived, drawn, fact, factAt, forRu, forUs, RU, US } from '#libs/decider/testing';
import type { GivenFact } from '#libs/decider/testing';
import { irritantReactions } from './irritant.reactions.js';
import type { IrritantCommand } from './irritant-terms.decider.js';
import { irritantView } from './irritant.view.js';
import { ask, given, raised, stateOf, suspended, withdrawn } from '../../test/support/irritant-given.js';

const linkage = { linkageId: 'l', irritantId: '2', condition: 'precedes' };
const asserted = fact('LinkageAsserted', RU, linkage);
const accepted = (act = US) => fact('LinkageAccepted', act, { linkageId: 'l' });
const rejected = (act = US) => fact('LinkageRejected', act, { linkageId: 'l' });
const linked = (kind: string, id: string) => fact('InstrumentLinked', derived, { kind, id });

const assert = (act = RU, irritantId = '2') => ask('AssertLinkage', act, { ...linkage, irritantId });
const accept = (act = US, linkageId = 'l') => ask('AcceptLinkage', act, { linkageId });
const reject = (act = US, linkageId = 'l') => ask('RejectLinkage', act, { linkageId });
const link = (kind: string, id: string) => drawn('LinkInstrument', { kind, id }, 'e') as IrritantCommand;

const shown = (...facts: readonly GivenFact[]) => irritantView(stateOf(...facts), () => ({}));
const answersAwaited = (...facts: readonly GivenFact[]) =>
  shown(...facts).awaiting.filter((one) => one.what === 'answer-to-linkage');

describe('A linkage', () => {
  it('is asserted by either side between this irritant and another one', () => {
    given([raised], assert()).records({ type: 'LinkageAsserted', data: linkage });
    given([raised], assert(US)).records('LinkageAsserted');
    given([raised], assert(RU, '1')).refuses('LINKED_TO_ITSELF');
  });
  it('is not asserted on a closed irritant, and is on a suspended one, for it is a statement', () => {
    given([raised, withdrawn()], assert()).refuses('IRRITANT_CLOSED');
    given([raised, suspended()], assert()).records('LinkageAsserted');
  });
  it('that the other side has not accepted is released by the side that asserted it, alone', () => {
    const released = fact('LinkageReleased', RU, { linkageId: 'l' });
    const release = (act = RU) => ask('ReleaseLinkage', act, { linkageId: 'l' });
    for (const facts of [[asserted], [asserted, rejected()]]) {
      given([raised, ...facts], release()).records('LinkageReleased');
      given([raised, ...facts], release(US)).refuses('LINKAGE_NOT_ACCEPTED');
      given([raised, ...facts], release(forRu)).refuses('OWN_WORD_STANDS');
    }
    expect(answersAwaited(raised, asserted, released)).toEqual([]);
    given([raised, asserted, released], release()).records();
    given([raised, asserted, released], accept()).refuses('LINKAGE_ENDED');
    given([raised, asserted, accepted(), released, rejected()], accept()).refuses('LINKAGE_ENDED');
  });
  it('is accepted or rejected by the other side', () => {
    given([raised, asserted], accept()).records('LinkageAccepted');
    given([raised, asserted], reject()).records('LinkageRejected');
    given([raised, asserted], accept(RU)).refuses('OWN_LINKAGE');
    given([raised, asserted], reject(RU)).refuses('OWN_LINKAGE');
    given([raised], accept()).refuses('LINKAGE_UNKNOWN');
    given([raised, asserted], reject(US, 'k')).refuses('LINKAGE_UNKNOWN');
  });
  it('that was rejected may be accepted later, and one that both accepted is not rejected', () => {
    given([raised, asserted, accepted()], accept()).changesNothing();
    given([raised, asserted, accepted()], reject()).refuses('LINKAGE_ACCEPTED');
    given([raised, asserted, accepted(forUs)], reject()).records('LinkageRejected');
    given([raised, asserted, rejected()], reject()).changesNothing();
    given([raised, asserted, rejected()], accept()).records('LinkageAccepted');
    expect(shown(raised, asserted, rejected(), accepted()).linkages).toMatchObject([
      { direction: 'outgoing', ...linkage, state: 'accepted', party: 'RU', answer: { party: 'US' } },
    ]);
  });
  it('is answered by the party itself where the answer was attributed to it so far', () => {
    given([raised, asserted, accepted(forUs)], accept()).records('LinkageAccepted');
  });
  it('is not answered by a word that answers nothing, or by the side that asserted it', () => {
    expect(shown(raised, accepted()).linkages).toEqual([]);
    expect(shown(raised, asserted, accepted(RU)).linkages).toMatchObject([{ state: 'asserted' }]);
  });
  it('that a side answered itself is not answered otherwise in its name', () => {
    given([raised, asserted, accepted()], reject(forUs)).refuses('OWN_WORD_STANDS');
    expect(shown(raised, asserted, accepted(), rejected(forUs)).linkages).toMatchObject([
      { state: 'accepted', answer: { capacity: 'direct' } },
    ]);
  });
  it('moves no stage, and is awaited from the other side until that answers', () => {
    expect(answersAwaited(raised, asserted)).toMatchObject([{ from: 'US', linkageId: 'l' }]);
    expect(answersAwaited(raised, asserted, rejected())).toEqual([]);
    expect(shown(raised, asserted, accepted()).stage).toBe('raised');
  });
});

describe('A linkage that both accept', () => {
  const released = (act: typeof RU) => fact('LinkageReleased', act, { linkageId: 'l' });
  const release = (act = US) => ask('ReleaseLinkage', act, { linkageId: 'l' });
  const retain = (act = US) => ask('RetainLinkage', act, { linkageId: 'l' });
  const held = [raised, asserted, accepted()];
  const stateAfter = (...facts: readonly GivenFact[]) => shown(...held, ...facts).linkages;

  it('ends once both sides have said so, and by the word of one alone goes on', () => {
    given(held, release()).records('LinkageReleased');
    expect(stateAfter(released(US))).toMatchObject([{ state: 'accepted', released: [{ party: 'US' }] }]);
    expect(stateAfter(released(US), released(US))).toMatchObject([{ state: 'accepted' }]);
    expect(stateAfter(released(US), released(RU))).toMatchObject([{ state: 'ended' }]);
    given([...held, released(US)], release()).changesNothing();
  });
  it('goes on where either side holds on to it', () => {
    const kept = fact('LinkageRetained', RU, { linkageId: 'l' });
    given([...held, released(US)], retain(RU)).records('LinkageRetained');
    expect(stateAfter(released(US), kept, released(RU))).toMatchObject([
      { state: 'accepted', released: [{ party: 'RU' }] },
    ]);
    given(held, retain()).changesNothing();
    given([...held, released(US)], retain(forUs)).refuses('OWN_WORD_STANDS');
  });
  it('is then asserted anew, and answered no more', () => {
    const both = [...held, released(US), released(RU)];
    given(both, accept()).refuses('LINKAGE_ENDED');
    given(both, retain()).refuses('LINKAGE_ENDED');
    given([raised, asserted], release()).refuses('LINKAGE_NOT_ACCEPTED');
    given([raised, asserted, rejected()], retain()).refuses('LINKAGE_NOT_ACCEPTED');
    given([raised], release()).refuses('LINKAGE_UNKNOWN');
  });
  it('is one of a hundred at most', () => {
    const many = Array.from({ length: 100 }, () => asserted);
    given([raised, ...many], assert()).refuses('LINKAGES_TOO_MANY');
  });
});

describe('The other irritant', () => {
  it('knows of the linkage once, and takes it for no instrument', () => {
    given([raised], link('irritant', '2')).records({
      type: 'InstrumentLinked',
      data: { kind: 'irritant', id: '2' },
    });
    given([raised, linked('irritant', '2')], link('irritant', '2')).changesNothing();
    given([raised, linked('round', '2')], link('irritant', '2')).records('InstrumentLinked');
    const { linkages, instruments } = shown(raised, linked('round', 'r'), linked('irritant', '2'));
    expect(linkages).toEqual([{ direction: 'incoming', irritantId: '2' }]);
    expect(instruments).toEqual([{ kind: 'round', id: 'r' }]);
  });

  const origin = { slice: 'irritants', id: '1', named: ['2'], lookUp: () => undefined };

  it('is told of what is asserted on the first', () => {
    const policy = irritantReactions.find((one) => one.name === 'link-instrument');
    const asked = policy?.react(factAt(1, 'irritant-1', asserted), {} as never, origin);
    expect(asked).toMatchObject([
      { id: '2', command: { type: 'LinkInstrument', data: { kind: 'irritant', id: '1' } } },
    ]);
  });
});
