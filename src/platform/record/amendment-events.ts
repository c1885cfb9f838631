import {
  choice,
  event,
  id,
  integer,
  line,
  list,
  means,
  optional,
  shape,
  words,
  derived,
} from '#libs/decider';
import type { EventSchema, EventSchemas } from '#libs/decider';
import { claimedTime, note, reason, sourceId, why } from '../../kernel/fields.js';
import type { Stored } from './envelope.js';
import type { Slice } from './slice.js';

export const disavowalGrounds = ['not-what-we-said', 'not-our-source'] as const;

const target = means(id, 'The event that is amended: its id is in the history.');
const erasureBasis = means(choice('legal-duty', 'personal-data', 'security'), 'On what it rests.');

/** The events that any stream may hold: they amend the record and never a stage. */
export const amendmentEvents = {
  EventCorrected: event(
    {
      target,
      schemaVersion: means(integer(1, 1_000), 'The version of the schema in which the words are.'),
      occurred: optional(claimedTime),
      /** What it changes follows from which words stood before it, and those may drop out. */
      reading: means(
        list(shape({ field: line(80), as: optional(id) }), 0, 100),
        'Each field of the words that it gives, with the event that first had it read so; none where it is this one.',
      ),
    },
    {
      content: optional(
        words,
        'The words of the event as they should have been: all of them, for they replace those before.',
      ),
    },
    { drawn: ['reading'] },
  ),
  EventRetracted: event({ target }, { reason }),
  ErasureRequested: event({ target, basis: erasureBasis }, { reason }),
  ContentErased: derived(
    event({
      target,
      basis: erasureBasis,
      askedBy: means(list(line(80), 2, 20), 'The two principals that asked for it, not both of one party.'),
    }),
    'Those who have to agree asked for it, so the words of the event are erased; what decides stays.',
  ),
  AttributionEndorsed: event({ target }, { note: optional(note) }),
  AttributionDisavowed: event(
    {
      target,
      ground: means(
        choice(...disavowalGrounds),
        'Why it is disavowed: we did not say so, or the source is not ours.',
      ),
      sourceId: optional(sourceId),
    },
    why,
  ),
  /**
   * Of what landed in the record after something by which it could not be recorded any more: the party in whose name it
   * was, or without which it was, had joined; a secretariat had come; the party had disowned its source, or asked to sign.
   */
  AttributionVoid: derived(
    event({ target }),
    'What landed in the record after something by which it could not be recorded any more counts for nothing.',
  ),
  /** Of a word in whose place its party has itself said otherwise: what had followed from it follows no more. */
  AttributionContradicted: derived(
    event({ target }),
    'The party has itself said otherwise than was recorded in its name: that word drops out.',
  ),
  /** Whoever recorded it in another's name doubts that it was so said: a mark, and nothing of what it brought about. */
  AttributionDoubted: event({ target }, { reason }),
  ActRepudiated: event({ target }, why),
  ActReviewConcluded: event(
    {
      target,
      outcome: means(choice('stands', 'void'), 'Whether the repudiated act stands or is void.'),
    },
    why,
  ),
  /** What rested on something that dropped out of another stream. */
  MilestoneLifted: derived(
    event({
      milestones: means(list(id, 1, 500), 'The events that fall.'),
      cause: means(id, 'The event by which they fall.'),
    }),
    'What rested on something that dropped out of another stream falls.',
  ),
};

export function isAmendment({ type }: Pick<Stored, 'type'>): boolean {
  return Object.hasOwn(amendmentEvents, type);
}

/** The schema of an event type in one slice; undefined where it has none. */
export function schemaOf({ schemas }: Pick<Slice, 'schemas'>, type: string): EventSchema | undefined {
  return [schemas, amendmentEvents as EventSchemas].find((one) => Object.hasOwn(one, type))?.[type];
}
