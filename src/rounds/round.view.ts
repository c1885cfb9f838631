import { toldView, toldViews } from '#libs/decider';
import type { Said, Words, WordsOf } from '#libs/decider';
import {
  array,
  described,
  flag,
  oneOfWords,
  orNull,
  ref,
  said,
  synthetic,
  text,
  uuid,
} from '../platform/shapes/json-schema.js';
import { represented, told, toldWithData } from '../platform/shapes/said-shapes.js';
import { roundEvents } from './round.events.js';
import { isHeld, isReconciled, sayingOff } from './round.facts.js';
import type { CallingOff, Round } from './round.facts.js';

/** One entry with who said it and in which words; the entry's own fields win over the words. */
function entry<T extends { readonly said: Said }>({ said, ...facts }: T, wordsOf: WordsOf): Words {
  return { ...toldView(said, wordsOf), ...facts };
}

function entries(all: readonly { readonly said: Said }[], wordsOf: WordsOf): readonly Words[] {
  return all.map((one) => entry(one, wordsOf));
}

const roundStatuses = [
  'scheduled',
  'postponed-by-one-side',
  'postponed',
  'cancelled-by-one-side',
  'cancelled',
  'held-by-one-account',
  'held',
] as const;

/** What both sides say comes before what one says; that it was held, before that it is off. */
function statusOf(round: Round): (typeof roundStatuses)[number] {
  if (isHeld(round)) return 'held';
  const cancelled = sayingOff(round, 'cancelled').length;
  if (cancelled >= 2) return 'cancelled';
  if (round.heldBy.length > 0) return 'held-by-one-account';
  if (cancelled > 0) return 'cancelled-by-one-side';
  const postponed = sayingOff(round, 'postponed').length;
  if (postponed === 0) return 'scheduled';
  return postponed === 1 ? 'postponed-by-one-side' : 'postponed';
}

/** Each with the later word of the same side that ended it. */
function callingsOff(round: Round, kind: CallingOff['as'], wordsOf: WordsOf) {
  return round.calledOff
    .filter((one) => one.as === kind)
    .map(({ said, startsAt, ended }) => ({
      ...toldView(said, wordsOf),
      ...(startsAt === undefined ? {} : { startsAt }),
      ended: ended === undefined ? null : toldView(ended, () => ({})),
    }));
}

/** A divergence with what each side says has become of it. */
export function divergenceView(
  { reconciledBy, ...divergence }: Round['divergences'][number],
  wordsOf: WordsOf,
) {
  return {
    ...entry(divergence, wordsOf),
    divergenceId: divergence.divergenceId,
    became: isReconciled({ reconciledBy, ...divergence }) ? ('reconciled' as const) : ('noted' as const),
    reconciledBy: toldViews(reconciledBy, wordsOf),
  };
}

export function roundView(round: Round, wordsOf: WordsOf) {
  return {
    dialogueId: round.dialogueId,
    number: round.number,
    synthetic: round.synthetic,
    status: statusOf(round),
    held: isHeld(round),
    heldBy: round.heldBy.map((one) => toldView(one, () => ({}))),
    scheduled: entry(round.scheduled, wordsOf),
    // The party is whose delegation it is; who names it so is another matter.
    delegates: round.delegates.map((one) => ({ ...entry(one, wordsOf), saidBy: one.said.party })),
    agenda: entries(round.agenda, wordsOf),
    discussions: entries(round.discussions, wordsOf),
    conclusions: entries(round.conclusions, wordsOf),
    postponements: callingsOff(round, 'postponed', wordsOf),
    cancellations: callingsOff(round, 'cancelled', wordsOf),
    reinstatements: entries(round.reinstated, wordsOf),
    nextRound: entries(round.nextRound, wordsOf),
    accounts: round.accounts.map(({ superseded, ...account }) => ({
      ...entry(account, wordsOf),
      superseded: superseded === undefined ? null : toldView(superseded, wordsOf),
    })),
    points: entries(round.points, wordsOf),
    divergences: round.divergences.map((one) => divergenceView(one, wordsOf)),
  };
}

/** A divergence that was noted, with who has said that it is settled. */
export const divergence = toldWithData(roundEvents.DivergenceNoted, {
  became: described(
    oneOfWords(['noted', 'reconciled']),
    '`reconciled` once both sides have said, each by its own word, that it is settled.',
  ),
  reconciledBy: array(told(roundEvents.DivergenceReconciled)),
});

const ended = described(orNull(said), 'The later word of the same side that ended it; null while it stands.');

export const roundRepresentation = represented<typeof roundView>({
  dialogueId: uuid,
  number: { type: 'integer' },
  synthetic,
  status: oneOfWords(roundStatuses),
  held: { ...flag, description: 'Whether both sides have said, each by its own word, that it was held.' },
  heldBy: array(said),
  scheduled: toldWithData(roundEvents.RoundScheduled),
  delegates: array(
    toldWithData(roundEvents.DelegationNamed, {
      saidBy: described(orNull(ref('Party')), 'Who names this delegate; `party` is whose delegate it is.'),
    }),
  ),
  agenda: array(toldWithData(roundEvents.AgendaItemTabled)),
  discussions: array(told(roundEvents.AgendaItemDiscussed, { irritantId: uuid }, { quote: text })),
  conclusions: array(toldWithData(roundEvents.RoundConcluded)),
  postponements: array(toldWithData(roundEvents.RoundPostponed, { ended })),
  cancellations: array(told(roundEvents.RoundCancelled, { ended })),
  reinstatements: array(toldWithData(roundEvents.RoundReinstated)),
  nextRound: array(toldWithData(roundEvents.NextRoundIndicated)),
  accounts: array(
    toldWithData(roundEvents.AccountPublished, { superseded: orNull(told(roundEvents.AccountSuperseded)) }),
  ),
  points: array(toldWithData(roundEvents.AccountPointRecorded)),
  divergences: array(divergence),
});
