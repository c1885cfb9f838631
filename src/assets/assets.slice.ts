import { choice, id, party } from '#libs/decider';
import { awaitedFilter, awaitedLabels } from '../platform/record/awaited.js';
import { theParty } from '../platform/record/finding.js';
import { sliceOf } from '../platform/record/slice.js';
import { assetCommands } from './asset.commands.js';
import { assetDecider } from './asset.decider.js';
import { assetEvents, assetStatuses } from './asset.events.js';
import type { Asset } from './asset.facts.js';
import { agreedOn, returnedTo } from './asset.facts.js';
import { assetProblems } from './asset.problems.js';
import { assetRepresentation } from './asset.representation.js';
import { assetNames, assetSummaries } from './asset.summaries.js';
import { assetView, awaiting, statusOf } from './asset.view.js';

/** Whoever is said to own or hold it is found: by one side's word, or by that of both. */
function namedAs(field: 'owner' | 'holder', { ownership }: Asset): readonly string[] {
  return [...new Set(Object.values(ownership).map((one) => one[field]))];
}

export const assets = sliceOf(assetDecider, {
  name: 'assets',
  about: 'Property at issue: whose it is as each side says, access, inspections, damage, and its return.',
  prefix: 'asset',
  isInstrument: true,
  foldVersion: 4,
  schemas: assetEvents,
  commands: assetCommands,
  view: assetView,
  represents: assetRepresentation,
  summaries: assetSummaries,
  names: assetNames,
  // No stage rests on what is said of an asset.
  labels: (asset) => ({
    irritant: asset.irritantIds,
    owner: namedAs('owner', asset),
    holder: namedAs('holder', asset),
    status: statusOf(asset),
    awaiting: awaitedLabels(awaiting(asset)),
  }),
  joint: (asset) => ({
    'returned to': returnedTo(asset),
    owner: agreedOn(asset, 'owner'),
    tenure: agreedOn(asset, 'tenure'),
    holder: agreedOn(asset, 'holder'),
  }),
  filters: {
    irritant: id,
    owner: party,
    holder: party,
    status: choice(...assetStatuses),
    awaiting: awaitedFilter,
  },
  finding: {
    concerns: (asset) =>
      [...namedAs('owner', asset), ...namedAs('holder', asset)].map((one) => theParty(one, asset.dialogueId)),
  },
  refusals: assetProblems,
  story: [
    ['RU', 'RegisterAsset'],
    ['RU', 'RequestAccess'],
    ['US', 'GrantAccess'],
    ['RU', 'AssessDamage'],
  ],
});
