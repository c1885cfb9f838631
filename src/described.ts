import { briefingDescribed } from './briefing/briefing.described.js';
import { eventTypesDescribed } from './description/event-types.described.js';
import { demonstrationDescribed } from './demo/principals-table.js';
import { exportsDescribed } from './exchange-of-data/exports.described.js';
import { importsDescribed } from './exchange-of-data/imports.described.js';
import { feedDescribed } from './feed/feed.described.js';
import { followingDescribed } from './following/following.described.js';
import { webhooksDescribed } from './feed/webhooks.described.js';
import { ledgerDescribed } from './ledger/ledger.described.js';
import { trustDescribed } from './ledger/trust.described.js';
import { grantsDescribed } from './platform/access/grants.described.js';
import { keysDescribed } from './platform/access/keys.described.js';
import { meDescribed } from './platform/access/me.described.js';
import { healthDescribed } from './platform/http/health.described.js';
import { EventRegistry } from './platform/record/event-registry.js';
import type { Described } from './platform/shapes/described.js';
import { auditDescribed } from './reading/audit.representation.js';
import { inYourNameDescribed } from './reading/in-your-name.described.js';
import { searchDescribed } from './reading/search.described.js';
import { slices } from './slices.js';

const dialogues = new EventRegistry(slices).part('dialogue');

/** What slices, and what stands above and below them, add to the description of the interface. */
export const described: readonly Described[] = [
  ...slices.flatMap((slice) => slice.described?.(slice, slices) ?? []),
  auditDescribed(slices),
  searchDescribed(slices),
  briefingDescribed(dialogues),
  inYourNameDescribed(dialogues),
  ledgerDescribed(dialogues),
  trustDescribed(dialogues),
  importsDescribed,
  exportsDescribed,
  keysDescribed,
  grantsDescribed,
  meDescribed,
  healthDescribed,
  feedDescribed(slices),
  webhooksDescribed,
  followingDescribed,
  eventTypesDescribed(slices),
  demonstrationDescribed,
];
