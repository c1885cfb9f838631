import { isHearsay, said, withWord } from '#libs/decider';
import type { Fact } from '#libs/decider';
import type { Handlers, Of } from './irritant-answers.facts.js';
import type { Irritant, Linkage } from './irritant.facts.js';
import { isOther } from './irritant-own-words.facts.js';

/** The last word of the other side counts; what was rejected can be accepted later, and the other way round. */
function answered(
  irritant: Irritant,
  fact: Of<'LinkageAccepted' | 'LinkageRejected'>,
  state: 'accepted' | 'rejected',
): Irritant {
  return withLinkage(irritant, fact.data.linkageId, (one) => {
    const isAnswer = isOther(fact, one.said) && !isHearsay(fact, one.answer);
    if (!isAnswer || one.state === 'ended') return one;
    // Who asserted it has let go of it: where the other side has not accepted it either, nobody holds to it.
    const isOver = state === 'rejected' && one.released.some((word) => word.party === one.said.party);
    return { ...one, answer: said(fact), ...(isOver ? { state: 'ended' } : { state, released: [] }) };
  });
}

function withLinkage(irritant: Irritant, id: string, change: (one: Linkage) => Linkage): Irritant {
  const linkages = irritant.linkages.map((one) => (one.linkageId === id ? change(one) : one));
  return { ...irritant, linkages };
}

/** Whether it stands by the word of the side that asserted it alone. */
export function isUnaccepted({ state }: Linkage): boolean {
  return state === 'asserted' || state === 'rejected';
}

/** Each side says for itself that the linkage ends; the second of them ends it, and unaccepted it is that of one side. */
function released(one: Linkage, fact: Fact): Linkage {
  if (isUnaccepted(one) && one.said.party === fact.act.party)
    return isHearsay(fact, one.said) ? one : { ...one, released: [said(fact)], state: 'ended' };
  if (one.state !== 'accepted' || fact.act.party === null) return one;
  const words = withWord(one.released, fact);
  return { ...one, released: words, state: words.length > 1 ? 'ended' : 'accepted' };
}

/** Either side holds on to it: its own word that it ends is taken back, and the other side's is declined. */
function retained(one: Linkage, fact: Fact): Linkage {
  const isKept = one.released.some((word) => isHearsay(fact, word));
  return one.state !== 'accepted' || isKept ? one : { ...one, released: [] };
}

/** What another irritant's stream says is read there; here stands only that it says something. */
export const linkageHandlers: Handlers<
  | 'LinkageAsserted'
  | 'LinkageAccepted'
  | 'LinkageRejected'
  | 'LinkageReleased'
  | 'LinkageRetained'
  | 'InstrumentLinked'
> = {
  LinkageAsserted: (irritant, fact) => ({
    ...irritant,
    linkages: [...irritant.linkages, { ...fact.data, said: said(fact), state: 'asserted', released: [] }],
  }),
  LinkageAccepted: (irritant, fact) => answered(irritant, fact, 'accepted'),
  LinkageRejected: (irritant, fact) => answered(irritant, fact, 'rejected'),
  LinkageReleased: (irritant, fact) =>
    withLinkage(irritant, fact.data.linkageId, (one) => released(one, fact)),
  LinkageRetained: (irritant, fact) =>
    withLinkage(irritant, fact.data.linkageId, (one) => retained(one, fact)),
  InstrumentLinked: (irritant, { data: { kind, id } }) =>
    kind === 'irritant'
      ? { ...irritant, linkedFrom: [...irritant.linkedFrom, id] }
      : { ...irritant, instruments: [...irritant.instruments, { kind, id }] },
};
