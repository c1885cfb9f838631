import { hasSaid, isOwnWord, said, withWord } from '#libs/decider';
import type { Fact, Said } from '#libs/decider';
import type { Handlers, Of } from './irritant-handlers.facts.js';
import { latest } from './irritant-own-words.facts.js';
import type { IrritantFacts } from './irritant.events.js';

/** What it is, who raised it, and how it is called. */
export interface Raising extends Pick<IrritantFacts, 'dialogueId' | 'key'> {
  readonly id: string;
  readonly category: string;
  readonly synthetic: boolean;
  readonly parties: readonly string[];
  readonly raisers: readonly string[];
  readonly respondents: readonly string[];
  readonly raisedBasis: 'stated' | 'first-recorded';
  readonly raised: Said;
  readonly coRaised: readonly Said[];
  /** The party whose people worded the title as it reads; null where a secretariat did. */
  readonly titleBy: string | null;
  /** The event that first worded the title as it reads, and the one by which it reads so. */
  readonly title: { readonly reads: string; readonly by: string };
  /** The events that worded a title, and whose people did. */
  readonly titles: readonly { readonly reads: string; readonly by: string | null }[];
  readonly titleAccepted: readonly Said[];
  /** Who joined in raising it under the title as it reads. */
  readonly raisedUnder: readonly string[];
  /** The last name that each party gave the matter itself. */
  readonly designated: readonly Said[];
}

export function raisingOf(fact: Of<'IrritantRaised'>): Raising {
  const raised = said(fact);
  const { data, act } = fact;
  // A party's own act that both found not to be its own is nobody's, and so are its words.
  const worded = act.party === null && act.capacity === 'direct' ? null : act.recorderParty;
  return {
    id: fact.stream.slice(fact.stream.indexOf('-') + 1),
    dialogueId: data.dialogueId,
    key: data.key,
    category: data.category,
    synthetic: data.synthetic,
    parties: data.parties,
    // Where the raising was disavowed, nobody is its author.
    raisers: data.raisers.filter((one) => one === act.party),
    respondents: data.respondents,
    raisedBasis: data.raisedBasis,
    raised,
    coRaised: [],
    titleBy: worded,
    title: { reads: raised.eventId, by: raised.eventId },
    titles: [{ reads: raised.eventId, by: worded }],
    titleAccepted: [],
    raisedUnder: [],
    designated: [],
  };
}

/** Who raised it, each by its own word or by evidence of it: nobody where nobody is on record. */
export function raisingsOf({ raised, coRaised }: Pick<Raising, 'raised' | 'coRaised'>): readonly Said[] {
  return raised.party === null ? coRaised : [raised, ...coRaised.filter((one) => one.party !== raised.party)];
}

/** Amendments change what the platform folds; one of them says something of the words that stand here. */
export function retitled<I extends Raising>(irritant: I, fact: Fact): I {
  const { target, reading = [] } = fact.data as {
    readonly target?: string;
    readonly reading?: readonly { readonly field: string; readonly as?: string }[];
  };
  const title = reading.find((one) => one.field === 'title');
  const isOfRaising = fact.type === 'EventCorrected' && target === irritant.raised.eventId;
  if (!isOfRaising || title === undefined) return irritant;
  const { as: reads = fact.id } = title;
  if (reads === irritant.title.reads) return irritant;
  // What no longer counts may have worded it first; then it is of whoever says it now.
  const known = irritant.titles.find((one) => one.reads === reads);
  const { by } = known ?? { by: fact.act.recorderParty };
  return {
    ...irritant,
    titleBy: by,
    title: { reads, by: fact.id },
    titles: known === undefined ? [...irritant.titles, { reads, by }] : irritant.titles,
    // Whoever accepted the title, or raised the matter under it, has not accepted another one.
    titleAccepted: [],
    raisedUnder: [],
  };
}

function including<T>(all: readonly T[], ...more: readonly T[]): readonly T[] {
  return [...new Set([...all, ...more])];
}

export const raisingHandlers: Handlers<
  Raising,
  'IrritantRaised' | 'IrritantCoRaised' | 'IrritantDesignated' | 'TitleAccepted'
> = {
  IrritantRaised: (irritant) => irritant,
  /** Whoever joins in raising it asks the other side to answer. */
  IrritantCoRaised: (irritant, fact) => {
    const { party } = fact.act;
    if (party === null) return irritant;
    const isNew = !irritant.raisers.includes(party);
    const isBetter = hasSaid(irritant.coRaised, party) || isOwnWord(fact, irritant.raised);
    if (!isNew && !isBetter) return irritant;
    return {
      ...irritant,
      raisers: including(irritant.raisers, party),
      respondents: including(irritant.respondents, ...irritant.parties.filter((one) => one !== party)),
      coRaised: withWord(irritant.coRaised, fact),
      raisedUnder: including(irritant.raisedUnder, party),
    };
  },
  IrritantDesignated: (irritant, fact) => ({
    ...irritant,
    designated: latest(irritant.designated, said(fact), fact),
  }),
  TitleAccepted: (irritant, fact) => ({ ...irritant, titleAccepted: withWord(irritant.titleAccepted, fact) }),
};
