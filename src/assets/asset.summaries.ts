import { inWords, labelled, quoted, who } from '#libs/decider';
import type { SummariesOf } from '#libs/decider';
import type { assetEvents } from './asset.events.js';

const tenureInWords = {
  owned: 'owned by',
  leased: 'leased, and owned by',
  other: 'held otherwise, and owned by',
};

/** From when until when, as far as the grant says. */
function period(from: string | undefined, until: string | undefined): string {
  return `${from === undefined ? '' : `, from ${from}`}${until === undefined ? '' : `, until ${until}`}`;
}

export const assetSummaries: SummariesOf<typeof assetEvents> = {
  AssetRegistered: (e) =>
    `${who(e)} says of an asset that it is ${tenureInWords[e.data.tenure]} ${e.data.owner} and in the hands of ${e.data.holder}${labelled(e.content.name)}`,
  AccessRequested: (e) =>
    `${who(e)} asked for access to the asset (${inWords(e.data.purpose)})${quoted(e, 'text')}`,
  AccessGranted: (e) =>
    `${who(e)} granted access to the asset${period(e.data.from, e.data.until)}${quoted(e, 'conditions')}`,
  AccessDenied: (e) => `${who(e)} denied access to the asset${quoted(e, 'reason')}`,
  InspectionConducted: (e) => `${who(e)} recorded an inspection of the asset${quoted(e, 'findings')}`,
  DamageAssessed: (e) =>
    `${who(e)} assessed damage of ${e.data.amount} ${e.data.currency} to the asset${quoted(e, 'text')}`,
  DamageDisputed: (e) =>
    `${who(e)} disputed the assessed damage${e.data.amount === undefined ? '' : `, and holds it to be ${e.data.amount} ${e.data.currency ?? ''}`.trimEnd()}${quoted(e, 'reason')}`,
  AssetReturned: (e) => `${who(e)} says that the asset was returned to ${e.data.to}${quoted(e, 'protocol')}`,
};
