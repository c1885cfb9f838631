import { since } from '#libs/decider';
import type { Said } from '#libs/decider';
import type { LinkedKind, Overlay } from './irritant.events.js';
import type { Irritant } from './irritant.facts.js';
import type { Beside } from './irritant-consequences.facts.js';
import { conditionalIn } from './irritant-resolutions.facts.js';
import { isClosed, stageOf } from './irritant-stage.facts.js';

/** What holds beside the stage: by whom, since when, by which event, and on what. */
interface OverlayDetail {
  readonly overlay: Overlay;
  readonly by: string | null;
  readonly since: string;
  readonly eventId: string;
  readonly on?: { readonly kind: LinkedKind; readonly id: string };
}

function ofWord(overlay: Overlay, said: Said): OverlayDetail {
  return { overlay, by: said.party, since: since(said), eventId: said.eventId };
}

function ofConsequence(overlay: Overlay, { on, by, said }: Beside): OverlayDetail {
  return { overlay, by, since: since(said), eventId: said.eventId, on };
}

/** The terminations of all that the present milestone rests on; none while anything of it still stands. */
function groundsEnded(irritant: Irritant): readonly Beside[] {
  const stage = stageOf(irritant);
  const grounds = [irritant.base, ...irritant.milestones].filter((one) => one.stage === stage);
  const endsOf = (id: string | undefined) => irritant.ended.filter(({ on }) => on.id === id);
  const isEnded = grounds.every((one) => endsOf(one.by?.id).length > 0);
  const ids = new Set(grounds.map((one) => one.by?.id));
  return isEnded ? irritant.ended.filter(({ on }) => ids.has(on.id)) : [];
}

/** The acceptance that waits, once for each irritant that it waits for. */
function conditional(irritant: Irritant): readonly OverlayDetail[] {
  const { answer, conditions = [] } = conditionalIn(irritant) ?? {};
  if (answer === undefined) return [];
  const word = ofWord('conditional', answer);
  const others = [...new Set(conditions.map(({ on }) => on))];
  return others.length === 0
    ? [word]
    : others.map((id) => ({ ...word, on: { kind: 'irritant' as const, id } }));
}

export function overlayDetails(irritant: Irritant): readonly OverlayDetail[] {
  const { suspensions, partlyResolved, breaches, review } = irritant;
  return [
    ...suspensions.map((one) => ofWord('suspended', one)),
    ...(isClosed(irritant) ? [] : partlyResolved.map((one) => ofWord('part-resolved', one))),
    ...breaches.map((one) => ofConsequence('breach-alleged', one)),
    ...conditional(irritant),
    ...(review === null ? [] : [ofWord('stage-under-review', review.opened)]),
    ...groundsEnded(irritant).map((one) => ofConsequence('instrument-ended', one)),
  ];
}

export function overlaysOf(irritant: Irritant): readonly Overlay[] {
  return [...new Set(overlayDetails(irritant).map((one) => one.overlay))];
}
