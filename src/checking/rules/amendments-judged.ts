import { decideAmendment } from '../../platform/commands/amending.js';
import { amendmentCommands } from '../../platform/commands/amendment.commands.js';
import { restingElsewhere } from '../../platform/commands/resting-elsewhere.js';
import type { RestingElsewhere } from '../../platform/commands/resting-elsewhere.js';
import { isAmendment } from '../../platform/record/amendment-events.js';
import type { Stored } from '../../platform/record/envelope.js';
import type { Talks } from '../../platform/record/evidence.js';
import { roles } from '../../platform/record/principal.js';
import { targetOf } from '../../platform/record/redating.js';
import type { Slice } from '../../platform/record/slice.js';
import type { LoadedStream } from '../../platform/record/streams.js';
import { declarationsOf } from './acting-sides.js';
import { earlierLooks } from './looks.js';
import type { PlayedLog } from './played-log.js';
import { SeenLog } from './seen-log.js';

/** An act that is about to be taken into the log. */
interface Acting {
  readonly log: PlayedLog;
  readonly slice: Slice;
  readonly act: Stored;
  /** The stream of the act as it stood before it. */
  readonly before: LoadedStream;
  /** The dialogue as it stood before it. */
  readonly talks: Talks;
  /** At how many earlier moments it may have looked at other streams. */
  readonly looks: number;
}

const nowhere: RestingElsewhere = { events: [], endorsed: new Set() };

/** The words of a correction may be gone; whether it had any is told by their hash. */
function contentOf({ content, contentHash }: Stored): Stored['content'] {
  return contentHash === undefined || content['content'] !== undefined
    ? content
    : { ...content, content: {} };
}

/** Why it would have been refused whatever its recorder's role, in a sentence; undefined where it would have been taken. */
function refusedBy(
  { slice, act, before: { events, folded } }: Acting,
  dialogue: Talks | undefined,
  elsewhere: RestingElsewhere,
): string | undefined {
  const [name] = Object.entries(amendmentCommands).find(([, { event }]) => event === act.type) ?? [];
  if (name === undefined) return undefined;
  const { recordedBy, recorderParty } = act.act;
  const decision = decideAmendment({
    slice,
    events,
    state: folded?.state ?? null,
    request: { type: name, act: act.act, data: act.data, content: contentOf(act) },
    principal: { id: recordedBy, name: recordedBy, party: recorderParty, roles },
    roleFor: () => undefined,
    declared: ({ type }) => declarationsOf(slice, type)[0],
    dialogue,
    elsewhere,
  });
  if (!('refused' in decision)) return undefined;
  // What may be done instead is no matter of whoever checks.
  const [because = ''] = /^.+?[.](?= |$)/.exec(decision.because) ?? [];
  return `${act.type} of ${targetOf(act)} would have been refused: ${because}`;
}

/**
 * Why an amendment would have been refused by what stood before it in its own stream, of which an act is judged with all
 * that stands there, whether or not a party had joined when it was judged; or, at whatever moment it looked, by what rested on
 * its target in other streams. Undefined where it may have been taken.
 */
export async function amendmentRefused(acting: Acting): Promise<string | undefined> {
  const { act, before, talks } = acting;
  if (!isAmendment(act) || before.folded?.unreadableSince !== undefined) return undefined;
  const own = refusedBy(acting, talks, nowhere);
  if (own !== undefined && refusedBy(acting, { ...talks, joined: [] }, nowhere) !== undefined) return own;
  return refusedAtEachLook(acting);
}

async function refusedAtEachLook(acting: Acting): Promise<string | undefined> {
  const { log, act, before, looks } = acting;
  const refusedAt = async (place: number) => {
    const seen = new SeenLog(log, place, act);
    const elsewhere = await restingElsewhere(seen, act.stream, before.events, targetOf(act));
    if (elsewhere.events.length === 0) return undefined;
    return refusedBy(acting, await seen.dialogue(acting.talks.dialogueId), elsewhere);
  };
  const refused = await refusedAt(log.size);
  if (refused === undefined) return undefined;
  const places = earlierLooks(log, act, log.size, looks);
  for (;;) {
    const look = places.next();
    // Where there are more looks than are tried, nobody can say.
    if (look.done === true) return look.value ? refused : undefined;
    if ((await refusedAt(look.value)) === undefined) return undefined;
  }
}
