import type { Stored } from '../../src/platform/envelope.js';
import { at, countedBefore, expectSame, ofKind, partiesOf } from './told.js';
import type { Entry, Reached, Told } from './told.js';

/** The acts that bind a party or help to move a stage, as the domain lists them and not as the commands declare. */
const binding = new Set([
  ...['DialogueSuspended', 'DialogueResumed'],
  ...[
    'IrritantAcknowledged',
    'IrritantSuspended',
    'IrritantResumed',
    'IrritantWithdrawn',
    'IrritantReopened',
  ],
  ...['UnderstandingConfirmed', 'UnderstandingDenied', 'UnderstandingClaimWithdrawn'],
  ...['LinkageAccepted', 'LinkageRejected', 'DormancyProposed', 'DormancyDeclined', 'IrritantMadeDormant'],
  ...['ResolutionProposed', 'ResolutionAccepted', 'ResolutionRejected', 'ResolutionProposalWithdrawn'],
  ...['AgendaItemDiscussed', 'RoundConcluded', 'RoundConfirmedHeld', 'DivergenceReconciled'],
  ...['AccountPublished', 'AccountPointRecorded', 'AccountSuperseded'],
  ...['ExchangeReported', 'NotePresented', 'NoteReceived', 'NoteReplied'],
  ...['ExchangeCoverageAsserted', 'ExchangeTerminated'],
  ...['ProposalTabled', 'ProposalRevised', 'AssentGiven', 'AssentConfirmed', 'AssentWithdrawn'],
  ...['ProposalDeclined', 'ProposalLapsed'],
  ...['RoadmapVersionTabled', 'RoadmapAssentGiven', 'RoadmapAssentConfirmed', 'RoadmapAssentWithdrawn'],
  ...['StepStarted', 'StepReportedDone', 'StepAccepted', 'StepRejected', 'StepBlocked', 'StepUnblocked'],
  ...['StepWaived', 'RoadmapTerminated'],
  ...['CommitmentUndertaken', 'FulfilmentReported', 'FulfilmentAcknowledged', 'FulfilmentDisputed'],
  ...['BreachAlleged', 'BreachAnswered', 'BreachWithdrawn', 'CommitmentExtended', 'CommitmentWaived'],
  ...['AccessGranted', 'AccessDenied', 'AssetReturned'],
]);

/** A non-paper commits nobody, and press speaks for nobody: both are recorded on any evidence. */
function commitsNobody(event: Stored): boolean {
  return event.data['form'] === 'non-paper' || event.act.party === null;
}

const ownWords: readonly string[] = ['AttributionDisavowed', 'StageReviewConcluded'];
/** What is attributed to a party is on some evidence, and never what only the party itself can say. */
const hearsay = { hasSource: true, isOwnWord: false };

interface Issued {
  readonly kind: string;
  readonly issuers: readonly string[];
}

/** No consent is attributed to a party without a source that this party issued; press never carries it. */
export async function consentHasItsSource({ stage, streams }: Told): Promise<void> {
  const { world } = stage.desk.record;
  for (const stream of streams.values()) {
    for (const entry of stream) {
      const { act, sources, type } = entry.event;
      if (act.capacity === 'direct') expectSame(entry, act.party, act.recorderParty);
      if (act.capacity !== 'attributed') continue;
      expectSame(entry, { hasSource: sources.length > 0, isOwnWord: ownWords.includes(type) }, hearsay);
      if (!binding.has(type) || commitsNobody(entry.event)) continue;
      const cited = await Promise.all(sources.map((one) => world.facts('sources', one.sourceId)));
      const carries = (cited as unknown as Issued[]).some(
        (one) => one.kind !== 'press' && one.issuers.includes(act.party ?? ''),
      );
      expectSame(entry, { carries }, { carries: true });
    }
  }
}

const versionTypes: readonly string[] = ['ProposalTabled', 'ProposalRevised', 'RoadmapVersionTabled'];
const assentTypes: readonly string[] = ['AssentGiven', 'RoadmapAssentGiven'];
const confirmationTypes: readonly string[] = ['AssentConfirmed', 'RoadmapAssentConfirmed'];
const withdrawalTypes: readonly string[] = ['AssentWithdrawn', 'RoadmapAssentWithdrawn'];
const agreementTypes: readonly string[] = ['ProposalAgreed', 'RoadmapVersionAgreed'];

function is(types: readonly string[]): (one: Entry) => boolean {
  return ({ event }) => types.includes(event.type);
}

/** What an agreement rests on still counts for it where it is retracted afterwards, as the domain says of milestones. */
function countedFor(agreement: Reached, stream: readonly Reached[]): readonly Reached[] {
  const counted = countedBefore(stream, agreement.seq);
  const before = stream.filter((one) => one.seq < agreement.seq);
  const held = before.filter(is(agreementTypes)).flatMap((one) => one.event.data['restsOn'] as string[]);
  return before.filter((one) => counted.includes(one) || held.includes(one.event.id));
}

/** Both sides' full assents to exactly this version, given since it was tabled and not taken back since. */
function expectAgreement(agreement: Reached, stream: readonly Reached[]): void {
  const { version, contentHash, restsOn } = agreement.event.data as {
    version: number;
    contentHash: string;
    restsOn: readonly string[];
  };
  // The act that brought it about stands before it in the same append, so nothing can lie between.
  const counted = countedFor(agreement, stream);
  const tabling = counted.findLast(is(versionTypes));
  expectSame(
    agreement,
    { version: tabling?.event.data['version'], contentHash: tabling?.event.data['contentHash'] },
    { version, contentHash },
  );
  const since = counted.filter((one) => one.seq > (tabling?.seq ?? 0));
  const rests = since.filter((one) => restsOn.includes(one.event.id));
  // It rests on the text as well, which was tabled before anybody could assent to it.
  const resting = [tabling, ...rests].map((one) => one?.event.id ?? '').toSorted();
  expectSame(agreement, { rests: resting }, { rests: restsOn.toSorted() });
  const assents = rests.filter(is(assentTypes));
  expectSame(agreement, partiesOf(assents), ['RU', 'US']);
  for (const assent of assents) {
    const { party } = assent.event.act;
    const own = (types: readonly string[]) =>
      since.filter((one) => one.event.act.party === party && is(types)(one));
    const confirmations = own(confirmationTypes).filter((one) => rests.includes(one));
    const given = { version: assent.event.data['version'], contentHash: assent.event.data['contentHash'] };
    expectSame(assent, given, { version, contentHash });
    const isFull = assent.event.data['adReferendum'] === false || confirmations.length > 0;
    expectSame(assent, { isFull }, { isFull: true });
    const words = [assent, ...confirmations];
    const takenBack = own(withdrawalTypes).filter((one) => words.some((word) => word.seq < one.seq));
    expectSame(assent, { takenBack: takenBack.map(at) }, { takenBack: [] });
  }
}

/** No assent survives a new version, and no agreement rests on anything but two full assents to its own version. */
export function noAssentSurvivesAVersion(told: Told): void {
  for (const stream of [...ofKind(told, 'proposal'), ...ofKind(told, 'roadmap')]) {
    for (const one of stream.filter(is(versionTypes))) {
      const { assents } = one.folded.state as { assents: readonly object[] };
      expectSame(one, { assents }, { assents: [] });
    }
    for (const one of stream.filter(is(agreementTypes))) expectAgreement(one, stream);
  }
}
