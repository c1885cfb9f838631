import { said } from '#libs/decider';
import type { Said } from '#libs/decider';
import { claimOf } from '../kernel/claims.facts.js';
import type { Claims } from '../kernel/claims.facts.js';
import type { Handlers, Of } from './irritant-handlers.facts.js';
import type { InstrumentKind, Stage } from './irritant.events.js';
import { inEffect, withResolution } from './irritant-resolutions.facts.js';
import type { Condition } from './irritant-resolutions.facts.js';
import { milestone, reach } from './irritant-stage.facts.js';
import type { Ground, Staged } from './irritant-stage.facts.js';

/** A consequence that stands beside the stage: who brought it about, since when, and on what. */
export interface Beside {
  readonly on: { readonly kind: InstrumentKind; readonly id: string };
  readonly by: string | null;
  readonly said: Said;
}

export type Flag =
  | {
      readonly kind: 'consequence-refused';
      readonly policy: string;
      readonly cause: string;
      readonly code: string;
    }
  | ({
      readonly kind: 'condition-lifted';
      readonly closed: 'resolved' | 'withdrawn' | 'dormant';
      readonly eventId: string;
    } & Condition);

export interface Consequences {
  /** Of commitments. */
  readonly breaches: readonly Beside[];
  /** What was terminated. */
  readonly ended: readonly Beside[];
  readonly flags: readonly Flag[];
}

export const noConsequences: Consequences = { breaches: [], ended: [], flags: [] };

type Reached = 'ConsultationBegan' | 'RoadmapAgreed' | 'Agreed' | 'ImplementationBegan';
type OnWords = 'RoadmapAgreedInPrinciple' | 'AgreedInPrinciple' | 'IrritantResolved';

/** What rests on acts of other streams carries its own basis: they are not seen here. */
function byOthers<I extends Staged>(irritant: I, fact: Of<Reached>, stage: Stage, by: Ground): I {
  const { basis, restsOn } = fact.data;
  const side = 'byWordOf' in fact.data ? { byWordOf: fact.data.byWordOf } : {};
  return reach(irritant, { ...milestone(fact, stage, [], by), basis, restsOn, ...side });
}

/** What rests on words of this stream is as direct as they are by now: a word may have been endorsed since. */
function byWords<I extends Staged>(
  irritant: I,
  fact: Of<OnWords | 'Agreed'>,
  stage: Stage,
  answered: { readonly said: Said; readonly answer?: Said | undefined } | undefined,
  by?: Ground,
): I {
  const words = [answered?.said, answered?.answer].flatMap((one) => (one === undefined ? [] : [one]));
  const rests = fact.data.restsOn.map((eventId) => ({
    eventId,
    capacity: words.find((one) => one.eventId === eventId)?.capacity ?? fact.data.basis,
  }));
  return reach(irritant, milestone(fact, stage, rests, by));
}

function wordsOn(irritant: Claims, claimId: string) {
  const claim = claimOf(irritant, claimId);
  return claim === undefined ? undefined : { said: claim.said, answer: claim.answer?.said };
}

function agreedInPrinciple<I extends Claims & Staged>(
  irritant: I,
  fact: Of<'RoadmapAgreedInPrinciple' | 'AgreedInPrinciple'>,
  stage: Stage,
): I {
  const id = fact.data.claimId;
  return byWords(irritant, fact, stage, wordsOn(irritant, id), { kind: 'claim', id });
}

function beside(fact: Of<'BreachNoted' | 'InstrumentEnded'>, kind: InstrumentKind, id: string): Beside {
  return { on: { kind, id }, by: fact.data.by ?? null, said: said(fact) };
}

/** What follows from the acts of both sides, here and in other streams. */
export const consequenceHandlers: Handlers<
  Claims & Staged & Consequences,
  | Reached
  | OnWords
  | 'ResolutionConditionsChanged'
  | 'BreachNoted'
  | 'BreachCleared'
  | 'InstrumentEnded'
  | 'ConsequenceRefused'
> = {
  ConsultationBegan: (irritant, fact) => byOthers(irritant, fact, 'under-consultation', fact.data.by),
  RoadmapAgreedInPrinciple: (irritant, fact) => agreedInPrinciple(irritant, fact, 'roadmap-in-principle'),
  AgreedInPrinciple: (irritant, fact) => agreedInPrinciple(irritant, fact, 'agreed-in-principle'),
  RoadmapAgreed: (irritant, fact) =>
    byOthers(irritant, fact, 'roadmap-agreed', { kind: 'roadmap', id: fact.data.roadmapId }),
  Agreed: (irritant, fact) => {
    const { by } = fact.data;
    return by.kind === 'claim'
      ? byWords(irritant, fact, 'agreed', wordsOn(irritant, by.id), by)
      : byOthers(irritant, fact, 'agreed', by);
  },
  ImplementationBegan: (irritant, fact) => byOthers(irritant, fact, 'in-implementation', fact.data.by),
  IrritantResolved: (irritant, fact) => {
    const { resolutionId } = fact.data;
    const resolution = irritant.resolutions.find((one) => one.resolutionId === resolutionId);
    const resolved = withResolution(irritant, resolutionId, inEffect);
    return byWords(resolved, fact, 'resolved', resolution);
  },
  ResolutionConditionsChanged: (irritant, fact) => {
    const { resolutionId, conditions, lifted } = fact.data;
    const flags = lifted.map((one) => ({ kind: 'condition-lifted' as const, ...one, eventId: fact.id }));
    return withResolution({ ...irritant, flags: [...irritant.flags, ...flags] }, resolutionId, (one) =>
      one.state === 'conditional' ? { ...one, conditions } : one,
    );
  },
  BreachNoted: (irritant, fact) => ({
    ...irritant,
    breaches: [
      ...irritant.breaches.filter(({ on }) => on.id !== fact.data.commitmentId),
      beside(fact, 'commitment', fact.data.commitmentId),
    ],
  }),
  BreachCleared: (irritant, fact) => ({
    ...irritant,
    breaches: irritant.breaches.filter(({ on }) => on.id !== fact.data.commitmentId),
  }),
  InstrumentEnded: (irritant, fact) => ({
    ...irritant,
    ended: [...irritant.ended, beside(fact, fact.data.kind, fact.data.id)],
  }),
  ConsequenceRefused: (irritant, fact) => ({
    ...irritant,
    flags: [...irritant.flags, { kind: 'consequence-refused', ...fact.data }],
  }),
};
