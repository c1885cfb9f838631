import { choice, entries, means, party } from '#libs/decider';
import { awaitedLabels } from '../platform/record/awaited.js';
import { theParty } from '../platform/record/finding.js';
import { keyPrefixGuards } from '../platform/record/streams.js';
import { sliceOf } from '../platform/record/slice.js';
import type { Numbering, NumberingTools, Slice } from '../platform/record/slice.js';
import type { DialogueFacts } from '../dialogues/dialogue.events.js';
import { awaiting } from './irritant-awaiting.view.js';
import { irritantCommands } from './irritant.commands.js';
import { irritantDecider } from './irritant.decider.js';
import { categories, irritantEvents, overlays, stages } from './irritant.events.js';
import { irritantReactions } from './irritant.reactions.js';
import { irritantOverview } from './irritant-overview.described.js';
import { irritantProblems } from './irritant.problems.js';
import { irritantReads } from './irritant.reads.js';
import type { Irritant } from './irritant.facts.js';
import { jointIn } from './irritant-joint.facts.js';
import { isClosed, stageOf } from './irritant-stage.facts.js';
import { irritantNames, irritantSummaries } from './irritant.summaries.js';
import { overlaysOf } from './irritant-overlays.view.js';
import { irritantRepresentation, irritantView } from './irritant.view.js';

const dialogues = entries<DialogueFacts>('dialogues');
const itself = entries<Irritant>('irritants');

/** Reads the guard of the prefix as the store has it, so that a new key works at once. People write keys in small letters, too. */
async function idOfKey(
  streams: Pick<NumberingTools['streams'], 'find' | 'guarded'>,
  asked: string,
): Promise<string | undefined> {
  if (!/^[A-Z][A-Z0-9]{1,11}-[1-9]\d{0,6}$/i.test(asked)) return undefined;
  const key = asked.toUpperCase();
  const [prefix, number] = key.split('-');
  const id = await streams.guarded(`${keyPrefixGuards}${prefix}`, Number(number));
  if (id === undefined) return undefined;
  // A raising that broke off before it was recorded, and was repeated, has another number than its first one.
  const found = await streams.find(itself, id);
  return found === undefined || found.facts.key === key ? id : undefined;
}

/** Numbers of a dialogue stand in the guard of its prefix, so that its own stream stays as it is. */
const nextKey: Numbering = async ({ streams, numbers }, { id, data }) => {
  const dialogue = await streams.find(dialogues, String(data['dialogueId']));
  if (dialogue === undefined) throw new Error('An irritant was to be numbered in no dialogue.');
  const { keyPrefix } = dialogue.facts;
  return { key: `${keyPrefix}-${await numbers.next(`${keyPrefixGuards}${keyPrefix}`, id)}` };
};

const keyAgain: NonNullable<Slice['renumbering']>[string] = async ({ numbers }, { id, data }) => {
  const [, keyPrefix = '', number] = /^(.+)-(\d+)$/.exec(String(data['key'])) ?? [];
  await numbers.again(`${keyPrefixGuards}${keyPrefix}`, id, Number(number));
};

export const irritants = sliceOf(irritantDecider, {
  name: 'irritants',
  part: 'matter',
  about: 'What troubles the relation: its joint stage, and beside it each side’s own position and claims.',
  prefix: 'irritant',
  foldVersion: 11,
  schemas: irritantEvents,
  commands: irritantCommands,
  view: irritantView,
  represents: irritantRepresentation,
  summaries: irritantSummaries,
  names: irritantNames,
  labels: (irritant) => ({
    stage: stageOf(irritant),
    category: irritant.category,
    raiser: irritant.raisers,
    respondent: irritant.respondents,
    overlay: overlaysOf(irritant),
    open: String(!isClosed(irritant)),
    awaiting: awaitedLabels(awaiting(irritant)),
  }),
  joint: jointIn,
  filters: {
    stage: choice(...stages),
    category: choice(...categories),
    raiser: party,
    respondent: party,
    overlay: choice(...overlays),
    open: means(
      choice('true', 'false'),
      'Only those that are neither resolved, withdrawn nor dormant, or only those that are.',
    ),
    awaiting: means(
      party,
      'Only what waits for a word of this party: on itself, as `awaiting` says, or on an instrument that is about it, as that one’s does. The agenda has all of it together.',
    ),
    overdue: means(
      choice('true', 'false'),
      'Only what has a commitment or a step of a roadmap that is overdue, or only the rest; as in their lists.',
    ),
  },
  finding: {
    designations: ({ key }) => [key],
    concerns: ({ raisers, respondents, dialogueId }) =>
      [...raisers, ...respondents].map((one) => theParty(one, dialogueId)),
  },
  refusals: irritantProblems,
  reactions: irritantReactions,
  reads: irritantReads,
  story: [
    ['RU', 'RaiseIrritant', { key: 'RUUS-1' }],
    ['US', 'AcknowledgeIrritant'],
    ['RU', 'StatePosition'],
    ['RU', 'ClaimUnderstanding'],
    [null, 'InstrumentLinked', { kind: 'round', id: '01960b3a-0000-7000-8000-000000000008' }],
  ],
  numbering: { RaiseIrritant: nextKey },
  renumbering: { IrritantRaised: keyAgain },
  resolve: idOfKey,
  described: irritantOverview,
});
