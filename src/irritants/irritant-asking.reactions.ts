import { basisOf, restOnSaid } from '#libs/decider';
import type { Asked, Fact, Reaction, Rest, Said } from '#libs/decider';
import type { MilestoneType, Milestones, Raised } from './irritant-terms.decider.js';

/** The amendment that makes an attributed act as good as a direct one. */
export const endorsed = 'AttributionEndorsed';

export function ask(id: string, type: string, data: object, rests: readonly Rest[]): Asked {
  return { id, command: { type, data, rests } };
}

/** Whether the event is of one of these types. */
export function anyOf(...types: readonly string[]): Reaction['concerns'] {
  return (fact) => types.includes(fact.type);
}

/** What a milestone in an irritant rests on, as its own stream has it by now. */
interface Ground<T extends MilestoneType> {
  readonly type: T;
  readonly data: Milestones[T];
  /** The events that brought it about, whichever came last. */
  readonly rests: readonly Rest[];
  /** Absent where the rests themselves tell. */
  readonly basis?: 'direct' | 'attributed';
  /** What those rest on in their turn. */
  readonly behind?: readonly string[];
  /** By when the irritant must have been raised. */
  readonly raised?: Raised;
  /** The other side says it too of what began by the word of one: it brings nothing about by itself. */
  readonly confirms?: boolean | undefined;
}

/**
 * The milestone is reached by the last of what it needs. Where one of these was endorsed and all are direct by now, or the
 * other side says so too, it is recorded once more, on the better ground.
 */
export function reaching<T extends MilestoneType>(
  fact: Fact,
  irritantIds: readonly string[],
  { type, data, rests, basis = basisOf(rests), behind = [], raised = {}, confirms = false }: Ground<T>,
): readonly Asked[] {
  const restsOn = [...new Set([...rests.map((one) => one.id), ...behind])];
  const { target } = fact.data as { readonly target?: string };
  const isBetter =
    fact.type === endorsed && basis === 'direct' && target !== undefined && restsOn.includes(target);
  if (!isBetter && !rests.some((one) => one.id === fact.id)) return [];
  const command = isBetter || confirms ? 'BetterMilestone' : 'ReachMilestone';
  return irritantIds.map((id) => ask(id, command, { type, ...data, basis, restsOn, raised }, rests));
}

export function restsOnAll(words: readonly Said[]): readonly Rest[] {
  return words.map(restOnSaid);
}
