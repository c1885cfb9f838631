import { rest, restOnSaid } from '#libs/decider';
import type { Asked, Fact, Origin, Reaction } from '#libs/decider';
import type { NamedCommitment } from '#libs/versioned-text';
import type { ProposalFacts } from '../proposals/proposal.events.js';
import type { RoadmapFacts } from '../roadmaps/roadmap.events.js';

type Text = (ProposalFacts | RoadmapFacts) & {
  readonly versions: readonly { readonly commitments?: readonly NamedCommitment[] }[];
};

function textOf({ slice, id }: Origin) {
  return { kind: slice === 'proposals' ? ('proposal' as const) : ('roadmap' as const), id };
}

/** An endorsement betters what rests on the act that it endorses, and nothing else. */
function isBetter(fact: Fact, restsOn: readonly string[]): boolean {
  const { target } = fact.data as { readonly target?: string };
  return target !== undefined && restsOn.includes(target);
}

/** Each commitment that the agreed text names is in force for the obligor that it names. */
function putInForce(fact: Fact, text: Text, origin: Origin): readonly Asked[] {
  const { agreed, terminated, dialogueId, agreedIrritantIds: irritantIds } = text;
  if (agreed === null || terminated !== null) return [];
  if (fact.type === 'AttributionEndorsed' && !isBetter(fact, agreed.restsOn)) return [];
  const { version, contentHash, basis, said } = agreed;
  const restsOn = [said.eventId, ...agreed.restsOn];
  const by = textOf(origin);
  return text.agreedCommitments.map((one) => ({
    id: one.commitmentId,
    command: {
      type: 'PutInForce',
      data: { ...one, dialogueId, by, version, contentHash, irritantIds, basis, restsOn },
      rests: [restOnSaid(said)],
    },
  }));
}

/** What the text put in force before, the version agreed now keeps in force only by putting it in force itself. */
function endAgreements(fact: Fact, text: Text, origin: Origin): readonly Asked[] {
  const { agreed, terminated, versions } = text;
  if (agreed === null && terminated === null) return [];
  const version = terminated === null ? (agreed?.version ?? null) : null;
  const ever = new Set(
    versions.flatMap(({ commitments = [] }) => commitments.map((one) => one.commitmentId)),
  );
  const data = { by: textOf(origin), version };
  return [...ever].map((id) => ({ id, command: { type: 'EndAgreement', data, rests: [rest(fact)] } }));
}

const agreements = ['ProposalAgreed', 'RoadmapVersionAgreed'];
const ends = [...agreements, 'ProposalTerminated', 'RoadmapTerminated'];

/** What becomes of commitments by texts that both sides agree on: first what is in force, then what is no more. */
export const commitmentReactions: readonly Reaction[] = [
  {
    name: 'put-in-force',
    of: ['proposals', 'roadmaps'],
    concerns: ({ type }) => agreements.includes(type) || type === 'AttributionEndorsed',
    endedBy: 'end-agreement',
    react: putInForce,
  },
  {
    name: 'end-agreement',
    of: ['proposals', 'roadmaps'],
    concerns: ({ type }) => ends.includes(type),
    react: endAgreements,
  },
];
