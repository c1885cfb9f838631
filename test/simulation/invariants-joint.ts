import { standingsIn } from '../../src/platform/record/dropping.js';
import type { Stored } from '../../src/platform/record/envelope.js';
import type { Given } from './ledger.js';
import { sides } from './stage.js';
import type { Side } from './stage.js';
import { countedBefore, expectSame, ofKind, shown } from './told.js';
import type { Reached, Told } from './told.js';

interface Words {
  /** What was given as the word of the side before the place, and still counted there. */
  readonly given: readonly Given[];
  readonly one: Reached;
}
type Half = (words: Words, data: Readonly<Record<string, unknown>>, side: Side, told: Told) => boolean;

function body({ body: sent, path }: Given): Readonly<Record<string, unknown>> {
  return { ...sent, ...path };
}

function gave(
  { given }: Words,
  stream: string,
  types: readonly string[],
  fits: (sent: ReturnType<typeof body>) => boolean = () => true,
) {
  return given.some((one) => one.stream === stream && types.includes(one.type) && fits(body(one)));
}

const helds = ['RoundConfirmedHeld', 'RoundConcluded', 'AccountPublished', 'AccountPointRecorded'];
/** By which a side speaks to a text of the other: its own tabling, or its answer. */
const spoken = [
  ...['ProposalTabled', 'ProposalRevised', 'AssentGiven', 'ProposalDeclined'],
  ...['RoadmapDrafted', 'RoadmapVersionTabled', 'RoadmapAssentGiven'],
];
const notes = ['ExchangeReported', 'NotePresented', 'NoteReplied'];
const assents = ['AssentGiven', 'RoadmapAssentGiven'];
const confirmations = ['AssentConfirmed', 'RoadmapAssentConfirmed'];
const withdrawals = ['AssentWithdrawn', 'RoadmapAssentWithdrawn'];

const claimedBy = ['UnderstandingClaimed', 'DialogueUnderstandingClaimed'];
const confirmedBy = ['UnderstandingConfirmed', 'DialogueUnderstandingConfirmed'];

/** A full assent to exactly this text, not taken back since. What a capital has confirmed stays confirmed. */
const assented: Half = ({ given, one }, { version, contentHash }) => {
  const all = given.filter(({ stream }) => stream === one.event.stream);
  const isOfIt = (each: Given) => body(each)['version'] === version;
  const own = all.slice(all.findLastIndex((each) => withdrawals.includes(each.type) && isOfIt(each)) + 1);
  const assent = own.findLast(
    (each) => assents.includes(each.type) && isOfIt(each) && body(each)['contentHash'] === contentHash,
  );
  return (
    assent !== undefined &&
    (body(assent)['adReferendum'] !== true ||
      own.some((each) => confirmations.includes(each.type) && isOfIt(each)))
  );
};

/** Assents to the agreed text anywhere, whichever stream tells of the agreement. */
const assentedSomewhere: Half = ({ given }, { contentHash }) =>
  contentHash === undefined ||
  given.some((one) => assents.includes(one.type) && body(one)['contentHash'] === contentHash);

/** Confirmed it in full, or in part where that is asked for, or claimed it. */
const understood: Half = (words, { claimId, inPart }, side, told) => {
  const { stream } = words.one.event;
  const isConfirmed = gave(
    words,
    stream,
    confirmedBy,
    (sent) => sent['claimId'] === claimId && (inPart === true || sent['mode'] !== 'partial'),
  );
  return isConfirmed || isBroughtInBy(told, words, side, claimedBy, { claimId });
};

function isBroughtInBy(
  told: Told,
  { one, given }: Words,
  side: Side,
  types: readonly string[],
  by: object,
): boolean {
  const [[name, id] = []] = Object.entries(by) as [string, unknown][];
  return (told.streams.get(one.event.stream) ?? []).some(
    ({ event }) =>
      types.includes(event.type) &&
      (event.data as Record<string, unknown>)[name ?? ''] === id &&
      event.act.party === side &&
      given.some((each) => each.stream === event.stream && each.revision === event.revision),
  );
}

/** For each joint fact, what each side must have given for it. */
const halves: { readonly [type: string]: Half } = {
  ProposalAgreed: assented,
  RoadmapVersionAgreed: assented,
  RoadmapAgreed: assentedSomewhere,
  Agreed: (words, data, side, told) => {
    const { kind, id } = data['by'] as { kind: string; id: string };
    return kind === 'claim'
      ? understood(words, { claimId: id }, side, told)
      : assentedSomewhere(words, data, side, told);
  },
  RoadmapAgreedInPrinciple: understood,
  AgreedInPrinciple: understood,
  ConsultationBegan: (words, { by }) => {
    const { kind, id } = by as { kind: string; id: string };
    return gave(words, `${kind}-${id}`, kind === 'round' ? helds : spoken);
  },
  ImplementationBegan: (words, { by }, _side, told) => {
    const { kind, id } = (by ?? {}) as { kind?: string; id?: string };
    const stream = `${kind}-${id}`;
    if (kind === 'exchange') {
      const irritantId = words.one.folded.id;
      return gave(words, stream, ['ExchangeCoverageAsserted'], (sent) => sent['irritantId'] === irritantId);
    }
    if (kind === 'roadmap') return gave(words, stream, assents);
    return isOfCommitment(words, stream, told);
  },
  ExchangeCompleted: (words) => gave(words, words.one.event.stream, notes),
  IrritantResolved: (words, { resolutionId }, side, told) =>
    gave(
      words,
      words.one.event.stream,
      ['ResolutionAccepted'],
      (sent) => sent['resolutionId'] === resolutionId,
    ) || isBroughtInBy(told, words, side, ['ResolutionProposed'], { resolutionId }),
  IrritantMadeDormant: (words) =>
    gave(words, words.one.event.stream, ['DormancyProposed', 'IrritantMadeDormant']),
  RoadmapCompleted: (words) => gave(words, words.one.event.stream, assents),
  CommitmentDischarged: (words, _data, _side, told) => isOfCommitment(words, words.one.event.stream, told),
};

