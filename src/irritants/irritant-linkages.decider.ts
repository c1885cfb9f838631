import {
  accept,
  alreadySaid,
  ending,
  isOwnWord,
  nothing,
  ownWordStands,
  refuse,
  restingOn,
} from '#libs/decider';
import type { Irritant } from './irritant.facts.js';
import type { Linkage } from './irritant-linkages.facts.js';
import { isUnaccepted } from './irritant-linkages.facts.js';
import { isOther } from '../kernel/own-words.js';
import { closed } from './irritant-stances.decider.js';
import type { IrritantAct, Rules } from './irritant-terms.decider.js';

/** Whatever a resolution waits for is looked at when it takes effect, so it is bounded. */
const linkagesMax = 100;

function tooMany({ linkages, key }: Irritant) {
  return linkages.length < linkagesMax
    ? undefined
    : refuse(
        'LINKAGES_TOO_MANY',
        `On ${key} ${linkagesMax} linkages are asserted already, which is as many as one irritant takes.`,
      );
}

function unknown(linkageId: string) {
  return refuse(
    'LINKAGE_UNKNOWN',
    `This irritant has no linkage ${linkageId}; a linkage is answered on the irritant on which it was asserted.`,
  );
}

const ended = refuse(
  'LINKAGE_ENDED',
  'This linkage is ended, by both sides or, unaccepted, by the side that asserted it: assert it anew.',
);

type Answering = Extract<IrritantAct, { type: 'AcceptLinkage' | 'RejectLinkage' }>;

/** Whether two irritants hang together is for the other side to say; what it rejected, it may accept later. */
function answer<S>(
  command: Answering,
  irritant: Irritant,
  state: 'accepted' | 'rejected',
  settled: (linkage: Linkage) => S,
) {
  const { linkageId } = command.event.data;
  const linkage = irritant.linkages.find((one) => one.linkageId === linkageId);
  if (linkage === undefined) return unknown(linkageId);
  const { party } = linkage.said;
  if (party === command.act.party) {
    return refuse(
      'OWN_LINKAGE',
      `${party} asserted this linkage itself, and only the other side answers it: release it where ${party} no longer asserts it.`,
    );
  }
  const repeats =
    linkage.state === state && linkage.answer !== undefined && alreadySaid([linkage.answer], command.act);
  if (repeats) return nothing;
  const stands = ownWordStands(command.act, linkage.answer) ?? settled(linkage);
  return stands ?? accept(ending(command.event, linkage.said, linkage.answer, ...linkage.released));
}

/** The linkage where both hold to it; only such a one is released, or held on to. */
function held(irritant: Irritant, linkageId: string) {
  const linkage = irritant.linkages.find((one) => one.linkageId === linkageId);
  if (linkage === undefined) return unknown(linkageId);
  if (linkage.state === 'accepted') return linkage;
  return linkage.state === 'ended'
    ? ended
    : refuse('LINKAGE_NOT_ACCEPTED', `The linkage is only ${linkage.state}, so it binds nobody.`);
}

/** Who asserted what the other side has not accepted takes back its own word: nothing joint ends by that. */
function isOwnAlone({ act }: Pick<IrritantAct, 'act'>, linkage: Linkage): boolean {
  return linkage.said.party === act.party && isUnaccepted(linkage);
}

/**
 * Each side for itself says that what both hold to ends: the one alone changes nothing. What is only asserted ends by the
 * word of the side that asserted it.
 */
function release(command: Extract<IrritantAct, { type: 'ReleaseLinkage' }>, irritant: Irritant) {
  const { linkageId } = command.event.data;
  const one = irritant.linkages.find((each) => each.linkageId === linkageId);
  if (one !== undefined && alreadySaid(one.released, command.act)) return nothing;
  if (one !== undefined && isOwnAlone(command, one))
    return (
      ownWordStands(command.act, one.said) ?? accept(ending(restingOn(command.event, one.said), one.said))
    );
  const linkage = held(irritant, linkageId);
  if (!('linkageId' in linkage)) return linkage;
  const { released, answer: accepted } = linkage;
  const event = restingOn(command.event, accepted);
  const isSecond = released.some((word) => isOther(command, word));
  return accept(isSecond ? ending(event, linkage.said, accepted, ...released) : ending(event, ...released));
}

function retain(command: Extract<IrritantAct, { type: 'RetainLinkage' }>, irritant: Irritant) {
  const linkage = held(irritant, command.event.data.linkageId);
  if (!('linkageId' in linkage)) return linkage;
  const { released } = linkage;
  if (released.length === 0) return nothing;
  const stands = released.map((word) => ownWordStands(command.act, word)).find(Boolean);
  return stands ?? accept(ending(restingOn(command.event, ...released), ...released));
}

export const linkageRules: Rules<
  'AssertLinkage' | 'AcceptLinkage' | 'RejectLinkage' | 'ReleaseLinkage' | 'RetainLinkage'
> = {
  AssertLinkage: (command, irritant) =>
    command.event.data.irritantId === irritant.id
      ? refuse(
          'LINKED_TO_ITSELF',
          `A linkage is between two irritants: name another one than ${irritant.key}.`,
        )
      : (closed(irritant) ?? tooMany(irritant) ?? accept(command.event)),
  AcceptLinkage: (command, irritant) =>
    answer(command, irritant, 'accepted', ({ state }) => (state === 'ended' ? ended : undefined)),
  // One that both hold to is ended by both.
  RejectLinkage: (command, irritant) =>
    answer(command, irritant, 'rejected', ({ state, answer: accepted }) => {
      if (state === 'ended') return ended;
      return state === 'accepted' && !isOwnWord(command, accepted)
        ? refuse(
            'LINKAGE_ACCEPTED',
            'Both sides hold to this linkage: release it, and it ends once the other side has done so too.',
          )
        : undefined;
    }),
  ReleaseLinkage: release,
  RetainLinkage: retain,
};
