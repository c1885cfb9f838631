import type { NamedCommitment } from '#libs/versioned-text';
import type { Commitment } from '../../src/commitments/commitment.facts.js';
import { otherSide } from './stage.js';
import type { Side } from './stage.js';
import { countedBefore, expectSame, ofKind } from './told.js';
import type { Reached, Told } from './told.js';

interface Text {
  readonly agreed: { readonly version: number } | null;
  readonly terminated: object | null;
  readonly versions: readonly {
    readonly version: number;
    readonly commitments?: readonly NamedCommitment[];
  }[];
}

/** What a text that both agreed, and that neither has terminated, says of a commitment in its present version. */
interface Naming {
  readonly text: string;
  readonly version: number;
  readonly named: NamedCommitment;
}

const agreements: readonly string[] = ['ProposalAgreed', 'RoadmapVersionAgreed'];
const assents: readonly string[] = ['AssentGiven', 'RoadmapAssentGiven'];

function lastOf(stream: readonly Reached[]): Reached {
  return stream.at(-1) as Reached;
}

function textsOf(told: Told): readonly (readonly Reached[])[] {
  return [...ofKind(told, 'proposal'), ...ofKind(told, 'roadmap')];
}

function namingsOf(told: Told, commitmentId: string): readonly Naming[] {
  return textsOf(told).flatMap((stream) => {
    const { folded } = lastOf(stream);
    const { agreed, terminated, versions } = folded.state as Text;
    if (agreed === null || terminated !== null) return [];
    return versions
      .filter((one) => one.version === agreed.version)
      .flatMap(({ version, commitments = [] }) =>
        commitments.map((named) => ({ text: folded.id, version, named })),
      )
      .filter(({ named }) => named.commitmentId === commitmentId);
  });
}

/** Whether the version is on the terms of the commitment, as that stood then and as the version before had its date. */
function isOnTerms(commitment: Commitment, { text, named }: Naming): boolean {
  const { obligor, beneficiary, mode, due = null } = named;
  const before = commitment.agreedFor.find((one) => one.obligor === obligor && one.by.id === text);
  return (
    commitment.obligors.includes(obligor) &&
    commitment.beneficiaries.includes(beneficiary) &&
    mode === commitment.mode &&
    (due === commitment.due || due === before?.due)
  );
}

/** The refusal to put it in force by this version, where that stands, with the commitment as it was before it. */
function refusalOf(told: Told, stream: readonly Reached[], { text, version }: Naming) {
  const causes = textsOf(told)
    .flat()
    .filter(({ folded, event }) => folded.id === text && agreements.includes(event.type))
    .filter(({ event }) => event.data['version'] === version)
    .map(({ event }) => event.id);
  const refused = countedBefore(stream, Infinity).findLast(
    ({ event: { type, data } }) =>
      type === 'ConsequenceRefused' &&
      data['policy'] === 'put-in-force' &&
      causes.includes(String(data['cause'])),
  );
  const before = refused && stream[refused.event.revision - 1];
  return before && { code: refused.event.data['code'], before: before.folded.state as Commitment };
}

/**
 * A commitment is in force by a text exactly for the obligors that the version agreed last names for it, on its terms,
 * while neither has terminated the text. What stands in the way is flagged, and does stand in the way.
 */
export function inForceAsNamed(told: Told): void {
  for (const stream of ofKind(told, 'commitment')) {
    const last = lastOf(stream);
    const { agreedFor } = last.folded.state as Commitment;
    const namings = namingsOf(told, last.folded.id);
    const inForce: Naming[] = [];
    for (const one of namings) {
      const refusal = refusalOf(told, stream, one);
      const isThere = agreedFor.some((each) => each.by.id === one.text && each.version === one.version);
      if (refusal === undefined || isThere) inForce.push(one);
      else if (refusal.code === 'terms-differ') {
        expectSame(last, { isOnTerms: isOnTerms(refusal.before, one) }, { isOnTerms: false });
      } else {
        const { ended, waivers } = refusal.before;
        const isOver = ended !== null || waivers.some((each) => each.party === one.named.beneficiary);
        expectSame(last, { isOver }, { isOver: true });
      }
    }
    const keysOf = (all: readonly string[]) => all.toSorted();
    expectSame(
      last,
      keysOf(agreedFor.map((one) => `${one.by.id} ${one.version} ${one.obligor}`)),
      keysOf(inForce.map((one) => `${one.text} ${one.version} ${one.named.obligor}`)),
    );
  }
}

/** Whether the event is the word of the side on this commitment: in its own stream, or its assent to a text naming it. */
function isWordOn({ event, folded }: Reached, commitmentId: string, obligor: string): boolean {
  const own = ['CommitmentAsserted', 'CommitmentUndertaken', 'FulfilmentAcknowledged'];
  if (event.stream === `commitment-${commitmentId}`) return own.includes(event.type);
  if (!assents.includes(event.type)) return false;
  const version = (folded.state as Text).versions.find((one) => one.version === event.data['version']);
  return (version?.commitments ?? []).some(
    (one) => one.commitmentId === commitmentId && one.obligor === obligor,
  );
}

/**
 * Implementation begins by a reported fulfilment only where the other side has spoken on that very commitment: in a text
 * that names it, by asserting or undertaking it, or by acknowledging the report.
 */
export function implementedByBothWords(told: Told): void {
  const all = new Map([...told.streams.values()].flat().map((one) => [one.event.id, one]));
  for (const one of ofKind(told, 'irritant').flat()) {
    const { type, data, restsOn = [] } = one.event;
    const { kind, id = '' } = (data['by'] ?? {}) as { readonly kind?: string; readonly id?: string };
    if (type !== 'ImplementationBegan' || kind !== 'commitment') continue;
    const rests = restsOn.flatMap((each) => all.get(each) ?? []);
    const obligor = rests.find(({ event }) => event.type === 'FulfilmentReported')?.event.act.party ?? '';
    const other = otherSide(obligor as Side);
    const hasSpoken = rests.some((each) => each.event.act.party === other && isWordOn(each, id, obligor));
    expectSame(one, { obligor: obligor !== '', hasSpoken }, { obligor: true, hasSpoken: true });
  }
}
