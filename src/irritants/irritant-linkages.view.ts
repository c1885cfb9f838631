import { toldView, toldViews } from '#libs/decider';
import type { WordsOf } from '#libs/decider';
import {
  array,
  described,
  object,
  oneOfWords,
  only,
  orNull,
  plainText,
  ref,
  uuid,
} from '../platform/shapes/json-schema.js';
import type { Published } from '../platform/shapes/json-schema.js';
import { told } from '../platform/shapes/said-shapes.js';
import type { Linkage, Linkages } from './irritant-linkages.facts.js';
import { Titled } from './irritant-raising.view.js';
import { instrumentKinds, irritantEvents, linkageConditions } from './irritant.events.js';

function outgoing({ said, answer, released, ...linkage }: Linkage, wordsOf: WordsOf) {
  return {
    direction: 'outgoing' as const,
    ...linkage,
    ...toldView(said, wordsOf),
    ...(answer === undefined ? {} : { answer: toldView(answer, wordsOf) }),
    released: toldViews(released, wordsOf),
  };
}

/** Those asserted here with their words; of those asserted on another irritant, only which one that is. */
export function linkagesView(irritant: Linkages, wordsOf: WordsOf) {
  return {
    linkages: [
      ...irritant.linkages.map((one) => outgoing(one, wordsOf)),
      ...irritant.linkedFrom.map((irritantId) => ({ direction: 'incoming' as const, irritantId })),
    ],
    instruments: irritant.instruments,
  };
}

const linkage = {
  irritantId: described(uuid, 'The other irritant.'),
  linkageId: uuid,
  condition: oneOfWords(linkageConditions),
  state: oneOfWords(['asserted', 'accepted', 'rejected', 'ended']),
  released: described(
    array(told(irritantEvents.LinkageReleased)),
    'The sides that say that the accepted linkage ends; the second of them ends it.',
  ),
};
const answer = { answer: told(irritantEvents.LinkageRejected) };

const LinkageShape = {
  oneOf: [
    told(irritantEvents.LinkageAsserted, { direction: only('outgoing'), ...linkage }, answer),
    object({ direction: only('incoming'), irritantId: linkage.irritantId }),
  ],
};

export const IncomingLinkage = told(
  irritantEvents.LinkageAsserted,
  { direction: only('incoming'), ...linkage, key: plainText, title: orNull(ref('LangText')), titled: Titled },
  answer,
);

export const linkagesShape: Published<typeof linkagesView> = {
  linkages: described(
    array(LinkageShape),
    'Asserted on this irritant, with their words; of those asserted on another one, which one that is.',
  ),
  instruments: array(object({ kind: oneOfWords(instrumentKinds), id: uuid })),
};
