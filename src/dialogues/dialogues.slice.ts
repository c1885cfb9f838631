import { line, party } from '#libs/decider';
import { Conflict } from '#libs/event-store';
import { Problem } from '#libs/problem-details';
import { understandingsIn } from '../kernel/claims.facts.js';
import { awaitedOnClaims } from '../kernel/claims.view.js';
import { appendTo } from '../platform/record/appending.js';
import { awaitedFilter, awaitedLabels } from '../platform/record/awaited.js';
import { eventBeside } from '../platform/record/beside.js';
import { keyPrefixGuards } from '../platform/record/streams.js';
import { theParty } from '../platform/record/finding.js';
import { sliceOf } from '../platform/record/slice.js';
import type { Numbering } from '../platform/record/slice.js';
import { dialogueCommands } from './dialogue.commands.js';
import { dialogueDecider } from './dialogue.decider.js';
import { dialogueEvents } from './dialogue.events.js';
import { dialogueProblems } from './dialogue.problems.js';
import { dialogueReads } from './dialogue.reads.js';
import { dialogueRepresentation } from './dialogue.representation.js';
import { dialogueNames, dialogueSummaries } from './dialogue.summaries.js';
import { dialogueView, keepingOf } from './dialogue.view.js';

/** Reserves the prefix in a stream of its own before the dialogue is opened, so that two can't have the same keys. */
const reservePrefix: Numbering = async ({ streams, ids }, { id, data }) => {
  const keyPrefix = String(data['keyPrefix']);
  const reserved = eventBeside(ids, 'KeyPrefixReserved', { dialogueId: id });
  try {
    await appendTo(streams.store, `${keyPrefixGuards}${keyPrefix}`, [reserved], 'no_stream');
  } catch (error) {
    if (!(error instanceof Conflict)) throw error;
    if ((await streams.guarded(`${keyPrefixGuards}${keyPrefix}`, 0)) !== id) {
      throw new Problem(
        { ...dialogueProblems.KEY_PREFIX_TAKEN, code: 'KEY_PREFIX_TAKEN' },
        { detail: `The prefix ${keyPrefix} belongs to another dialogue.` },
      );
    }
  }
  return {};
};

export const dialogues = sliceOf(dialogueDecider, {
  name: 'dialogues',
  part: 'dialogue',
  about: 'A dialogue is between two parties; it owns the keys and the numbers of what belongs to it.',
  prefix: 'dialogue',
  foldVersion: 4,
  schemas: dialogueEvents,
  commands: dialogueCommands,
  view: dialogueView,
  keptBy: keepingOf,
  represents: dialogueRepresentation,
  summaries: dialogueSummaries,
  names: dialogueNames,
  labels: (dialogue) => ({
    party: dialogue.parties,
    prefix: dialogue.keyPrefix,
    awaiting: awaitedLabels(awaitedOnClaims(dialogue, dialogue.parties)),
  }),
  // Each side suspends and names for itself, and joining is final.
  joint: (dialogue) => ({ understandings: understandingsIn(dialogue) }),
  filters: { party, prefix: line(12), awaiting: awaitedFilter },
  finding: {
    designations: ({ keyPrefix }) => [keyPrefix],
    concerns: ({ parties, dialogueId }) => parties.map((one) => theParty(one, dialogueId)),
    names: ({ aliases, dialogueId }, wordsOf) =>
      aliases.map(({ party: code, said }) => ({
        of: theParty(code, dialogueId),
        name: wordsOf(said.eventId)['alias'],
        eventId: said.eventId,
      })),
  },
  refusals: dialogueProblems,
  story: [
    ['RU', 'OpenDialogue'],
    ['RU', 'JoinDialogue'],
    ['US', 'JoinDialogue'],
    ['RU', 'NameParty'],
    ['US', 'RecordPartyAlias'],
    ['RU', 'ClaimDialogueUnderstanding'],
  ],
  numbering: { OpenDialogue: reservePrefix },
  renumbering: { DialogueOpened: reservePrefix },
  reads: dialogueReads,
});
