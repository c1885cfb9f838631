import { choice, party } from '#libs/decider';
import { theParty } from '../platform/record/finding.js';
import { sliceOf } from '../platform/record/slice.js';
import { drop } from './deposits.js';
import { sourceBytes } from './source-bytes.described.js';
import { sourceCommands } from './source.commands.js';
import { sourceDecider } from './source.decider.js';
import { sourceEvents, sourceKinds } from './source.events.js';
import { sourceReactions } from './source.reactions.js';
import { sourceProblems } from './source.problems.js';
import { sourceReads } from './source.reads.js';
import { sourceNames, sourceSummaries } from './source.summaries.js';
import { sourceRepresentation, sourceView } from './source.view.js';
import { claimBytes } from './uploads.js';

export const sources = sliceOf(sourceDecider, {
  name: 'sources',
  part: 'evidence',
  about: 'The evidence: held with its bytes, or only cited.',
  prefix: 'source',
  foldVersion: 2,
  schemas: sourceEvents,
  commands: sourceCommands,
  view: sourceView,
  represents: sourceRepresentation,
  summaries: sourceSummaries,
  names: sourceNames,
  labels: (source) => ({ kind: source.kind, issuer: source.issuers, held: String(source.held) }),
  // A source is as whoever registered it says.
  joint: () => ({}),
  filters: { kind: choice(...sourceKinds), issuer: party, held: choice('true', 'false') },
  finding: { concerns: ({ issuers, dialogueId }) => issuers.map((one) => theParty(one, dialogueId)) },
  refusals: sourceProblems,
  reactions: sourceReactions,
  story: [['RU', 'RegisterSource']],
  described: sourceBytes,
  numbering: { RegisterSource: claimBytes },
  reads: sourceReads,
  erase: async (tools, { data }) => {
    const { dialogueId, bytesId } = data;
    if (typeof dialogueId === 'string' && typeof bytesId === 'string') await drop(tools, dialogueId, bytesId);
  },
});
