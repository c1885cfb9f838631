import type { CommandDeclaration } from '#libs/decider';
import { amendmentCommands } from '../../platform/commands/amendment.commands.js';
import type { Stored } from '../../platform/record/envelope.js';
import type { Talks } from '../../platform/record/evidence.js';
import type { Slice } from '../../platform/record/slice.js';

/** Those by which an event of the type is recorded. */
export function declarationsOf({ commands }: Pick<Slice, 'commands'>, type: string) {
  const all: readonly CommandDeclaration[] = [
    ...Object.values(commands),
    ...Object.values(amendmentCommands),
  ];
  return all.filter(({ event }) => event === type);
}

/**
 * Why an act can't be one of the side that recorded it, by the dialogue as it stood before; undefined where it can. Nobody
 * leaves a dialogue, so whoever had not joined by then had not joined when the act was judged either. That others than its
 * people recorded an act in the name of a party that had joined is wrong in the dialogue's own stream alone: elsewhere it may
 * have passed the joining on its way, and is void.
 */
export function sideFault(
  slice: Slice,
  { type, act, revision }: Stored,
  { parties, joined }: Pick<Talks, 'joined' | 'parties'>,
): string | undefined {
  const { party, recorderParty, capacity } = act;
  const declared = declarationsOf(slice, type);
  if (declared.length === 0 || (slice.part === 'dialogue' && revision === 0)) return undefined;
  const stranger = [party, recorderParty].find((one) => one !== null && !parties.includes(one));
  if (stranger !== undefined)
    return `${type} is said to be of ${stranger}, and the dialogue is between ${parties.join(' and ')}.`;
  if (party !== null && (capacity === 'direct') !== (recorderParty === party))
    return `${type} of ${party} stands here as “${capacity}”, and ${recorderParty ?? 'nobody of a party'} recorded it.`;
  const isForJoined = declared.every(({ beforeJoining }) => beforeJoining !== true);
  if (recorderParty !== null && isForJoined && !joined.includes(recorderParty))
    return `${type} was recorded by people of ${recorderParty}, which had not joined by then.`;
  return capacity === 'attributed' && party !== null && slice.part === 'dialogue' && joined.includes(party)
    ? `${type} was recorded by others in the name of ${party}, which had joined by then and speaks for itself.`
    : undefined;
}
