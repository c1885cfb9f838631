import { choice, event, id, integer, occurred, optional, quoted, text, words } from '#libs/decider';
import type { SummariesOf } from '#libs/decider';
import type { Stored } from './envelope.js';
import type { Slice } from './slice.js';

/** The events that any stream may hold: they amend the record and never a stage. */
export const amendmentEvents = {
  EventCorrected: event(
    {
      target: id,
      schemaVersion: integer(1, 1_000),
      occurred: optional(occurred),
    },
    { content: optional(words) },
  ),
  EventRetracted: event({ target: id }, { reason: text }),
  ErasureRequested: event(
    { target: id, basis: choice('legal-duty', 'personal-data', 'security') },
    { reason: text },
  ),
  ContentErased: event({ target: id, basis: choice('legal-duty', 'personal-data', 'security') }),
};

export const amendmentSummaries: SummariesOf<typeof amendmentEvents> = {
  EventCorrected: (e) =>
    `An earlier entry was corrected (${[...(e.data.occurred === undefined ? [] : ['when it happened']), ...(e.content.content === undefined ? [] : ['its words'])].join(' and ')})`,
  EventRetracted: (e) => `An earlier entry was retracted${quoted(e.content.reason)}`,
  ErasureRequested: (e) =>
    `Erasure of the words of an earlier entry was requested${quoted(e.content.reason)}`,
  ContentErased: () => 'The words of an earlier entry were erased',
};

function targetOf(event: Stored): string {
  return (event.data as { target: string }).target;
}

/**
 * The prefix as it counts: retracted events drop out, except those that a milestone rested on when they were
 * retracted; corrections replace words or time; erased words are gone, and those of their corrections too.
 */
export function amended(slice: Slice, events: readonly Stored[]): readonly Stored[] {
  const amendments = events.filter((one) => Object.hasOwn(amendmentEvents, one.type));
  if (amendments.length === 0) return events;
  const dropped = new Set<string>();
  for (const retraction of events.filter((one) => one.type === 'EventRetracted')) {
    const before = amended(slice, events.slice(0, events.indexOf(retraction)));
    const state = before.reduce<unknown>((reached, one) => slice.evolve(reached, one), slice.initial);
    const rests = state === null ? [] : slice.restsOn(state);
    if (!rests.includes(targetOf(retraction))) dropped.add(targetOf(retraction));
  }
  const kept = events.filter((one) => !dropped.has(one.id));
  const erased = new Set(kept.filter((one) => one.type === 'ContentErased').map(targetOf));
  const corrections = kept.filter((one) => one.type === 'EventCorrected');
  return kept.map((one) => {
    if (erased.has(one.id) || (one.type === 'EventCorrected' && erased.has(targetOf(one)))) {
      return { ...one, content: {}, salt: null, erased: true };
    }
    return corrections.filter((correction) => targetOf(correction) === one.id).reduce(corrected, one);
  });
}

function corrected(event: Stored, correction: Stored): Stored {
  const { occurred } = correction.data as { occurred?: Stored['occurred'] };
  const { content } = correction.content as { content?: Stored['content'] };
  return {
    ...event,
    ...(occurred === undefined ? {} : { occurred }),
    ...(content === undefined ? {} : { content }),
  };
}
