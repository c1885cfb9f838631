import { basisOf, entries } from '#libs/decider';
import type { Asked, Fact, Origin, Said } from '#libs/decider';
import type { Agreement, CommitmentFacts, Under } from '../commitments/commitment.events.js';
import type { ExchangeFacts } from '../exchanges/exchange.events.js';
import type { ProposalFacts } from '../proposals/proposal.events.js';
import { reaching, restsOnAll } from './irritant-asking.reactions.js';
import { byWordOf } from './irritant-stage.facts.js';

/** Of what a commitment names as its basis: an exchange has `completed`, a text `agreed`. */
type Basis = Partial<Pick<ExchangeFacts, 'completed' | 'completedBy' | 'coverage' | 'terminatedBy'>> &
  Partial<Pick<ProposalFacts, 'agreed' | 'agreedIrritantIds' | 'terminated'>>;

const slices = {
  exchange: entries<Basis>('exchanges'),
  proposal: entries<Basis>('proposals'),
  roadmap: entries<Basis>('roadmaps'),
};

/** What both agreed, and when the last word of it was recorded. */
interface Found extends Agreement {
  readonly since: string;
}

function latest(words: readonly Said[]): string {
  return words.reduce((last, { recordedAt }) => (recordedAt > last ? recordedAt : last), '');
}

function byNotes({ completedBy = [], coverage = [] }: Basis, completed: Said, of: readonly string[]): Found {
  const wordsOn = (id: string) => coverage.filter((one) => one.irritantId === id).map((one) => one.said);
  const irritantIds = of.filter((id) => new Set(wordsOn(id).map((one) => one.party)).size > 1);
  const words = [...completedBy, ...irritantIds.flatMap(wordsOn)];
  const since = latest([completed, ...words]);
  return { irritantIds, restsOn: words.map((one) => one.eventId), basis: basisOf(words), since };
}

/** What both sides agreed, of these matters, in the exchange or the text. */
function agreedIn(basis: Basis, of: readonly string[]): Found | undefined {
  const { completed = null, agreed = null, agreedIrritantIds = [] } = basis;
  if (agreed === null) return completed === null ? undefined : byNotes(basis, completed, of);
  return {
    irritantIds: of.filter((id) => agreedIrritantIds.includes(id)),
    restsOn: [agreed.said.eventId, ...agreed.restsOn],
    basis: agreed.basis,
    since: agreed.said.recordedAt,
  };
}

/** A report, or it with an answer to it, and under what both sides agreed that is. */
interface Begun {
  readonly words: readonly Said[];
  readonly agreement: Found;
  /** It began by the report, under the same: the other side says so too. */
  readonly confirms?: boolean;
}

/** How the streams of agreements tell what stands of them, at the place in the record at which the reaction looks. */
function agreements({ basis, irritantIds }: CommitmentFacts, { lookUp }: Origin) {
  const facts = basis === null ? undefined : lookUp(slices[basis.kind], basis.id)?.facts;
  const agreed = facts === undefined ? undefined : agreedIn(facts, irritantIds);
  const { terminatedBy = [], terminated = null } = facts ?? {};
  const ends = [...terminatedBy, ...(terminated === null ? [] : [terminated])];
  // What is endorsed or acknowledged was said before, perhaps before the end.
  const isEnded = (at: string) => ends.some((one) => one.recordedAt <= at);
  return ({ text, basis: words }: Under, at: string): Found | undefined => {
    if (text !== null) return { ...text, since: '' };
    if (words === null || agreed === undefined || agreed.irritantIds.length === 0 || isEnded(at))
      return undefined;
    return {
      ...agreed,
      restsOn: [...agreed.restsOn, ...words.map((one) => one.eventId)],
      basis: agreed.basis === 'direct' ? basisOf(words) : agreed.basis,
    };
  };
}

/**
 * By the report alone, and by it and what the other side says of it: that stands first, for an endorsement betters one of
 * them. An acknowledgement begins something only where the report is not under the same by itself.
 */
function begunBy(
  { said, under, answers }: CommitmentFacts['reports'][number],
  agreementOf: (under: Under, at: string) => Found | undefined,
): readonly Begun[] {
  const own = agreementOf(under, said.recordedAt);
  const isOwn = ({ restsOn, since }: Found) =>
    own !== undefined && own.restsOn.join() === restsOn.join() && since < said.recordedAt;
  const byBoth = answers.flatMap((answer) => {
    // What is acknowledged once the agreement is over was reported under it.
    const agreement =
      answer.under === null ? undefined : (agreementOf(answer.under, answer.said.recordedAt) ?? own);
    if (agreement === undefined) return [];
    return [{ words: [said, answer.said], agreement, confirms: agreement === own || isOwn(agreement) }];
  });
  return [...byBoth, ...(own === undefined ? [] : [{ words: [said], agreement: own }])];
}

/**
 * Implementation began when an obligor that the commitment binds reported that it has fulfilled it under what both sides
 * agreed: alone, one side would assert, undertake and report whatever it likes. What it alone put under an agreement is
 * under it once the other side has acknowledged the report.
 */
export function implementByCommitment(
  fact: Fact,
  commitment: CommitmentFacts,
  origin: Origin,
): readonly Asked[] {
  const { inForceFor, reports } = commitment;
  const agreementOf = agreements(commitment, origin);
  return reports
    .filter(({ said }) => inForceFor.includes(said.party ?? ''))
    .flatMap((one) => begunBy(one, agreementOf))
    .flatMap(({ words, agreement: { irritantIds, restsOn: behind, basis }, confirms }) =>
      reaching(fact, irritantIds, {
        type: 'ImplementationBegan',
        data: { by: { kind: 'commitment', id: origin.id }, ...byWordOf(words) },
        rests: restsOnAll(words),
        basis: basis === 'direct' ? basisOf(words) : basis,
        behind,
        confirms,
      }),
    );
}
