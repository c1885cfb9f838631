import { choice, entries, id, line } from '#libs/decider';
import type { LangText } from '#libs/decider';
import { Conflict } from '#libs/event-store';
import type { EventStore, Expected } from '#libs/event-store';
import { Problem } from '#libs/problem-details';
import { appendTo, retrying } from '../platform/record/appending.js';
import { eventBeside, heldIn } from '../platform/record/beside.js';
import { exampleIds } from '../kernel/example-ids.js';
import { dueLabel, dueLabels } from '../platform/record/due-labels.js';
import { theParty, thePerson } from '../platform/record/finding.js';
import { keyPrefixGuards } from '../platform/record/streams.js';
import { sliceOf } from '../platform/record/slice.js';
import type { Ids } from '../platform/record/ids.js';
import type { Numbering, NumberingTools, Slice } from '../platform/record/slice.js';
import type { DialogueFacts } from '../dialogues/dialogue.events.js';
import { roundComparison } from './round-comparison.described.js';
import { compareRound } from './round-comparison.view.js';
import { roundCommands } from './round.commands.js';
import { roundDecider } from './round.decider.js';
import { roundEvents } from './round.events.js';
import {
  accountOf,
  discussionsOf,
  isHeld,
  isReconciled,
  namedIrritants,
  offForBoth,
  plannedFor,
} from './round.facts.js';
import type { Round } from './round.facts.js';
import { roundProblems } from './round.problems.js';
import { roundReads } from './round.reads.js';
import { roundNames, roundSummaries } from './round.summaries.js';
import { roundRepresentation, roundView } from './round.view.js';

const dialogues = entries<DialogueFacts>('dialogues');

interface Reached {
  readonly highest: number;
  readonly mine: number | undefined;
  readonly revision: Expected;
}

/** So many schedulings at the end of what they reached may be some that broke off, and are repeated. */
const unsureMax = 64;
const attemptsMax = 32;
/** As the number of a round is declared. */
const numberMax = 100_000;

/**
 * The dialogue owns the numbering of its rounds. Each number is a guard stream, so that two rounds never have one, and the
 * last event of another says how far they go: it is raised before a number is taken, so that no number lies beyond it.
 */
const reserveNumber: Numbering = async ({ streams, ids }, { id, data }) => {
  const dialogue = await streams.find(dialogues, String(data['dialogueId']));
  if (dialogue === undefined) throw new Error('A round was to be numbered in no dialogue.');
  const guard = `${keyPrefixGuards}${dialogue.facts.keyPrefix}-round`;
  const given = data['number'] as number | undefined;
  const lost = new Set<number>();
  for (;;) {
    const number = await retrying(async () => {
      const { highest, mine, revision } = await reachedBy(streams.store, guard, id);
      const own = mine === undefined || lost.has(mine) ? undefined : mine;
      const asked = given ?? own ?? highest + 1;
      if (asked > numberMax)
        throw numberTaken(`The dialogue has a round ${numberMax}: give a number that is free.`);
      const raised = eventBeside(ids, 'RoundNumberReached', { number: asked, id });
      if (asked > highest) await appendTo(streams.store, guard, [raised], revision);
      return asked;
    });
    if (await isReserved(streams, ids, `${guard}-${number}`, id)) return { number };
    // Whoever asked for no number takes the next one, where somebody who asked for this one was faster.
    if (given !== undefined || lost.size === attemptsMax)
      throw numberTaken(`The dialogue has a round ${number} already.`);
    lost.add(number);
  }
};

/** Whether the number is that round's own: as it is from now on where it was nobody's. */
async function isReserved(
  streams: NumberingTools['streams'],
  ids: Ids,
  taken: string,
  id: string,
): Promise<boolean> {
  try {
    await appendTo(streams.store, taken, [eventBeside(ids, 'NumberReserved', { id })], 'no_stream');
    return true;
  } catch (error) {
    if (!(error instanceof Conflict)) throw error;
    return (await streams.guarded(taken, 0)) === id;
  }
}

