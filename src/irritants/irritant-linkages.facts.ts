import { said } from '#libs/decider';
import type { Handlers, Of } from './irritant-answers.facts.js';
import type { Irritant, Linkage } from './irritant.facts.js';
import { isOther, yields } from './irritant-own-words.facts.js';

/** The last word of the other side counts; what was rejected can be accepted later, and the other way round. */
function answered(
  irritant: Irritant,
  fact: Of<'LinkageAccepted' | 'LinkageRejected'>,
  state: 'accepted' | 'rejected',
): Irritant {
  const change = (one: Linkage): Linkage =>
    one.linkageId === fact.data.linkageId && isOther(fact, one.said) && !yields(irritant, fact, one.answer)
      ? { ...one, state, answer: said(fact) }
      : one;
  return { ...irritant, linkages: irritant.linkages.map(change) };
}

/** What another irritant's stream says is read there; here stands only that it says something. */
export const linkageHandlers: Handlers<
  'LinkageAsserted' | 'LinkageAccepted' | 'LinkageRejected' | 'InstrumentLinked'
> = {
  LinkageAsserted: (irritant, fact) => ({
    ...irritant,
    linkages: [...irritant.linkages, { ...fact.data, said: said(fact), state: 'asserted' }],
  }),
  LinkageAccepted: (irritant, fact) => answered(irritant, fact, 'accepted'),
  LinkageRejected: (irritant, fact) => answered(irritant, fact, 'rejected'),
  InstrumentLinked: (irritant, { data: { kind, id } }) =>
    kind === 'irritant'
      ? { ...irritant, linkedFrom: [...irritant.linkedFrom, id] }
      : { ...irritant, instruments: [...irritant.instruments, { kind, id }] },
};
