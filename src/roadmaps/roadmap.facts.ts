import { said } from '#libs/decider';
import type { Fact } from '#libs/decider';
import type { RoadmapFact, RoadmapFacts } from './roadmap.events.js';

type Tabled = Extract<RoadmapFact, { type: 'RoadmapVersionTabled' }>['data'];

/** A roadmap as far as the stage of an irritant depends on it. */
export interface Roadmap extends RoadmapFacts {
  readonly roadmapId: string;
  readonly synthetic: boolean;
  readonly versions: readonly Tabled[];
  readonly agreedRestsOn: readonly string[];
  /** Steps accepted or waived, under whichever version: an amendment loses nothing that was done. */
  readonly settled: readonly string[];
  readonly terminated: boolean;
  readonly updated: { readonly eventId: string; readonly recordedAt: string };
}

function settle(roadmap: Roadmap, settled: readonly string[]): Roadmap {
  const agreed = roadmap.versions.find((one) => one.version === roadmap.agreed?.version);
  const open = (agreed?.steps ?? []).filter((one) => one.mandatory && !settled.includes(one.stepId));
  return { ...roadmap, settled, openMandatorySteps: roadmap.terminated ? [] : open.map((one) => one.stepId) };
}

function next(roadmap: Roadmap, fact: RoadmapFact): Roadmap {
  switch (fact.type) {
    case 'RoadmapVersionTabled':
      return {
        ...roadmap,
        versions: [...roadmap.versions, fact.data],
        irritantIds: [...new Set([...roadmap.irritantIds, ...fact.data.irritantIds])],
      };
    case 'RoadmapVersionAgreed': {
      const { version, restsOn } = fact.data;
      const irritantIds = roadmap.versions.find((one) => one.version === version)?.irritantIds ?? [];
      const agreed = { version, said: said(fact), irritantIds };
      return settle({ ...roadmap, agreed, agreedRestsOn: restsOn }, roadmap.settled);
    }
    case 'StepStarted':
      return roadmap.agreed === null ? roadmap : { ...roadmap, firstStart: roadmap.firstStart ?? said(fact) };
    case 'StepAccepted':
    case 'StepWaived':
      return settle(roadmap, [...roadmap.settled, fact.data.stepId]);
    case 'StepRejected':
      return settle(
        roadmap,
        roadmap.settled.filter((one) => one !== fact.data.stepId),
      );
    case 'RoadmapTerminated':
      return settle({ ...roadmap, terminated: true }, roadmap.settled);
    default:
      return roadmap;
  }
}

export function restsOn(roadmap: Roadmap): readonly string[] {
  if (roadmap.agreed === null) return [];
  const started = roadmap.firstStart === null ? [] : [roadmap.firstStart.eventId];
  return [roadmap.agreed.said.eventId, ...roadmap.agreedRestsOn, ...started];
}

export function evolve(roadmap: Roadmap | null, fact: Fact): Roadmap | null {
  const known = fact as RoadmapFact;
  const updated = { eventId: fact.id, recordedAt: fact.recordedAt };
  if (roadmap !== null) return { ...next(roadmap, known), updated };
  if (known.type !== 'RoadmapDrafted') return null;
  return {
    roadmapId: fact.stream.slice('roadmap-'.length),
    dialogueId: known.data.dialogueId,
    synthetic: known.data.synthetic,
    irritantIds: [],
    openMandatorySteps: [],
    versions: [],
    agreed: null,
    agreedRestsOn: [],
    firstStart: null,
    settled: [],
    terminated: false,
    updated,
  };
}
