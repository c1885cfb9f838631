import { aboutIn } from '../reading/about.js';
import { amendedIn, standingOf } from '../reading/amended.js';
import type { Frame } from '../reading/replay.js';
import { flagInWords } from '../wording/flags.js';
import { amendmentInWords } from '../wording/tellings.js';
import type { Entry } from '../wording/tellings.js';
import { shown } from './shown.js';
import type { Part, Shown } from './shown.js';
import type { Stored } from '../platform/record/envelope.js';

/** The frames as entries of a history: with what amended them, what they are about, and whether they still count. */
export function entriesOf(
  frames: readonly Frame[],
): readonly (Entry & { readonly on: number | undefined })[] {
  const events = frames.map(({ event: { envelope, data, content, unreadable } }) => ({
    ...envelope,
    data,
    content: content ?? {},
    unreadable,
  })) as unknown as readonly Stored[];
  const amended = amendedIn(events);
  const about = aboutIn(events);
  const places = new Map(events.map(({ id }, index) => [id, index]));
  return frames.map(({ seq, event, summary, flags }) => {
    const { id } = event.envelope;
    const standing = standingOf(amended, id);
    const on = places.get(about.get(id)?.id ?? '');
    return { seq, event, summary, amendedBy: amended.by.get(id), standing, flags, on };
  });
}

function namesIn(frames: readonly Frame[]): (eventId: string) => string {
  return (eventId) => {
    const frame = frames.find((one) => one.event.envelope.id === eventId);
    return frame === undefined ? 'an entry elsewhere' : `s${frame.seq}`;
  };
}

/** What is to be looked at in an entry, and in which of its sources or in which other entry. */
export function flagsOf(
  frames: readonly Frame[],
  { event, flags = [] }: Entry,
  titleOf: (sourceId: string) => Part,
): readonly Shown[] {
  return flags.map((flag) => {
    const which = 'sourceId' in flag ? titleOf(flag.sourceId) : `see ${namesIn(frames)(flag.eventId)}`;
    return shown`${flagInWords(flag, event.envelope.act.party)}: ${which}`;
  });
}

/** What later entries have to do with this one. */
export function amendmentsOf(frames: readonly Frame[], entry: Entry): readonly string[] {
  const nameOf = namesIn(frames);
  return (entry.amendedBy ?? []).map((one) => `${amendmentInWords(one, nameOf)}: see ${nameOf(one.eventId)}`);
}

export function stageOf(frame: Frame | undefined): string | undefined {
  return frame?.state?.['stage'] as string | undefined;
}

/**
 * Where the line runs: what was withdrawn or rests ends on the step that it had reached, for it went no further; what is
 * resolved has a step of its own.
 */
export function stepsOf(frames: readonly Frame[]): readonly (string | undefined)[] {
  const steps: (string | undefined)[] = [];
  for (const frame of frames) {
    const stage = stageOf(frame);
    const isEnded = stage === 'withdrawn' || stage === 'dormant';
    steps.push(isEnded ? steps.at(-1) : stage);
  }
  return steps;
}
