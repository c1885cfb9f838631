import { since } from '#libs/decider';
import type { Said } from '#libs/decider';
import {
  array,
  described,
  object,
  oneOfWords,
  only,
  orNull,
  plainText,
  ref,
  uuid,
} from '../platform/shapes/json-schema.js';
import type { Published } from '../platform/shapes/json-schema.js';
import { refusedConsequence } from '../platform/shapes/said-shapes.js';
import { instrumentKinds, overlays } from './irritant.events.js';
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

/** What stands beside the stage, and what is to be looked at. */
export function overlaysView(irritant: Irritant) {
  return {
    overlays: overlaysOf(irritant),
    overlayDetails: overlayDetails(irritant),
    breaches: irritant.breaches.map(({ on }) => on.id),
    flags: irritant.flags,
  };
}

const OverlayShape = object(
  {
    overlay: oneOfWords(overlays),
    by: described(orNull(ref('Party')), 'Who brought it about; null where no one party did.'),
    since: described(plainText, 'When it happened, as claimed; else when it was recorded.'),
    eventId: uuid,
  },
  { on: object({ kind: oneOfWords([...instrumentKinds, 'irritant']), id: uuid }) },
);

const FlagShape = {
  oneOf: [
    refusedConsequence,
    object({
      kind: only('condition-lifted'),
      linkageId: uuid,
      on: described(uuid, 'The irritant whose closing, of whatever kind, lifted the condition.'),
      closed: oneOfWords(['resolved', 'withdrawn', 'dormant']),
      eventId: uuid,
    }),
  ],
};

export const overlaysShape: Published<typeof overlaysView> = {
  overlays: array(oneOfWords(overlays)),
  overlayDetails: array(OverlayShape),
  breaches: array(uuid),
  flags: array(FlagShape),
};
