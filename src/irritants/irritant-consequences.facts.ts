import { said } from '#libs/decider';
import type { Said } from '#libs/decider';
import type { Handlers, Of } from './irritant-answers.facts.js';
import type { InstrumentKind, Stage } from './irritant.events.js';
import type { Beside, Ground, Irritant } from './irritant.facts.js';
import { inEffect, withResolution } from './irritant-resolutions.facts.js';
import { milestone, reach } from './irritant-stage.facts.js';

type Reached = 'ConsultationBegan' | 'RoadmapAgreed' | 'Agreed' | 'ImplementationBegan';
type OnWords = 'RoadmapAgreedInPrinciple' | 'AgreedInPrinciple' | 'IrritantResolved';

/** What rests on acts of other streams carries its own basis: they are not seen here. */
function byOthers(irritant: Irritant, fact: Of<Reached>, stage: Stage, by: Ground): Irritant {
  const { basis, restsOn } = fact.data;
  return reach(irritant, { ...milestone(fact, stage, [], by), basis, restsOn });
}

/** What rests on words of this stream is as direct as they are by now: a word may have been endorsed since. */
function byWords(
  irritant: Irritant,
  fact: Of<OnWords | 'Agreed'>,
  stage: Stage,
  answered: { readonly said: Said; readonly answer?: Said | undefined } | undefined,
  by?: Ground,
): Irritant {
  const words = [answered?.said, answered?.answer].flatMap((one) => (one === undefined ? [] : [one]));
  const rests = fact.data.restsOn.map((eventId) => ({
    eventId,
    capacity: words.find((one) => one.eventId === eventId)?.capacity ?? fact.data.basis,
  }));
  return reach(irritant, milestone(fact, stage, rests, by));
}

function claimOf(irritant: Irritant, claimId: string) {
  const claim = irritant.claims.find((one) => one.claimId === claimId);
  return claim === undefined ? undefined : { said: claim.said, answer: claim.answer?.said };
}

function agreedInPrinciple(
  irritant: Irritant,
  fact: Of<'RoadmapAgreedInPrinciple' | 'AgreedInPrinciple'>,
  stage: Stage,
): Irritant {
  const id = fact.data.claimId;
  return byWords(irritant, fact, stage, claimOf(irritant, id), { kind: 'claim', id });
}

function beside(fact: Of<'BreachNoted' | 'InstrumentEnded'>, kind: InstrumentKind, id: string): Beside {
  return { on: { kind, id }, by: fact.data.by ?? null, said: said(fact) };
}

/** What follows from the acts of both sides, here and in other streams. */
export const consequenceHandlers: Handlers<
  Reached | OnWords | 'BreachNoted' | 'BreachCleared' | 'InstrumentEnded' | 'ConsequenceRefused'
> = {
  ConsultationBegan: (irritant, fact) => byOthers(irritant, fact, 'under-consultation', fact.data.by),
  RoadmapAgreedInPrinciple: (irritant, fact) => agreedInPrinciple(irritant, fact, 'roadmap-in-principle'),
  AgreedInPrinciple: (irritant, fact) => agreedInPrinciple(irritant, fact, 'agreed-in-principle'),
  RoadmapAgreed: (irritant, fact) =>
    byOthers(irritant, fact, 'roadmap-agreed', { kind: 'roadmap', id: fact.data.roadmapId }),
  Agreed: (irritant, fact) => {
    const { by } = fact.data;
    return by.kind === 'claim'
      ? byWords(irritant, fact, 'agreed', claimOf(irritant, by.id), by)
      : byOthers(irritant, fact, 'agreed', by);
  },
  ImplementationBegan: (irritant, fact) => byOthers(irritant, fact, 'in-implementation', fact.data.by),
  IrritantResolved: (irritant, fact) => {
    const { resolutionId } = fact.data;
    const resolution = irritant.resolutions.find((one) => one.resolutionId === resolutionId);
    const resolved = withResolution(irritant, resolutionId, inEffect);
    return byWords(resolved, fact, 'resolved', resolution);
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
