import { describe, expect, it } from '@jest/globals';
import { attributedTo, derived } from '#libs/decider/testing';
import type { GivenFact } from '#libs/decider/testing';
import { irritantPolicies } from './irritant.policy.js';
import type { IrritantCommand } from './irritant-terms.decider.js';
import { irritantView } from './irritant.view.js';
import { command, given, raised, RU, US } from '../../test/support/irritant-given.js';

const linkage = { linkageId: 'l', irritantId: '2', condition: 'precedes' };
const asserted: GivenFact = { type: 'LinkageAsserted', act: RU, data: linkage };
const accepted = (act = US): GivenFact => ({ type: 'LinkageAccepted', act, data: { linkageId: 'l' } });
const rejected = (act = US): GivenFact => ({ type: 'LinkageRejected', act, data: { linkageId: 'l' } });
const linked = (kind: string, id: string): GivenFact => ({
  type: 'InstrumentLinked',
  act: derived,
  data: { kind, id },
});

const assert = (act = RU, irritantId = '2') =>
  command('AssertLinkage', act, { type: 'LinkageAsserted', data: { ...linkage, irritantId } });
const accept = (act = US, linkageId = 'l') =>
  command('AcceptLinkage', act, { type: 'LinkageAccepted', data: { linkageId } });
const reject = (act = US, linkageId = 'l') =>
  command('RejectLinkage', act, { type: 'LinkageRejected', data: { linkageId } });
const link = (kind: string, id: string) =>
  ({ type: 'LinkInstrument', act: derived, cause: 'e', data: { kind, id }, rests: [] }) as IrritantCommand;

function shown(...facts: readonly GivenFact[]) {
  const { state } = given(facts);
  if (state === null) throw new Error('The irritant is not raised.');
  return irritantView(state, () => ({}));
}
const answersAwaited = (...facts: readonly GivenFact[]) =>
  shown(...facts).awaiting.filter((one) => one.what === 'answer-to-linkage');

