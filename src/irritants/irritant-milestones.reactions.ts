import { basisOf, restOnSaid } from '#libs/decider';
import type { Asked, Fact, Origin, Reaction } from '#libs/decider';
import type { AgreedText, Assent, Version, VersionedText } from '#libs/versioned-text';
import type { ExchangeFacts } from '../exchanges/exchange.events.js';
import type { RoadmapFacts } from '../roadmaps/roadmap.events.js';
import { anyOf, endorsed, reaching, restsOnAll } from './irritant-asking.reactions.js';
import { discussionReactions } from './irritant-discussions.reactions.js';
import { implementByCommitment } from './irritant-fulfilments.reactions.js';
import { byWordOf } from './irritant-stage.facts.js';

type Text = VersionedText<Version & { readonly irritantIds: readonly string[] }>;
const textKinds = { proposals: 'proposal', roadmaps: 'roadmap' } as const;

function kindOf({ slice }: Origin): 'proposal' | 'roadmap' {
  return textKinds[slice as keyof typeof textKinds];
}

/** One side tabled a text and the other assented to it, if only ad referendum: they have answered each other. */
function consultByAssent(fact: Fact, text: Text, origin: Origin): readonly Asked[] {
  const version = text.versions.at(-1);
  if (version === undefined) return [];
  const isAnswer = ({ said }: Assent) => said.party !== version.said.party;
  return text.assents.filter(isAnswer).flatMap(({ said }) =>
    reaching(fact, version.irritantIds, {
      type: 'ConsultationBegan',
      data: { by: { kind: kindOf(origin), id: origin.id } },
      rests: restsOnAll([version.said, said]),
    }),
  );
}

function ofAgreement({ version, contentHash, basis, said, restsOn }: AgreedText) {
  return { data: { version, contentHash }, rests: [restOnSaid(said)], basis, behind: restsOn };
}

function agreeOnProposal(fact: Fact, text: Text, origin: Origin): readonly Asked[] {
  const version = text.versions.find((one) => one.version === text.agreed?.version);
  if (text.agreed === null || version === undefined) return [];
  const { data, ...ground } = ofAgreement(text.agreed);
  const by = { kind: 'proposal', id: origin.id } as const;
  return reaching(fact, version.irritantIds, { type: 'Agreed', data: { by, ...data }, ...ground });
}

function agreeOnRoadmap(fact: Fact, roadmap: RoadmapFacts, origin: Origin): readonly Asked[] {
  if (roadmap.agreed === null) return [];
  const { data, ...ground } = ofAgreement(roadmap.agreed);
  const ofRoadmap = { roadmapId: origin.id, ...data };
  return reaching(fact, roadmap.agreedIrritantIds, { type: 'RoadmapAgreed', data: ofRoadmap, ...ground });
}

/** Implementation began when the exchange is complete and both sides say that it covers the irritant. */
function implementByExchange(fact: Fact, exchange: ExchangeFacts, origin: Origin): readonly Asked[] {
  const { completed, completedBy } = exchange;
  if (completed === null) return [];
  const covered = [...new Set(exchange.coverage.map((one) => one.irritantId))];
  return covered.flatMap((irritantId) => {
    const coverage = exchange.coverage.filter((one) => one.irritantId === irritantId).map((one) => one.said);
    if (coverage.length < 2) return [];
    const words = [...completedBy, ...coverage];
    return reaching(fact, [irritantId], {
      type: 'ImplementationBegan',
      data: { by: { kind: 'exchange', id: origin.id } },
      rests: restsOnAll([completed, ...words]),
      basis: words.every((one) => one.capacity === 'direct') ? 'direct' : 'attributed',
    });
  });
}

/**
 * Implementation began with a step of an agreed roadmap, so it rests on the agreement as well: by the word of the side that
 * started it, and by both once the other has accepted that step. Any step begins it where it has not begun, as after a
 * reopening. What both have said stands first, for an endorsement betters one of them.
 */
function implementByRoadmap(fact: Fact, roadmap: RoadmapFacts, origin: Origin): readonly Asked[] {
  const { agreed, starts } = roadmap;
  if (agreed === null) return [];
  const byBoth = starts.flatMap(({ said, accepted }) => (accepted === null ? [] : [[said, accepted]]));
  return [...byBoth, ...starts.map(({ said }) => [said])].flatMap((words) =>
    reaching(fact, roadmap.agreedIrritantIds, {
      type: 'ImplementationBegan',
      data: { by: { kind: 'roadmap', id: origin.id }, ...byWordOf(words) },
      rests: restsOnAll([...words, agreed.said]),
      basis: agreed.basis === 'direct' ? basisOf(words) : agreed.basis,
      behind: agreed.restsOn,
      confirms: words.length > 1,
    }),
  );
}

const policies: readonly Reaction[] = [
  ...discussionReactions,
  {
    name: 'begin-consultation-by-assent',
    of: ['proposals', 'roadmaps'],
    concerns: anyOf('AssentGiven', 'RoadmapAssentGiven', endorsed),
    react: consultByAssent,
  },
  {
    name: 'agree-proposal',
    of: ['proposals'],
    concerns: anyOf('ProposalAgreed', endorsed),
    react: agreeOnProposal,
  },
  {
    name: 'agree-roadmap',
    of: ['roadmaps'],
    concerns: anyOf('RoadmapVersionAgreed', endorsed),
    react: agreeOnRoadmap,
  },
  {
    name: 'begin-implementation-by-exchange',
    of: ['exchanges'],
    concerns: anyOf('ExchangeCompleted', 'ExchangeCoverageAsserted', endorsed),
    react: implementByExchange,
  },
  {
    name: 'begin-implementation-by-roadmap',
    of: ['roadmaps'],
    concerns: anyOf('StepStarted', 'StepAccepted', endorsed),
    react: implementByRoadmap,
  },
  {
    name: 'begin-implementation-by-commitment',
    of: ['commitments'],
    concerns: anyOf('FulfilmentReported', 'FulfilmentAcknowledged', endorsed),
    react: implementByCommitment,
  },
];

/** How acts of other slices bring an irritant to a milestone: by the last of them, not by what is drawn from it. */
export const milestoneReactions: readonly Reaction[] = policies.map((one) => ({ ...one, asOfCause: true }));
