import { decideAmendment } from '../../platform/commands/amending.js';
import { amendmentCommands } from '../../platform/commands/amendment.commands.js';
import { isAmendment } from '../../platform/record/amendment-events.js';
import type { Stored } from '../../platform/record/envelope.js';
import type { Talks } from '../../platform/record/evidence.js';
import { roles } from '../../platform/record/principal.js';
import type { Slice } from '../../platform/record/slice.js';
import type { LoadedStream } from '../../platform/record/streams.js';
import { declarationsOf } from './acting-sides.js';

const nowhere = { events: [], endorsed: new Set<string>() };

/** The words of a correction may be gone; whether it had any is told by their hash. */
function contentOf({ content, contentHash }: Stored): Stored['content'] {
  return contentHash === undefined || content['content'] !== undefined
    ? content
    : { ...content, content: {} };
}

/**
 * Why an amendment would have been refused whatever its recorder's role, whatever rested on its target in other streams, and
 * whether or not a party had joined when it was judged: by what stood before it in its own stream, of which an act is judged
 * with all that stands there. Undefined where it may have been taken.
 */
export function amendmentRefused(
  slice: Slice,
  act: Stored,
  { events, folded }: LoadedStream,
  talks: Talks | undefined,
): string | undefined {
  const [name] = Object.entries(amendmentCommands).find(([, { event }]) => event === act.type) ?? [];
  if (!isAmendment(act) || name === undefined || folded?.unreadableSince !== undefined) return undefined;
  const { recordedBy, recorderParty } = act.act;
  const judgedBy = (dialogue: Talks | undefined) =>
    decideAmendment({
      slice,
      events,
      state: folded?.state ?? null,
      request: { type: name, act: act.act, data: act.data, content: contentOf(act) },
      principal: { id: recordedBy, name: recordedBy, party: recorderParty, roles },
      roleFor: () => undefined,
      declared: ({ type }) => declarationsOf(slice, type)[0],
      dialogue,
      elsewhere: nowhere,
    });
  const [refused, ...taken] = [talks && { ...talks, joined: [] }, talks]
    .map(judgedBy)
    .toSorted((one, other) => Number('refused' in other) - Number('refused' in one));
  if (refused === undefined || !('refused' in refused) || taken.some((one) => !('refused' in one)))
    return undefined;
  // What may be done instead is no matter of whoever checks.
  const [because = ''] = /^.+?[.](?= |$)/.exec(refused.because) ?? [];
  return `${act.type} of ${String(act.data['target'])} would have been refused: ${because}`;
}