describe('A linkage', () => {
  it('is asserted by either side between this irritant and another one', () => {
    given([raised])
      .when(assert())
      .then([{ type: 'LinkageAsserted', data: linkage }]);
    given([raised])
      .when(assert(US))
      .then([{ type: 'LinkageAsserted' }]);
    given([raised]).when(assert(RU, '1')).refuses('LINKED_TO_ITSELF');
  });
  it('is not asserted on a closed irritant, and is on a suspended one, for it is a statement', () => {
    given([raised, { type: 'IrritantWithdrawn', act: RU }])
      .when(assert())
      .refuses('IRRITANT_CLOSED');
    given([raised, { type: 'IrritantSuspended', act: US }])
      .when(assert())
      .then([{ type: 'LinkageAsserted' }]);
  });
  it('that the other side has not accepted is released by the side that asserted it, alone', () => {
    const released: GivenFact = { type: 'LinkageReleased', act: RU, data: { linkageId: 'l' } };
    const release = (act = RU) =>
      command('ReleaseLinkage', act, { type: 'LinkageReleased', data: { linkageId: 'l' } });
    for (const facts of [[asserted], [asserted, rejected()]]) {
      given([raised, ...facts])
        .when(release())
        .then([{ type: 'LinkageReleased' }]);
      given([raised, ...facts])
        .when(release(US))
        .refuses('LINKAGE_NOT_ACCEPTED');
      given([raised, ...facts])
        .when(release(attributedTo('RU')))
        .refuses('OWN_WORD_STANDS');
    }
    expect(answersAwaited(raised, asserted, released)).toEqual([]);
    given([raised, asserted, released]).when(release()).then([]);
    given([raised, asserted, released]).when(accept()).refuses('LINKAGE_ENDED');
    given([raised, asserted, accepted(), released, rejected()]).when(accept()).refuses('LINKAGE_ENDED');
  });
  it('is accepted or rejected by the other side', () => {
    given([raised, asserted])
      .when(accept())
      .then([{ type: 'LinkageAccepted' }]);
    given([raised, asserted])
      .when(reject())
      .then([{ type: 'LinkageRejected' }]);
    given([raised, asserted]).when(accept(RU)).refuses('OWN_LINKAGE');
    given([raised, asserted]).when(reject(RU)).refuses('OWN_LINKAGE');
    given([raised]).when(accept()).refuses('LINKAGE_UNKNOWN');
    given([raised, asserted]).when(reject(US, 'k')).refuses('LINKAGE_UNKNOWN');
  });
  it('that was rejected may be accepted later, and one that both accepted is not rejected', () => {
    given([raised, asserted, accepted()]).when(accept()).changesNothing();
    given([raised, asserted, accepted()]).when(reject()).refuses('LINKAGE_ACCEPTED');
    given([raised, asserted, accepted(attributedTo('US'))])
      .when(reject())
      .then([{ type: 'LinkageRejected' }]);
    given([raised, asserted, rejected()]).when(reject()).changesNothing();
    given([raised, asserted, rejected()])
      .when(accept())
      .then([{ type: 'LinkageAccepted' }]);
    expect(shown(raised, asserted, rejected(), accepted()).linkages).toMatchObject([
      { direction: 'outgoing', ...linkage, state: 'accepted', party: 'RU', answer: { party: 'US' } },
    ]);
  });
  it('is answered by the party itself where the answer was attributed to it so far', () => {
    given([raised, asserted, accepted(attributedTo('US'))])
      .when(accept())
      .then([{ type: 'LinkageAccepted' }]);
  });
  it('is not answered by a word that answers nothing, or by the side that asserted it', () => {
    expect(shown(raised, accepted()).linkages).toEqual([]);
    expect(shown(raised, asserted, accepted(RU)).linkages).toMatchObject([{ state: 'asserted' }]);
  });
  it('that a side answered itself is not answered otherwise in its name', () => {
    given([raised, asserted, accepted()])
      .when(reject(attributedTo('US')))
      .refuses('OWN_WORD_STANDS');
    expect(shown(raised, asserted, accepted(), rejected(attributedTo('US'))).linkages).toMatchObject([
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
  const released = (act: typeof RU): GivenFact => ({
    type: 'LinkageReleased',
    act,
    data: { linkageId: 'l' },
  });
  const release = (act = US) =>
    command('ReleaseLinkage', act, { type: 'LinkageReleased', data: { linkageId: 'l' } });
  const retain = (act = US) =>
    command('RetainLinkage', act, { type: 'LinkageRetained', data: { linkageId: 'l' } });
  const held = [raised, asserted, accepted()];
  const stateAfter = (...facts: readonly GivenFact[]) => shown(...held, ...facts).linkages;

  it('ends once both sides have said so, and by the word of one alone goes on', () => {
    given(held)
      .when(release())
      .then([{ type: 'LinkageReleased' }]);
    expect(stateAfter(released(US))).toMatchObject([{ state: 'accepted', released: [{ party: 'US' }] }]);
    expect(stateAfter(released(US), released(US))).toMatchObject([{ state: 'accepted' }]);
    expect(stateAfter(released(US), released(RU))).toMatchObject([{ state: 'ended' }]);
    given([...held, released(US)])
      .when(release())
      .changesNothing();
  });
  it('goes on where either side holds on to it', () => {
    const kept: GivenFact = { type: 'LinkageRetained', act: RU, data: { linkageId: 'l' } };
    given([...held, released(US)])
      .when(retain(RU))
      .then([{ type: 'LinkageRetained' }]);
    expect(stateAfter(released(US), kept, released(RU))).toMatchObject([
      { state: 'accepted', released: [{ party: 'RU' }] },
    ]);
    given(held).when(retain()).changesNothing();
    given([...held, released(US)])
      .when(retain(attributedTo('US')))
      .refuses('OWN_WORD_STANDS');
  });
  it('is then asserted anew, and answered no more', () => {
    const both = [...held, released(US), released(RU)];
    given(both).when(accept()).refuses('LINKAGE_ENDED');
    given(both).when(retain()).refuses('LINKAGE_ENDED');
    given([raised, asserted]).when(release()).refuses('LINKAGE_NOT_ACCEPTED');
    given([raised, asserted, rejected()]).when(retain()).refuses('LINKAGE_NOT_ACCEPTED');
    given([raised]).when(release()).refuses('LINKAGE_UNKNOWN');
  });
  it('is one of a hundred at most', () => {
    const many = Array.from({ length: 100 }, () => asserted);
    given([raised, ...many])
      .when(assert())
      .refuses('LINKAGES_TOO_MANY');
  });
});

describe('The other irritant', () => {
  it('knows of the linkage once, and takes it for no instrument', () => {
    given([raised])
      .when(link('irritant', '2'))
      .then([{ type: 'InstrumentLinked', data: { kind: 'irritant', id: '2' } }]);
    given([raised, linked('irritant', '2')])
      .when(link('irritant', '2'))
      .changesNothing();
    given([raised, linked('round', '2')])
      .when(link('irritant', '2'))
      .then([{ type: 'InstrumentLinked' }]);
    const { linkages, instruments } = shown(raised, linked('round', 'r'), linked('irritant', '2'));
    expect(linkages).toEqual([{ direction: 'incoming', irritantId: '2' }]);
    expect(instruments).toEqual([{ kind: 'round', id: 'r' }]);
  });

  const policy = (name: string) => {
    const found = irritantPolicies.find((one) => one.name === name);
    if (found === undefined) throw new Error(`There is no policy ${name}.`);
    return found;
  };
  const fact = (type: string, data: object) => ({
    id: 'e',
    stream: 'irritant-1',
    revision: 1,
    recordedAt: '2025-04-10T09:00:00.000Z',
    act: RU,
    sources: [],
    type,
    data,
  });
  const origin = { slice: 'irritants', id: '1', named: ['2'], lookUp: () => undefined };

  it('is told of what is asserted on the first', () => {
    const asked = policy('link-instrument').react(fact('LinkageAsserted', linkage), {} as never, origin);
    expect(asked).toMatchObject([
      { id: '2', command: { type: 'LinkInstrument', data: { kind: 'irritant', id: '1' } } },
    ]);
  });
});
