import type { Stored } from '../../platform/record/envelope.js';
import type { Talks } from '../../platform/record/evidence.js';
import { dialogueOfStream } from '../../platform/record/references.js';
import { sideFault } from './acting-sides.js';
import { actingFault } from './amending-voices.js';
import { amendmentRefused } from './amendments-judged.js';
import type { PlayedLog } from './played-log.js';

/** Why an act, which is no conclusion, can't be there by what stands before it in the log; undefined where it can. */
export async function actFault(log: PlayedLog, act: Stored, looks: number): Promise<string | undefined> {
  const { registry } = log;
  const slice = registry.ofStream(act.stream);
  const stored = (id: string) => {
    const found = log.byId(id);
    return found && registry.read(found.event);
  };
  const acting = actingFault(slice, act, stored);
  if (acting !== undefined) return acting;
  const before = await log.stream(act.stream);
  const dialogueId = dialogueOfStream(registry, act.stream, before.events[0] ?? act);
  if (dialogueId === undefined) return undefined;
  const { folded } = await log.stream(registry.dialogueStream(dialogueId));
  if (folded === undefined || folded.unreadableSince !== undefined) return undefined;
  const talks = folded.state as Talks;
  return sideFault(slice, act, talks) ?? amendmentRefused({ log, slice, act, before, talks, looks });
}
