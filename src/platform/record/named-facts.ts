import type { CommandDeclaration } from '#libs/decider';
import type { Stored } from './envelope.js';
import { idOf, streamOf } from './fold.js';
import type { EventRegistry } from './event-registry.js';
import type { Once } from './once.js';
import type { Slice } from './slice.js';

interface Linked {
  readonly linkedFrom?: readonly string[];
  readonly instruments?: readonly { readonly kind: string; readonly id: string }[];
}

export interface NamedFacts {
  /** The irritants that the act is about, by its own data or by that of the aggregate. */
  readonly irritants?: readonly object[];
  readonly instruments?: readonly {
    readonly kind: string;
    readonly id: string;
    readonly stream: string;
    readonly revision: number;
    readonly roadmap?: unknown;
    readonly commitment?: unknown;
  }[];
}

/** What a decision needs beyond its fields: the folds of the linked instruments, or of the irritants concerned. */
export async function namedFacts(
  world: Once,
  declaration: CommandDeclaration,
  state: unknown,
  data: { readonly [field: string]: unknown },
): Promise<NamedFacts> {
  const linked = (state as Linked | null)?.instruments ?? [];
  if (declaration.reads === 'instruments') return { instruments: await instrumentsOf(world, linked) };
  if (declaration.reads === 'irritants') return { irritants: await irritantsOf(world, state, data) };
  return {};
}

/** The stream of an instrument that an irritant is linked to; undefined for a kind that is none. */
export function streamOfInstrument(
  { slices }: Pick<EventRegistry, 'slices'>,
  { kind, id }: { readonly kind: string; readonly id: string },
): string | undefined {
  const slice = sliceOfKind({ slices }, kind);
  return slice === undefined ? undefined : streamOf(slice, id);
}

/** The slice behind a kind of instrument; undefined for a kind that is none. */
export function sliceOfKind({ slices }: Pick<EventRegistry, 'slices'>, kind: string): Slice | undefined {
  return slices.find((one) => one.isInstrument === true && one.prefix === kind);
}

async function instrumentsOf(world: Once, linked: NonNullable<Linked['instruments']>) {
  const known = linked.flatMap(({ kind, id }) => {
    const slice = sliceOfKind(world.registry, kind);
    return slice === undefined ? [] : [{ kind, id, slice }];
  });
  return Promise.all(
    known.map(async ({ kind, id, slice }) => {
      const folded = await world.folded(slice.name, id);
      return {
        kind,
        id,
        stream: streamOf(slice, id),
        revision: folded?.revision ?? 0,
        ...(kind === 'roadmap' || kind === 'commitment' ? { [kind]: folded?.state } : {}),
      };
    }),
  );
}

interface Concerned {
  readonly irritantIds?: readonly string[];
  readonly agreedIrritantIds?: readonly string[];
}

/** Those that the act itself names; else those that the aggregate is about, by what is agreed where anything is. */
async function irritantsOf(world: Once, state: unknown, data: object): Promise<readonly object[]> {
  const { agreedIrritantIds = [], irritantIds = [] } = (state ?? {}) as Concerned;
  const present = agreedIrritantIds.length > 0 ? agreedIrritantIds : irritantIds;
  const named = (data as Concerned).irritantIds ?? present;
  const facts = await Promise.all([...new Set(named)].map((id) => world.facts('irritants', id)));
  return facts.filter((one) => one !== undefined);
}

/** The irritants that the events name in their data. */
export function namedIrritants(events: readonly { readonly data: unknown }[]): readonly string[] {
  const named = events.flatMap(({ data }) => {
    const { irritantId, irritantIds } = data as { irritantId?: unknown; irritantIds?: unknown };
    return [
      ...(typeof irritantId === 'string' ? [irritantId] : []),
      ...(Array.isArray(irritantIds) ? (irritantIds as string[]) : []),
    ];
  });
  return [...new Set(named)];
}

/** The commitments that a text among these events names for an obligor. */
export function namedCommitments(events: readonly { readonly data: unknown }[]): readonly string[] {
  const named = events.flatMap(({ data }) => {
    const { commitments = [] } = data as { commitments?: readonly { readonly commitmentId: string }[] };
    return commitments.map((one) => one.commitmentId);
  });
  return [...new Set(named)];
}

/**
 * The streams in which something may rest on an event of this one: the irritants and the commitments that it names, and
 * what is linked to it.
 */
export function relatedStreams(
  world: Once,
  stream: string,
  events: readonly Stored[],
  state: unknown,
): readonly string[] {
  const { instruments = [], linkedFrom = [] } = (state ?? {}) as Linked;
  const irritants = [...namedIrritants(events), ...linkedFrom].map((id) => `irritant-${id}`);
  const linked = instruments.flatMap((one) => streamOfInstrument(world.registry, one) ?? []);
  const { prefix } = world.registry.get('commitments');
  const commitments = namedCommitments(events).map((id) => `${prefix}-${id}`);
  return [...new Set([...irritants, ...linked, ...commitments])].filter((one) => one !== stream);
}

/** The dialogue that a stream belongs to, by its first event; undefined where there is none. */
export function dialogueOfStream(
  stream: string,
  first: { readonly data: unknown } | undefined,
): string | undefined {
  if (stream.startsWith('dialogue-')) return idOf(stream);
  const { dialogueId } = (first?.data ?? {}) as { dialogueId?: unknown };
  return typeof dialogueId === 'string' ? dialogueId : undefined;
}
