import { commandRoutesOf } from './platform/commands/command-route.js';
import { keeping, ownWord, reading, rightTo } from './platform/access/rights.js';
import { roles } from './platform/record/principal.js';
import type { RightsRow, RightsTable } from './platform/record/principal.js';
import { readOperations } from './reading/reads.controller.js';
import { slices } from './slices.js';

/** The operator keeps the service, and reads no content. */
const operating: RightsRow = { roles: ['operator'] };
/** A party sees which keys speak for it. */
const keyReading: RightsRow = { roles: ['operator', 'negotiator'] };
/** Whoever is anybody here. */
const signedIn: RightsRow = { roles };
/** Needs no key: it shows nothing of the record, or asks for the key itself. */
const open: RightsRow = { open: true };

const others = {
  uploadSourceBytes: keeping,
  getSourceBytes: reading,
  getIrritantOverview: reading,
  compareRoundAccounts: reading,
  searchRecord: reading,
  importFile: keeping,
  listImports: keeping,
  getImport: keeping,
  cancelImport: keeping,
  listImportFaults: keeping,
  getImportTemplate: reading,
  exportRecord: reading,
  getExportSchema: reading,
  readFeed: reading,
  listWebhooks: reading,
  makeWebhook: reading,
  getWebhook: reading,
  rotateWebhookSecret: reading,
  resumeWebhook: reading,
  endWebhook: reading,
  listDeliveries: reading,
  redeliver: reading,
  getAgenda: reading,
  inYourName: reading,
  answerAttributions: ownWord,
  findStale: reading,
  getStatistics: reading,
  getBrief: reading,

  getCheckpoint: open,
  getLedgerKeys: open,
  getLedgerTile: open,
  getConsistency: open,
  getLedgerEntries: reading,
  getInclusionProof: reading,
  getPayloads: reading,
  getLedgerTrust: reading,

  listWatches: reading,
  beginWatch: reading,
  endWatch: reading,
  readDigest: reading,
  lookAtDigest: reading,
  makeFollowingAddress: reading,
  withdrawFollowingAddress: reading,
  getMe: signedIn,
  listGrants: keyReading,
  grantDialogue: operating,
  withdrawDialogue: operating,
  listKeys: keyReading,
  approveKey: ownWord,
  makeKey: operating,
  revokeKey: operating,
  metrics: operating,
  livez: open,
  readyz: open,
  getVersion: open,
  openApiDocument: open,
  listEventTypes: open,
  getEventType: open,
  apiPage: open,
  docsPage: open,
  problemPage: open,
  styleSheet: open,
  signIn: open,
  entrancePage: open,
  signInWith: open,
  signInFrom: open,
  signOut: open,
  signOutBy: open,
  enter: open,
  homePage: open,
  irritantPage: open,
  roundPage: open,
  searchPage: open,
  briefPage: open,
  trustPage: open,
  followingPage: open,
  changeFollowing: open,
  followDigest: open,
  followCalendar: open,
} satisfies RightsTable;

const toRead = slices.flatMap((slice) => Object.values(readOperations(slice)));

/** What of the ledger tells sizes and hashes alone: open unless the settings say otherwise. */
const ofTheLedger = ['getCheckpoint', 'getLedgerKeys', 'getLedgerTile', 'getConsistency'];

/** Who may call what: an act by its weight, whatever reads a slice alike, and the few operations that are neither. */
export const rights: RightsTable = {
  ...Object.fromEntries(
    slices.flatMap(commandRoutesOf).map((act) => [act.operationId, rightTo(act.declaration)]),
  ),
  ...Object.fromEntries(toRead.map((operation) => [operation, reading])),
  ...others,
};

export function rightsUnder({ ledgerOpen }: { readonly ledgerOpen: boolean }): RightsTable {
  return ledgerOpen ? rights : { ...rights, ...Object.fromEntries(ofTheLedger.map((one) => [one, reading])) };
}
