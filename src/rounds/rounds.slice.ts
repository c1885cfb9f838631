import { choice, entries, id, line } from '#libs/decider';
import type { LangText } from '#libs/decider';
import { Problem } from '#libs/problem-details';
import { appendTo, retrying } from '../platform/record/appending.js';
import { eventBeside } from '../platform/record/beside.js';
import { theParty, thePerson } from '../platform/record/finding.js';
import { keyPrefixGuards } from '../platform/record/streams.js';
import { sliceOf } from '../platform/record/slice.js';
import type { Numbering, Slice } from '../platform/record/slice.js';
import type { DialogueFacts } from '../dialogues/dialogue.events.js';
import { roundComparison } from './round-comparison.described.js';
import { compareRound } from './round-comparison.view.js';
import { roundCommands } from './round.commands.js';
import { roundDecider } from './round.decider.js';
import { roundEvents } from './round.events.js';
import { accountOf, discussionsOf, isHeld, isReconciled, namedIrritants, offForBoth } from './round.facts.js';
import type { Round } from './round.facts.js';
import { roundProblems } from './round.problems.js';
import { roundReads } from './round.reads.js';
import { roundRepresentation } from './round.representation.js';
import { roundSummaries } from './round.summaries.js';
import { roundView } from './round.view.js';

const dialogues = entries<DialogueFacts>('dialogues');

interface Reserved {
  readonly roundId: string;
  readonly number: number;
}

/** The dialogue owns the numbering of its rounds: numbers are reserved in the stream that guards its prefix. */
const reserveNumber: Numbering = (tools, { id, data }) =>
  retrying(async () => {
    const dialogue = await tools.streams.find(dialogues, String(data['dialogueId']));
    if (dialogue === undefined) throw new Error('A round was to be numbered in no dialogue.');
    const stream = `${keyPrefixGuards}${dialogue.facts.keyPrefix}`;
    const reserved: Reserved[] = [];
    let revision = 0n;
    for await (const event of tools.streams.store.readStream(stream)) {
      revision = event.revision;
      if (event.type === 'RoundNumberReserved') reserved.push(event.data as unknown as Reserved);
    }
    const mine = reserved.find((one) => one.roundId === id);
    if (mine !== undefined) return { number: mine.number };
    const wanted = data['number'] as number | undefined;
    if (reserved.some((one) => one.number === wanted)) throw numberTaken(wanted ?? 0);
    const number = wanted ?? Math.max(0, ...reserved.map((one) => one.number)) + 1;
    const event = eventBeside(tools.ids, 'RoundNumberReserved', { roundId: id, number });
    await appendTo(tools.streams.store, stream, [event], revision);
    return { number };
  });

function numberTaken(number: number): Problem {
  return new Problem(
    { ...roundProblems.ROUND_NUMBER_TAKEN, code: 'ROUND_NUMBER_TAKEN' },
    { detail: `The dialogue has a round ${number} already.` },
  );
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
const cited = [{ sourceId: '01960b3a-0000-7000-8000-000000000004' }];

export const rounds = sliceOf(roundDecider, {
  name: 'rounds',
  part: 'meeting',
  about: 'Rounds of consultations, with each side’s own account of them.',
  prefix: 'round',
  isInstrument: true,
  foldVersion: 1,
  schemas: roundEvents,
  commands: roundCommands,
  view: roundView,
  compare: compareRound,
  represents: roundRepresentation,
  summaries: roundSummaries,
  speaker,
  reads: roundReads,
  labels: (round) => ({
    held: String(isHeld(round)),
    number: String(round.number),
    irritant: namedIrritants(round),
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
});
