import { basisOf, rest, restOnSaid } from '#libs/decider';
import type { Asked, Fact, Origin, Policy, Rest, Said } from '#libs/decider';
import type { CommitmentFacts } from '../commitments/commitment.events.js';
import type { ExchangeFacts } from '../exchanges/exchange.events.js';
import type { RoadmapFact, RoadmapFacts } from '../roadmaps/roadmap.events.js';
import type { RoundFacts } from '../rounds/round.events.js';
import type { InstrumentKind, LinkedKind } from './irritant.events.js';

const kinds: { readonly [slice: string]: InstrumentKind } = {
  rounds: 'round',
  exchanges: 'exchange',
  proposals: 'proposal',
  roadmaps: 'roadmap',
  commitments: 'commitment',
  assets: 'asset',
};

function ask(id: string, type: string, data: object, rests: readonly Rest[]): Asked {
  return { id, command: { type, data, rests } };
}

function reached(rests: readonly Rest[]): { basis: 'direct' | 'attributed'; restsOn: readonly string[] } {
  return { basis: basisOf(rests), restsOn: rests.map((one) => one.id) };
}

/** The irritants that an event of another slice names in its data. */
function namedBy(fact: Fact): readonly string[] {
  const { irritantId, irritantIds } = fact.data as { irritantId?: string; irritantIds?: readonly string[] };
  return [...(irritantId === undefined ? [] : [irritantId]), ...(irritantIds ?? [])];
}

/**
 * Whatever names an irritant becomes one of its instruments, so that its history and overview find it. An irritant
 * on which a linkage is asserted lets the other one know in the same way, and is no instrument there.
 */
function linkInstrument(fact: Fact, _facts: never, origin: Origin): readonly Asked[] {
  const kind: LinkedKind | undefined = origin.slice === 'irritants' ? 'irritant' : kinds[origin.slice];
  if (kind === undefined) return [];
  return namedBy(fact).map((id) => ask(id, 'LinkInstrument', { kind, id: origin.id }, [rest(fact)]));
}

/**
 * Consultation began when the matter was discussed, by either side's word, at a round that both sides say was held.
 * Whichever of these comes last brings it about, so the policy reacts to exactly that one.
 */
function beginConsultation(fact: Fact, round: RoundFacts, origin: Origin): readonly Asked[] {
  if (round.heldBy.length < 2) return [];
  const discussed = [...new Set(round.discussions.map((one) => one.irritantId))];
  return discussed.flatMap((irritantId) => {
    const words = round.discussions.filter((one) => one.irritantId === irritantId).map((one) => one.said);
    const word = words.find((one) => one.capacity === 'direct') ?? words[0];
    if (word === undefined) return [];
    const said: readonly Said[] = [word, ...round.heldBy];
    if (!said.some((each) => each.eventId === fact.id)) return [];
    const rests = said.map(restOnSaid);
    return [ask(irritantId, 'BeginConsultation', { roundId: origin.id, ...reached(rests) }, rests)];
  });
}

/** Implementation began when the exchange is complete and both sides say that it covers the irritant. */
function beginByExchange(fact: Fact, exchange: ExchangeFacts, origin: Origin): readonly Asked[] {
  const { completed } = exchange;
  if (completed === null) return [];
  const covered = [...new Set(exchange.coverage.map((one) => one.irritantId))];
  return covered.flatMap((irritantId) => {
    const coverage = exchange.coverage.filter((one) => one.irritantId === irritantId).map((one) => one.said);
    const last = [completed, ...coverage].some((one) => one.eventId === fact.id);
    if (coverage.length < 2 || !last) return [];
    const rests = [...exchange.completedBy, ...coverage].map(restOnSaid);
    const by = { kind: 'exchange', id: origin.id };
    return [ask(irritantId, 'BeginImplementation', { by, ...reached(rests) }, rests)];
  });
}

function agreeRoadmap(fact: Fact, roadmap: RoadmapFacts, origin: Origin): readonly Asked[] {
  const known = fact as RoadmapFact;
  if (known.type !== 'RoadmapVersionAgreed' || roadmap.agreed === null) return [];
  const { version, contentHash, basis, restsOn } = known.data;
  const data = { roadmapId: origin.id, version, contentHash, basis, restsOn: [fact.id, ...restsOn] };
  return roadmap.agreedIrritantIds.map((id) => ask(id, 'AgreeRoadmap', data, [rest(fact)]));
}

/** Implementation began with the first step of an agreed roadmap, so it rests on the agreement as well. */
function beginByRoadmap(fact: Fact, roadmap: RoadmapFacts, origin: Origin): readonly Asked[] {
  const { agreed, firstStart } = roadmap;
  if (agreed === null || firstStart?.eventId !== fact.id) return [];
  const rests = [rest(fact), restOnSaid(agreed.said)];
  const isDirect = agreed.basis === 'direct' && fact.act.capacity === 'direct';
  const data = {
    by: { kind: 'roadmap', id: origin.id },
    basis: isDirect ? 'direct' : 'attributed',
    restsOn: [fact.id, agreed.said.eventId, ...agreed.restsOn],
  };
  return roadmap.agreedIrritantIds.map((id) => ask(id, 'BeginImplementation', data, rests));
}

function followBreach(fact: Fact, commitment: CommitmentFacts, origin: Origin): readonly Asked[] {
  const type = commitment.breachOpen ? 'NoteBreach' : 'ClearBreach';
  return commitment.irritantIds.map((id) => ask(id, type, { commitmentId: origin.id }, [rest(fact)]));
}

/** Whether the event is of one of these types. */
function anyOf(...types: readonly string[]): Policy['concerns'] {
  return (fact) => types.includes(fact.type);
}

export const irritantPolicies: readonly Policy[] = [
  {
    name: 'link-instrument',
    of: ['irritants', ...Object.keys(kinds)],
    concerns: (fact) => namedBy(fact).length > 0,
    react: linkInstrument,
  },
  {
    name: 'begin-consultation',
    of: ['rounds'],
    concerns: anyOf(
      'RoundConcluded',
      'RoundConfirmedHeld',
      'AccountPublished',
      'AgendaItemDiscussed',
      'AccountPointRecorded',
    ),
    react: beginConsultation,
  },
  {
    name: 'begin-implementation-by-exchange',
    of: ['exchanges'],
    concerns: anyOf('ExchangeCompleted', 'ExchangeCoverageAsserted'),
    react: beginByExchange,
  },
  { name: 'agree-roadmap', of: ['roadmaps'], concerns: anyOf('RoadmapVersionAgreed'), react: agreeRoadmap },
  {
    name: 'begin-implementation-by-roadmap',
    of: ['roadmaps'],
    concerns: anyOf('StepStarted'),
    react: beginByRoadmap,
  },
  {
    name: 'follow-breach',
    of: ['commitments'],
    concerns: anyOf(
      'BreachAlleged',
      'BreachWithdrawn',
      'CommitmentWaived',
      'CommitmentDischarged',
      // What an allegation or its end rested on may drop out.
      'EventRetracted',
      'AttributionDisavowed',
      'AttributionVoid',
      'ActReviewConcluded',
    ),
    react: followBreach,
  },
];
