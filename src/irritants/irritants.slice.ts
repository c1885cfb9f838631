import { choice, entries, party } from '#libs/decider';
import { theParty } from '../platform/record/finding.js';
import { keyPrefixGuards } from '../platform/record/streams.js';
import { sliceOf } from '../platform/record/slice.js';
import type { NumberingTools } from '../platform/record/slice.js';
import type { DialogueFacts } from '../dialogues/dialogue.events.js';
import { irritantCommands } from './irritant.commands.js';
import { irritantDecider } from './irritant.decider.js';
import { categories, irritantEvents, overlays, stages } from './irritant.events.js';
import { irritantPolicies } from './irritant.policy.js';
import { irritantOverview } from './irritant-overview.described.js';
import { irritantProblems } from './irritant.problems.js';
import { irritantReads } from './irritant.reads.js';
import { jointIn } from './irritant-joint.facts.js';
import { stageOf } from './irritant-stage.facts.js';
import { irritantSummaries } from './irritant.summaries.js';
import { overlaysOf } from './irritant-overlays.view.js';
import { irritantRepresentation, irritantView } from './irritant.view.js';

const dialogues = entries<DialogueFacts>('dialogues');

/** Reads the guard of the prefix, then the dialogue: both as the store has them, so that a new key works at once. */
async function idOfKey(
  streams: Pick<NumberingTools['streams'], 'find' | 'guarded'>,
  key: string,
): Promise<string | undefined> {
  const [, prefix] = /^([A-Z][A-Z0-9]{1,11})-[1-9]\d{0,6}$/.exec(key) ?? [];
  if (prefix === undefined) return undefined;
  const dialogueId = await streams.guarded(`${keyPrefixGuards}${prefix}`);
  if (dialogueId === undefined) return undefined;
  const dialogue = await streams.find(dialogues, dialogueId);
  return dialogue?.facts.irritants.find((one) => one.key === key)?.irritantId;
}

export const irritants = sliceOf(irritantDecider, {
  name: 'irritants',
  part: 'matter',
  about: 'What troubles the relation: its joint stage, and beside it each side’s own position and claims.',
  prefix: 'irritant',
  foldVersion: 7,
  schemas: irritantEvents,
  commands: irritantCommands,
  view: irritantView,
  represents: irritantRepresentation,
  summaries: irritantSummaries,
  labels: (irritant) => ({
    stage: stageOf(irritant),
    category: irritant.category,
    raiser: irritant.raisers,
    overlay: overlaysOf(irritant),
  }),
  joint: jointIn,
  filters: {
    stage: choice(...stages),
    category: choice(...categories),
    raiser: party,
    overlay: choice(...overlays),
  },
  finding: {
    designations: ({ key }) => [key],
    concerns: ({ raisers, respondents, dialogueId }) =>
      [...raisers, ...respondents].map((one) => theParty(one, dialogueId)),
  },
  refusals: irritantProblems,
  policies: irritantPolicies,
  reads: irritantReads,
  story: [
    ['RU', 'RaiseIrritant', { key: 'RUUS-1' }],
    ['US', 'AcknowledgeIrritant'],
    ['RU', 'StatePosition'],
    ['RU', 'ClaimUnderstanding'],
    [null, 'InstrumentLinked', { kind: 'round', id: '01960b3a-0000-7000-8000-000000000008' }],
  ],
  numbering: {
    RaiseIrritant: async (tools, { id, data, act }) => {
      const command = { type: 'AssignIrritantKey', act, irritantId: id };
      const { state } = await tools.internally(dialogues.slice, String(data['dialogueId']), command);
      const { irritants: keys } = state as DialogueFacts;
      return { key: keys.find((one) => one.irritantId === id)?.key };
    },
  },
  resolve: idOfKey,
  described: irritantOverview,
});
