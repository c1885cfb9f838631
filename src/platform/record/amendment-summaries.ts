import { bracketed, inWords, quoted, who } from '#libs/decider';
import type { Act, NameOf, SummariesOf } from '#libs/decider';
import type { amendmentEvents } from './amendment-events.js';

/** How many fallen entries a sentence names; the event has them all. */
const namedMax = 5;

interface Amending {
  readonly act: Act;
  readonly data: { readonly target: string };
}

/** The amended entry by its place and by what it says. */
function entry({ data: { target } }: Amending, nameOf: NameOf, unnamed = 'an earlier entry'): string {
  const name = nameOf(target, 'entry');
  return name === undefined ? unnamed : `the entry (${name})`;
}

/** Whoever keeps the record speaks for no party. */
function keeper(e: Amending): string {
  return e.act.party === null ? 'The secretariat' : who(e);
}

export const amendmentSummaries: SummariesOf<typeof amendmentEvents> = {
  EventCorrected: (e, nameOf) =>
    `${keeper(e)} corrected ${entry(e, nameOf)}: ${[...(e.data.occurred === undefined ? [] : [`when it happened, ${e.data.occurred.edtf}`]), ...(e.content.content === undefined ? [] : ['its words'])].join(' and ')}`,
  EventRetracted: (e, nameOf) => `${keeper(e)} retracted ${entry(e, nameOf)}${quoted(e, 'reason')}`,
  ErasureRequested: (e, nameOf) =>
    `${keeper(e)} asked for the erasure of the words of ${entry(e, nameOf)}${quoted(e, 'reason')}`,
  ContentErased: (e, nameOf) => `The words of ${entry(e, nameOf)} were erased`,
  AttributionEndorsed: (e, nameOf) =>
    `${who(e)} endorsed ${entry(e, nameOf, 'an entry')}, recorded in its name${quoted(e, 'note')}`,
  AttributionDisavowed: (e, nameOf) =>
    `${who(e)} disavowed ${entry(e, nameOf, 'an entry')}, recorded in its name: ${inWords(e.data.ground)}${quoted(e, 'reason')}`,
  AttributionVoid: (e, nameOf) =>
    `Void is ${entry(e, nameOf)}: it landed in the record when it could not be recorded any more, as a party had joined, or disowned its source, or asked that its own acts be signed, or a secretariat had come, or as it was said by none of the parties`,
  AttributionContradicted: (e, nameOf) =>
    `No longer counts ${entry(e, nameOf)}: the party in whose name it was recorded has said otherwise itself`,
  AttributionDoubted: (e, nameOf) =>
    `${keeper(e)} doubts ${entry(e, nameOf, 'an entry')}, which it recorded in the name of another${quoted(e, 'reason')}`,
  ActRepudiated: (e, nameOf) =>
    `${who(e)} said that ${entry(e, nameOf)}, under its name, was not its own${quoted(e, 'reason')}`,
  ActReviewConcluded: (e, nameOf) =>
    `${who(e)} concluded on ${entry(e, nameOf)}, which was repudiated: it ${e.data.outcome === 'void' ? 'is void' : 'stands'}${quoted(e, 'reason')}`,
  MilestoneLifted: ({ data: { milestones, cause } }, nameOf) => {
    const fallen = milestones.slice(0, namedMax).flatMap((one) => nameOf(one, 'event') ?? []);
    const others = milestones.length - fallen.length;
    const named = fallen.length === 0 ? 'Something' : fallen.join(', ');
    const more = fallen.length === 0 || others === 0 ? '' : ` and ${others} more`;
    return `${named}${more} dropped out with an entry on which it rested${bracketed(nameOf(cause, 'event'))}`;
  },
};
