import type { Irritant } from '../irritants/irritant.facts.js';
import { fold, represent, streamOf, wordsOf } from '../platform/record/fold.js';
import type { Aggregate } from '../platform/record/fold.js';
import { sliceOfKind } from '../platform/record/links.js';
import { dialogueIn } from './at-moment.js';
import type { AtMoment } from './at-moment.js';
import type { Compared, IrritantDocument } from './documents.js';
import { named } from './moment.js';
import { keyOf } from './naming.js';

interface Linked {
  readonly instruments?: readonly { readonly kind: string; readonly id: string }[];
}

/** The instruments of an irritant as they stood at the moment; those that had not happened yet are left out. */
export function instrumentsAt(at: AtMoment, { state }: Aggregate) {
  const { instruments = [] } = state as Linked;
  return instruments.flatMap(({ kind, id }) => {
    const slice = sliceOfKind(at.record.registry, kind);
    const folded = slice === undefined ? undefined : at.folded(slice, id);
    return folded === undefined ? [] : [{ kind, ...represent(folded) }];
  });
}

/** What other irritants' streams say at the moment of their linkage with this one. */
export function incomingLinkages(at: AtMoment, { slice, id, state }: Aggregate) {
  return (state as Irritant).linkedFrom.flatMap((from) => {
    const folded = at.folded(slice, from);
    if (folded === undefined) return [];
    const { key, title, titled, linkages } = represent(folded) as unknown as IrritantDocument;
    return linkages.flatMap((one) =>
      one.direction === 'outgoing' && one.irritantId === id
        ? [{ ...one, direction: 'incoming' as const, irritantId: from, key, title, titled }]
        : [],
    );
  });
}

/** What an answer that draws on more than one stream says of its moment and of its dialogue. */
function about(at: AtMoment, folded: Aggregate) {
  return { kept: at.kept(dialogueIn(folded)), asOfSeq: at.asOfSeq, ...named(at.moment, folded.slice) };
}

/** An irritant with what its instruments, and the irritants linked with it, say at the moment. */
export function overviewOf(at: AtMoment, id: string) {
  const folded = at.found(at.record.registry.part('matter'), id);
  return {
    ...represent(folded),
    incomingLinkages: incomingLinkages(at, folded),
    linked: instrumentsAt(at, folded),
    ...about(at, folded),
  };
}

/**
 * The dialogue as it counts at the moment, as far as it had come when the first event of the stream was recorded: what
 * was taken out since never stood, and what was endorsed since stood as the party's own.
 */
function dialogueBefore(at: AtMoment, stream: string, dialogueId: string): Aggregate | undefined {
  const { projections, registry } = at.record;
  const began = projections.record.ordinalOf(stream, 0n) ?? -1;
  const slice = registry.part('dialogue');
  const placed = at.prefix(streamOf(slice, dialogueId));
  const before = new Set(placed.filter(({ ordinal }) => ordinal < began).map(({ event }) => event.id));
  return fold(
    slice,
    placed.map(({ event }) => event),
    (event) => before.has(event.id) && at.moment.counts(event),
  );
}

/** What each side says of a round beside what the other says, as the slice of the rounds compares it. */
export function comparisonOf(at: AtMoment, id: string) {
  const { registry } = at.record;
  const slice = registry.part('meeting');
  const folded = at.found(slice, id);
  const dialogueId = dialogueIn(folded);
  const shown = (dialogue: Aggregate | undefined) =>
    dialogue === undefined ? undefined : represent(dialogue);
  const compared = slice.compare?.(folded.state, wordsOf(folded), {
    now: shown(at.beside(registry.part('dialogue'), dialogueId)),
    whenBegun: shown(dialogueBefore(at, streamOf(slice, id), dialogueId)),
    keyOf: (matterId) => keyOf(at.record, matterId),
  });
  return { roundId: id, ...(compared as Compared), ...about(at, folded) };
}
export type Comparison = ReturnType<typeof comparisonOf>;
