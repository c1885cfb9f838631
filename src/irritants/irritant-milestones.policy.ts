import { basisOf, restOnSaid } from '#libs/decider';
import type { Asked, Fact, Origin, Policy, Said } from '#libs/decider';
import type { AgreedText, Assent, Version, VersionedText } from '#libs/versioned-text';
import type { CommitmentFacts } from '../commitments/commitment.events.js';
import type { ExchangeFacts } from '../exchanges/exchange.events.js';
import type { RoadmapFacts } from '../roadmaps/roadmap.events.js';
import type { RoundFacts } from '../rounds/round.events.js';
import { anyOf, endorsed, reaching, restsOnAll } from './irritant-asking.policy.js';
import type { Raised } from './irritant-terms.decider.js';

/** What begins consultation on a matter at a round: the words it rests on, and by when the matter was raised. */
interface Discussed {
  readonly words: readonly Said[];
  readonly raised: Raised;
}

/**
 * Consultation began when the matter was discussed, by either side's word, at a round that both sides say was held.
 * Whichever of these comes last brings it about.
 */
function consulting(grounds: (fact: Fact, round: RoundFacts, irritantId: string) => Discussed | undefined) {
  return (fact: Fact, round: RoundFacts, origin: Origin): readonly Asked[] => {
    if (round.heldBy.length < 2) return [];
    const discussed = [...new Set(round.discussions.map((one) => one.irritantId))];
    return discussed.flatMap((irritantId) => {
      const said = round.discussions.filter((one) => one.irritantId === irritantId).map((one) => one.said);
      const word = said.find((one) => one.capacity === 'direct') ?? said[0];
      const ground = grounds(fact, round, irritantId);
      return word === undefined || ground === undefined
        ? []
        : reaching(fact, [irritantId], {
            type: 'ConsultationBegan',
            data: { by: { kind: 'round', id: origin.id } },
            rests: restsOnAll([word, ...round.heldBy, ...ground.words]),
            raised: ground.raised,
          });
    });
  };
}

/** By when a matter must have been raised: afterwards one side alone could say of any that it was discussed there. */
function boundOf({ firstAccount, heldBy }: RoundFacts): Said | undefined {
  return firstAccount?.said ?? heldBy.at(-1);
}

/** The matter was raised before the first account of the round or, while there is none, before both said it was held. */
function raisedBefore(_fact: Fact, round: RoundFacts): Discussed {
  return { words: [], raised: { before: boundOf(round) } };
}

/** The matter was raised afterwards, and the first account names it; or that account comes only now, after it. */
function toldByAccount(fact: Fact, round: RoundFacts, irritantId: string): Discussed | undefined {
  const { firstAccount, heldBy } = round;
  if (firstAccount === null) return undefined;
  const naming = firstAccount.named.find((one) => one.irritantId === irritantId)?.said;
  if (naming !== undefined) return { words: [naming], raised: { after: firstAccount.said } };
  return fact.id === firstAccount.said.eventId && !heldBy.some((one) => one.eventId === fact.id)
    ? { words: [firstAccount.said], raised: { after: heldBy.at(-1), before: firstAccount.said } }
    : undefined;
}

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

/** Implementation began with the first step of an agreed roadmap, so it rests on the agreement as well. */
function implementByRoadmap(fact: Fact, roadmap: RoadmapFacts, origin: Origin): readonly Asked[] {
  const { agreed, firstStart } = roadmap;
  const isBegun = firstStart?.eventId === fact.id || fact.type === endorsed;
  if (agreed === null || firstStart === null || !isBegun) return [];
  const isDirect = agreed.basis === 'direct' && firstStart.capacity === 'direct';
  return reaching(fact, roadmap.agreedIrritantIds, {
    type: 'ImplementationBegan',
    data: { by: { kind: 'roadmap', id: origin.id } },
    rests: restsOnAll([firstStart, agreed.said]),
    basis: isDirect ? 'direct' : 'attributed',
    behind: agreed.restsOn,
  });
}

/**
 * Implementation began when an obligor that the commitment binds reported that it has fulfilled it under what both sides
 * agreed: alone, one side would assert, undertake and report whatever it likes. What it alone put under an agreement is
 * under it once the other side has acknowledged the report.
 */
function implementByCommitment(fact: Fact, commitment: CommitmentFacts, origin: Origin): readonly Asked[] {
  const { inForceFor, reports } = commitment;
  return reports
    .filter(({ said }) => inForceFor.includes(said.party ?? ''))
    .flatMap(({ said, agreement, answers }) => [
      { words: [said], agreement },
      ...answers.map((answer) => ({ words: [said, answer.said], agreement: answer.agreement })),
    ])
    .flatMap(({ words, agreement }) => {
      if (agreement === null) return [];
      const { irritantIds, restsOn: behind, basis } = agreement;
      return reaching(fact, irritantIds, {
        type: 'ImplementationBegan',
        data: { by: { kind: 'commitment', id: origin.id } },
        rests: restsOnAll(words),
        basis: basis === 'direct' ? basisOf(words) : basis,
        behind,
      });
    });
}

const ofRounds = anyOf(
  'RoundConcluded',
  'RoundConfirmedHeld',
  'AccountPublished',
  'AgendaItemDiscussed',
  'AccountPointRecorded',
  endorsed,
);

/** How acts of other slices bring an irritant to a milestone. */
export const milestonePolicies: readonly Policy[] = [
  {
    name: 'begin-consultation',
    of: ['rounds'],
    concerns: ofRounds,
    react: consulting(raisedBefore),
  },
  {
    name: 'begin-consultation-by-account',
    of: ['rounds'],
    concerns: ofRounds,
    react: consulting(toldByAccount),
  },
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
    concerns: anyOf('StepStarted', endorsed),
    react: implementByRoadmap,
  },
  {
    name: 'begin-implementation-by-commitment',
    of: ['commitments'],
    concerns: anyOf('FulfilmentReported', 'FulfilmentAcknowledged', endorsed),
    react: implementByCommitment,
  },
];
