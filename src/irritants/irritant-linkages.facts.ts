import { isHearsay, said, withWord } from '#libs/decider';
import type { Fact, Said } from '#libs/decider';
import type { Handlers, Of } from './irritant-handlers.facts.js';
import { isOther } from '../kernel/own-words.js';
import type { InstrumentKind } from './irritant.events.js';

export interface Linkage {
  readonly linkageId: string;
  /** The other irritant. */
  readonly irritantId: string;
  readonly condition: Of<'LinkageAsserted'>['data']['condition'];
  readonly said: Said;
  readonly state: 'asserted' | 'accepted' | 'rejected' | 'ended';
  readonly answer?: Said;
  /** The sides that say that it ends, once it is accepted. */
  readonly released: readonly Said[];
}

export interface Linkages {
  /** Asserted here, of this irritant and another one. */
  readonly linkages: readonly Linkage[];
  /** The irritants on which a linkage with this one is asserted. */
  readonly linkedFrom: readonly string[];
  readonly instruments: readonly { readonly kind: InstrumentKind; readonly id: string }[];
}

export const noLinkages: Linkages = { linkages: [], linkedFrom: [], instruments: [] };

/** The last word of the other side counts; what was rejected can be accepted later, and the other way round. */
function answered<I extends Linkages>(
  irritant: I,
  fact: Of<'LinkageAccepted' | 'LinkageRejected'>,
  state: 'accepted' | 'rejected',
): I {
  return withLinkage(irritant, fact.data.linkageId, (one) => {
    const isAnswer = isOther(fact, one.said) && !isHearsay(fact, one.answer);
    if (!isAnswer || one.state === 'ended') return one;
    // Who asserted it has let go of it: where the other side has not accepted it either, nobody holds to it.
    const isOver = state === 'rejected' && one.released.some((word) => word.party === one.said.party);
    return { ...one, answer: said(fact), ...(isOver ? { state: 'ended' } : { state, released: [] }) };
  });
}

function withLinkage<I extends Linkages>(irritant: I, id: string, change: (one: Linkage) => Linkage): I {
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
  Linkages,
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
