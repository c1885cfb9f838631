import { bracketed, inWords, its, labelled, ownId, placed, quoted, who } from '#libs/decider';
import type { NameOf, NamesOf, SummariesOf } from '#libs/decider';
import { onMatters } from '../kernel/matters.summaries.js';
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

const asset = (e: { readonly stream: string }, nameOf: NameOf) => its('the asset', e, nameOf);

/** The request, inspection or assessment that is spoken of, and the asset. */
function on(id: string | undefined, nameOf: NameOf): string {
  return id === undefined ? '' : bracketed(nameOf(id));
}

function money({ amount, currency }: { readonly amount?: string; readonly currency?: string }): string {
  return `${amount ?? ''} ${currency ?? ''}`.trim();
}

export const assetSummaries: SummariesOf<typeof assetEvents> = {
  AssetRegistered: (e, nameOf) =>
    `${who(e)} says of an asset that it is ${tenureInWords[e.data.tenure]} ${e.data.owner} and in the hands of ${e.data.holder}${onMatters(e.data.irritantIds, nameOf)}${labelled(e.content.name)}`,
  AccessRequested: (e, nameOf) =>
    `${who(e)} asked for access to ${asset(e, nameOf)}, for: ${inWords(e.data.purpose)}${quoted(e, 'text')}`,
  AccessGranted: (e, nameOf) =>
    `${who(e)} granted the access${on(e.data.accessId, nameOf)} to ${asset(e, nameOf)}${period(e.data.from, e.data.until)}${quoted(e, 'conditions')}`,
  AccessDenied: (e, nameOf) =>
    `${who(e)} denied the access${on(e.data.accessId, nameOf)} to ${asset(e, nameOf)}${quoted(e, 'reason')}`,
  InspectionConducted: (e, nameOf) =>
    `${who(e)} recorded an inspection of ${asset(e, nameOf)}${e.data.accessId === undefined ? '' : `, by the access${on(e.data.accessId, nameOf)}`}${quoted(e, 'findings')}`,
  DamageAssessed: (e, nameOf) =>
    `${who(e)} assessed damage of ${money(e.data)} to ${asset(e, nameOf)}${e.data.inspectionId === undefined ? '' : `, by the inspection${on(e.data.inspectionId, nameOf)}`}${quoted(e, 'text')}`,
  DamageDisputed: (e, nameOf) =>
    `${who(e)} disputed the damage${on(e.data.damageId, nameOf)} to ${asset(e, nameOf)}${e.data.amount === undefined ? '' : `, and holds it to be ${money(e.data)}`}${quoted(e, 'reason')}`,
  AssetReturned: (e, nameOf) =>
    `${who(e)} says that ${asset(e, nameOf)} was returned to ${e.data.to}${e.data.exchangeId === undefined ? '' : `, by the exchange of notes${bracketed(nameOf(e.data.exchangeId, 'exchange'))}`}${quoted(e, 'protocol')}`,
};

export const assetNames: NamesOf<typeof assetEvents> = {
  AssetRegistered: (e, seq) => [[ownId(e), placed(seq, e.content.name)]],
  AccessRequested: (e, seq) => [[e.data.accessId, placed(seq, inWords(e.data.purpose))]],
  InspectionConducted: (e, seq) => [[e.data.inspectionId, placed(seq, e.content.findings)]],
  DamageAssessed: (e, seq) => [[e.data.damageId, placed(seq, money(e.data))]],
};