/** The side asserted it, undertook it, settled what was owed to it, or assented to a text that names it. */
function isOfCommitment(words: Words, stream: string, { streams }: Told): boolean {
  const own = ['CommitmentUndertaken', 'CommitmentAsserted', 'FulfilmentAcknowledged', 'CommitmentWaived'];
  const isNaming = ({ event }: Reached) => {
    const { commitments = [] } = event.data as { commitments?: readonly { readonly commitmentId: string }[] };
    return commitments.some((one) => stream === `commitment-${one.commitmentId}`);
  };
  const texts = [...streams].filter(([, reached]) => reached.some(isNaming)).map(([name]) => name);
  return gave(words, stream, own) || texts.some((one) => gave(words, one, assents));
}

/** What was given as the word of the side: by itself, or by whoever keeps the record for it. */
function wordsOf(told: Told, side: Side, counted: ReadonlySet<string>): readonly Given[] {
  return told.stage.ledger.given.filter(({ who, stream, revision, body: sent }) => {
    const { party = who.party } = sent as { party?: string };
    const event = told.streams.get(stream)?.[revision]?.event;
    return (event?.act.party ?? party) === side && counted.has(event?.id ?? '');
  });
}

function wordsBefore(told: Told, one: Reached, side: Side): Words {
  const counted = new Set(countedBefore(told.entries, one.seq + 1).map(({ event }) => event.id));
  return { given: wordsOf(told, side, counted), one };
}

/**
 * No joint fact without the half of each side, as the clients of both know it. What was drawn from a word that had been
 * taken back before the consequences came to it has fallen again with the next of them.
 */
export function jointTakesBoth(told: Told): void {
  for (const stream of told.streams.values()) {
    const { dropped } = standingsIn(stream.map(({ event }) => event));
    for (const one of stream.filter(({ event }) => !isFallenConsequence(event, dropped))) {
      const half = halves[one.event.type];
      if (half === undefined) continue;
      const missing = sides.filter((side) => !half(wordsBefore(told, one, side), one.event.data, side, told));
      expectSame(one, { missing }, { missing: [] });
    }
  }
}

function isFallenConsequence({ id, causationId, stream }: Stored, dropped: ReadonlySet<string>): boolean {
  return dropped.has(id) && causationId !== undefined && stream.startsWith('irritant-');
}

function lastOf(stream: readonly Reached[]): Reached {
  return stream.at(-1) as Reached;
}

/** The claims that the entry shows as confirmed, and whether in part alone. */
function understandingsIn(last: Reached): readonly (readonly [claimId: string, inPart: boolean])[] {
  const { claims = [] } = shown(last) as { claims?: readonly { claimId: string; state: string }[] };
  return claims
    .filter(({ state }) => state === 'confirmed' || state === 'partly-confirmed')
    .map(({ claimId, state }) => [claimId, state === 'partly-confirmed']);
}

/** What stands as joint at the end, though no event of its own says so. */
export function jointStandsOnBoth(told: Told): void {
  const expectHalves = (last: Reached, types: readonly string[], fits?: (sent: object) => boolean) => {
    const missing = sides.filter(
      (side) => !gave(wordsBefore(told, last, side), last.event.stream, types, fits),
    );
    expectSame(last, { missing }, { missing: [] });
  };
  for (const last of ofKind(told, 'round').map(lastOf)) {
    if (last.folded.slice.labels(last.folded.state)['held'] === 'true') expectHalves(last, helds);
  }
  for (const last of [...ofKind(told, 'irritant'), ...ofKind(told, 'dialogue')].map(lastOf)) {
    for (const [claimId, inPart] of understandingsIn(last)) {
      const missing = sides.filter(
        (side) => !understood(wordsBefore(told, last, side), { claimId, inPart }, side, told),
      );
      expectSame(last, { claimId, missing }, { claimId, missing: [] });
    }
  }
  for (const last of ofKind(told, 'asset').map(lastOf)) {
    const { returnedTo } = shown(last);
    if (returnedTo === null || returnedTo === undefined) continue;
    expectHalves(last, ['AssetReturned'], (sent) => (sent as { to?: unknown }).to === returnedTo);
  }
  for (const last of ofKind(told, 'irritant').map(lastOf)) {
    const { stage } = shown(last);
    if (stage === 'raised' || stage === 'withdrawn') continue;
    const missing = sides.filter((side) => wordsBefore(told, last, side).given.length === 0);
    expectSame(last, { stage, missing }, { stage, missing: [] });
  }
}
