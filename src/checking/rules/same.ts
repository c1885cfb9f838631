import type { JsonObject, Recorded } from '#libs/event-store';
import { canonicalText } from '#libs/ledger';
import type { Stored } from '../../platform/record/envelope.js';
import type { EventRegistry } from '../../platform/record/event-registry.js';
import type { Drawn } from './played-log.js';

/** The parts of an event that its rule decides, as people call them. */
const parts: { readonly [part in keyof Stored]?: string } = {
  type: 'type',
  data: 'data',
  content: 'words',
  act: 'author',
  occurred: 'date',
  sources: 'sources',
  wording: 'wording',
  audience: 'audience',
  causationId: 'cause',
  correlationId: 'correlation',
  restsOn: 'grounds',
  ends: 'ends',
};

/** Which parts of the event are others than what follows by rule, each as the present schema reads it. */
export function differingParts(registry: EventRegistry, there: Recorded, drawn: Drawn): readonly string[] {
  const { stream, revision, position, recordedAt } = there;
  const found = registry.read(there);
  const due = registry.read({ ...drawn.event, stream, revision, position, recordedAt });
  return Object.entries(parts)
    .filter(([part]) => part !== 'content' || !found.erased)
    .filter(([part]) => textOf(found, part) !== textOf(due, part))
    .map(([, name]) => name);
}

function textOf(event: Stored, part: string): string {
  const value: unknown = event[part as keyof Stored];
  return canonicalText(JSON.parse(JSON.stringify({ value })) as JsonObject);
}