/** The highest number that any round of the dialogue has taken, and the one that this one took before it broke off. */
async function reachedBy(store: Pick<EventStore, 'readStream'>, guard: string, id: string): Promise<Reached> {
  let reached: Reached = { highest: 0, mine: undefined, revision: 'no_stream' };
  for await (const { data, revision } of heldIn(store, guard, { backwards: true, limit: unsureMax })) {
    const number = Number(data['number']);
    if (reached.revision === 'no_stream') reached = { ...reached, highest: number, revision };
    if (data['id'] === id) return { ...reached, mine: number };
  }
  return reached;
}

function numberTaken(detail: string): Problem {
  return new Problem({ ...roundProblems.ROUND_NUMBER_TAKEN, code: 'ROUND_NUMBER_TAKEN' }, { detail });
}

/** An account speaks for its party, and its points rest on its source; that of the press speaks for no party. */
const speaker: NonNullable<Slice<Round>['speaker']> = (command, data, round) => {
  if (command === 'PublishAccount') {
    return data['voice'] === 'press' ? { party: null, sourceId: String(data['sourceId']) } : undefined;
  }
  const accountId = data['accountId'];
  const account = round === null || typeof accountId !== 'string' ? undefined : accountOf(round, accountId);
  if (account === undefined) return undefined;
  // A source of an account carries its points; that the account is replaced needs a word of its own.
  const { party } = account.said;
  return command === 'SupersedeAccount' ? { party } : { party, sourceId: account.sourceId };
};

/** In the story of the examples. */
const cited = [{ sourceId: exampleIds.sourceId }];

export const rounds = sliceOf(roundDecider, {
  name: 'rounds',
  part: 'meeting',
  about: 'Rounds of consultations, with each side’s own account of them.',
  prefix: 'round',
  isInstrument: true,
  foldVersion: 2,
  schemas: roundEvents,
  commands: roundCommands,
  view: roundView,
  compare: compareRound,
  represents: roundRepresentation,
  summaries: roundSummaries,
  names: roundNames,
  speaker,
  reads: roundReads,
  labels: (round) => ({
    held: String(isHeld(round)),
    number: String(round.number),
    irritant: namedIrritants(round),
    [dueLabel]: dueLabels(round.dialogueId, [plannedFor(round)]),
  }),
  joint: (round) => ({
    held: isHeld(round),
    cancelled: offForBoth(round, 'cancelled'),
    postponed: offForBoth(round, 'postponed'),
    discussed: namedIrritants(round).filter((one) => discussionsOf(round, one).length >= 2),
    reconciled: round.divergences.filter(isReconciled).map((one) => one.divergenceId),
  }),
  filters: { held: choice('true', 'false'), number: line(6), irritant: id },
  finding: {
    title: ({ number, scheduled }, wordsOf) =>
      (wordsOf(scheduled.said.eventId)['name'] as LangText | undefined) ?? { en: `Round ${number}` },
    concerns: ({ delegates, accounts, dialogueId }) => [
      ...delegates.map((one) => thePerson(one.personId)),
      ...[...delegates.map((one) => one.party), ...accounts.map((one) => one.said.party)]
        .filter((one) => one !== null)
        .map((one) => theParty(one, dialogueId)),
    ],
    names: ({ delegates }, wordsOf) =>
      delegates.map((one) => ({
        of: thePerson(one.personId),
        name: wordsOf(one.said.eventId)['nameAsGiven'],
        eventId: one.said.eventId,
      })),
    lendsPersonsTo: namedIrritants,
  },
  refusals: roundProblems,
  story: [
    ['RU', 'ScheduleRound'],
    ['RU', 'PublishAccount', { sources: cited }],
    ['RU', 'RecordAccountPoint', { sources: cited }],
    ['RU', 'NameDelegate', { sources: cited, accountId: '01960b3a-0000-7000-8000-000000000006' }],
  ],
  described: roundComparison,
  numbering: { ScheduleRound: reserveNumber },
  renumbering: { RoundScheduled: reserveNumber },
});
