import { looksAt } from '#libs/decider';
import type { EventRegistry } from './event-registry.js';
import type { Stored } from './envelope.js';
import { streamOf } from './fold.js';
import { linkedIn } from './links.js';
import { namesIn } from './references.js';
import type { Slice } from './slice.js';

/** Whether a policy draws consequences in the one slice from what is said in the other. */
function follows({ reactions }: Slice, { name }: Slice): boolean {
  return reactions.some((one) => looksAt(one, name));
}

/**
 * The streams in which something may rest on these events of one stream: those that they name, where consequences are
 * drawn from them, and those of its own slice that link themselves with it. Evidence is cited and rests on nothing.
 */
export function pointedTo(registry: EventRegistry, events: readonly Stored[]): readonly string[] {
  const [first] = events;
  if (first === undefined) return [];
  const own = registry.ofStream(first.stream);
  const named = registry.slices
    .filter((one) => one.part !== 'evidence' && follows(one, own))
    .flatMap((one) => namesIn(registry, events, one).map((id) => streamOf(one, id)));
  const linked = linkedIn(events).filter(({ kind }) => kind === own.prefix);
  return [...new Set([...named, ...linked.map(({ id }) => streamOf(own, id))])];
}
