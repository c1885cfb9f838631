import { accept, alreadySaid, ending, nothing, refuse, restingOn } from '#libs/decider';
import type { Rules } from './irritant-terms.decider.js';
import { wordOf } from './irritant-own-words.facts.js';

/** What each side calls the matter, and whether the title is still the wording of one side. */
export const namingRules: Rules<'DesignateIrritant' | 'AcceptTitle'> = {
  DesignateIrritant: (command, irritant) =>
    accept(ending(command.event, wordOf(irritant.designated, command.act.party))),
  AcceptTitle: (command, irritant) => {
    if (irritant.titleBy !== null && irritant.titleBy === command.act.party) {
      return refuse(
        'OWN_TITLE',
        `The title is ${irritant.titleBy}'s own wording, and only the other side accepts it: wait for that, or correct it.`,
      );
    }
    if (alreadySaid(irritant.titleAccepted, command.act)) return nothing;
    // Without the correction by which the title reads so, it reads otherwise, and nobody has accepted that.
    const { by } = irritant.title;
    const isCorrected = by !== irritant.raised.eventId;
    return accept(isCorrected ? restingOn(command.event, { eventId: by }) : command.event);
  },
};
