import { toldViews } from '#libs/decider';
import type { LangText, WordsOf } from '#libs/decider';
import {
  array,
  byKey,
  described,
  flag,
  object,
  oneOfWords,
  orNull,
  parties,
  plainText,
  ref,
  synthetic,
  text,
  uuid,
} from '../platform/shapes/json-schema.js';
import type { Published } from '../platform/shapes/json-schema.js';
import { told } from '../platform/shapes/said-shapes.js';
import type { Raising } from './irritant-raising.facts.js';
import { categories, irritantEvents } from './irritant.events.js';

/** What each party calls the matter: its last own name, and until then the one under which it raised it. */
function designationsOf(irritant: Raising, wordsOf: WordsOf): { readonly [party: string]: LangText } {
  const raising = wordsOf(irritant.raised.eventId)['designations'] as { readonly [party: string]: LangText };
  const own = Object.entries(raising ?? {}).filter(([party]) => party === irritant.raised.party);
  const later = irritant.designated.flatMap((one): [string, LangText][] => {
    const name = wordsOf(one.eventId)['name'] as LangText | undefined;
    return name === undefined || one.party === null ? [] : [[one.party, name]];
  });
  return Object.fromEntries([...own, ...later]);
}

/** Whose wording the title is, until the other side has accepted it or raised the matter under it. */
function titledView({ titleBy, titleAccepted, raisedUnder, parties: both }: Raising) {
  const words = [...titleAccepted.map((one) => one.party), ...raisedUnder];
  const acceptedBy = both.filter((one) => one !== titleBy && words.includes(one));
  const open = both.filter((one) => one !== titleBy && !words.includes(one));
  return { by: titleBy, acceptedBy, isNeutral: open.length === 0 };
}

/** What it is, who raised it, and how it is called. */
export function raisingView(irritant: Raising, wordsOf: WordsOf) {
  const raising = wordsOf(irritant.raised.eventId);
  return {
    key: irritant.key,
    dialogueId: irritant.dialogueId,
    title: raising['title'] ?? null,
    titled: titledView(irritant),
    statement: raising['statement'] ?? null,
    designations: designationsOf(irritant, wordsOf),
    designated: toldViews(irritant.designated, wordsOf),
    category: irritant.category,
    tags: (raising['tags'] ?? []) as readonly string[],
    parties: irritant.parties,
    raisers: irritant.raisers,
    respondents: irritant.respondents,
    raisedBasis: irritant.raisedBasis,
    synthetic: irritant.synthetic,
    coRaised: toldViews(irritant.coRaised, wordsOf),
  };
}

export const Titled = object({
  by: described(orNull(ref('Party')), 'Whose people worded the title; null where a secretariat did.'),
  acceptedBy: parties,
  isNeutral: described(flag, 'Every other party has accepted it, or raised the matter under it.'),
});

export const raisingShape: Published<typeof raisingView> = {
  key: described(plainText, 'The name that people use, as in RUUS-1; addresses take it too.'),
  dialogueId: uuid,
  title: orNull(text),
  titled: Titled,
  statement: orNull(text),
  designations: described(byKey(text), 'What each party itself calls the matter, by its last word.'),
  designated: array(told(irritantEvents.IrritantDesignated)),
  category: oneOfWords(categories),
  tags: array(plainText),
  parties: described(parties, 'Both sides of its dialogue.'),
  raisers: described(
    parties,
    'Each by its own word or by evidence of it; none where nobody says who raised it.',
  ),
  respondents: parties,
  raisedBasis: oneOfWords(['stated', 'first-recorded']),
  synthetic,
  coRaised: array(told(irritantEvents.IrritantCoRaised)),
};
