import { rest, restOnSaid, takingOut } from '#libs/decider';
import type { Asked, Fact, Origin, Reaction } from '#libs/decider';
import type { CommitmentFacts } from '../commitments/commitment.events.js';
import type { ExchangeFacts } from '../exchanges/exchange.events.js';
import type { ProposalFacts } from '../proposals/proposal.events.js';
import type { RoadmapFacts } from '../roadmaps/roadmap.events.js';
import { irritants } from './irritant-conditions.facts.js';
import { conditionReactions } from './irritant-conditions.reactions.js';
import type { LinkedKind } from './irritant.events.js';
import { ask, anyOf, endorsed } from './irritant-asking.reactions.js';
import { milestoneReactions } from './irritant-milestones.reactions.js';
import { instruments, kindOf } from './irritant-settlement.facts.js';

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
  const kind: LinkedKind | undefined = origin.slice === irritants.slice ? 'irritant' : kindOf(origin.slice);
  if (kind === undefined) return [];
  return namedBy(fact).map((id) => ask(id, 'LinkInstrument', { kind, id: origin.id }, [rest(fact)]));
}

/**
 * A breach is alleged of what was in force, and one that is alleged stays so when the text is terminated. It is noted by
 * the first allegation that is open; after a fall that is an earlier word than the one that took something out.
 */
function followBreach(fact: Fact, commitment: CommitmentFacts, origin: Origin): readonly Asked[] {
  const [open] = commitment.openBreaches;
  const { party = null } = open?.said ?? {};
  const data = { commitmentId: origin.id, ...(party === null ? {} : { by: party }) };
  const [type, rests] =
    open === undefined
      ? (['ClearBreach', [rest(fact)]] as const)
      : (['NoteBreach', [restOnSaid(open.said)]] as const);
  return commitment.irritantIds.map((id) => ask(id, type, data, rests));
}

type Ended = CommitmentFacts | ExchangeFacts | ProposalFacts | RoadmapFacts;

function concernedBy(facts: Ended): readonly string[] {
  if ('coverage' in facts) return [...new Set(facts.coverage.map((one) => one.irritantId))];
  return 'agreedIrritantIds' in facts ? facts.agreedIrritantIds : facts.irritantIds;
}

/** What was agreed is never un-assented: it is terminated, and whatever rests on it shows that. */
function endInstrument(fact: Fact, facts: Ended, origin: Origin): readonly Asked[] {
  const by = fact.act.party === null ? {} : { by: fact.act.party };
  const data = { kind: kindOf(origin.slice), id: origin.id, ...by };
  return concernedBy(facts).map((id) => ask(id, 'EndInstrument', data, [rest(fact)]));
}

export const irritantReactions: readonly Reaction[] = [
  {
    name: 'link-instrument',
    of: [irritants, ...Object.values(instruments)].map(({ slice }) => slice),
    concerns: (fact) => namedBy(fact).length > 0,
    react: linkInstrument,
  },
  ...milestoneReactions,
  ...conditionReactions,
  {
    name: 'follow-breach',
    of: ['commitments'],
    concerns: anyOf(
      'BreachAlleged',
      'BreachWithdrawn',
      'CommitmentWaived',
      'CommitmentDischarged',
      // What an allegation or its end rested on may drop out.
      ...takingOut,
      endorsed,
    ),
    followsFalls: true,
    react: followBreach,
  },
  {
    name: 'end-instrument',
    of: ['exchanges', 'proposals', 'roadmaps', 'commitments'],
    concerns: anyOf('ExchangeTerminated', 'ProposalTerminated', 'RoadmapTerminated', 'CommitmentTerminated'),
    react: endInstrument,
  },
];
