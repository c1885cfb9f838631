import { basisOf, isHearsay, said, unmoved } from '#libs/decider';
import type { Fact, Infer, Said } from '#libs/decider';
import { assetEvents } from './asset.events.js';
import type { AssetFact } from './asset.events.js';

type Data<T extends keyof typeof assetEvents> = Infer<(typeof assetEvents)[T]['data']>;
type Of<T extends AssetFact['type']> = Extract<AssetFact, { type: T }>;

/** One side's last word on whose the asset is: its own, once it has spoken itself. */
export interface Ownership extends Pick<Data<'AssetRegistered'>, 'owner' | 'tenure' | 'holder'> {
  readonly said: Said;
}

export interface Answer {
  readonly granted: boolean;
  readonly from?: string;
  readonly until?: string;
  readonly said: Said;
}

export interface Access extends Data<'AccessRequested'> {
  readonly said: Said;
  /** The last one; an answer takes the place of the one before. */
  readonly answer: Answer | null;
}

export interface Damage extends Data<'DamageAssessed'> {
  readonly said: Said;
  readonly dispute: (Omit<Data<'DamageDisputed'>, 'damageId'> & { readonly said: Said }) | null;
}

export interface Return extends Data<'AssetReturned'> {
  readonly said: Said;
}

/** Property at issue as the rules see it. */
export interface Asset {
  readonly dialogueId: string;
  readonly irritantIds: readonly string[];
  readonly synthetic: boolean;
  readonly registered: Said;
  readonly ownership: { readonly [party: string]: Ownership };
  readonly accesses: readonly Access[];
  readonly inspections: readonly (Data<'InspectionConducted'> & { readonly said: Said })[];
  readonly damages: readonly Damage[];
  /** The last word of each side that it was returned. */
  readonly returns: readonly Return[];
  /** Everybody who spoke of it or was said to own or hold it: of the two parties, those that are known from here. */
  readonly parties: readonly string[];
}

/** What both sides say the same of; null while one is silent or they differ. */
export function agreedOn<F extends 'owner' | 'tenure' | 'holder'>(
  asset: Asset,
  field: F,
): Ownership[F] | null {
  const [one, other] = Object.values(asset.ownership);
  return one !== undefined && one[field] === other?.[field] ? one[field] : null;
}

/** What the agreement of the sides rests on; null while they agree on nothing. */
export function basisOfAgreed(asset: Asset): 'direct' | 'attributed' | null {
  const agrees = (['owner', 'tenure', 'holder'] as const).some((field) => agreedOn(asset, field) !== null);
  return agrees ? basisOf(Object.values(asset.ownership).map((one) => one.said)) : null;
}

/**
 * Who holds the asset, for what this party may ask: as it says itself, and while it is silent, as the other side says.
 * What both say the same is what each says; where they differ, one side's word does not take the other's right to ask.
 */
export function holderFor(asset: Asset, party: string): string | undefined {
  return (asset.ownership[party] ?? Object.values(asset.ownership)[0])?.holder;
}

/** To whom it was returned, once both sides say the same. */
export function returnedTo({ returns: [one, other] }: Asset): string | undefined {
  return one !== undefined && one.to === other?.to ? one.to : undefined;
}

export function accessOf(asset: Asset, accessId: string): Access | undefined {
  return asset.accesses.find((one) => one.accessId === accessId);
}

function born(fact: Of<'AssetRegistered'>): Asset {
  return owned(
    {
      dialogueId: fact.data.dialogueId,
      irritantIds: [],
      synthetic: fact.data.synthetic,
      registered: said(fact),
      ownership: {},
      accesses: [],
      inspections: [],
      damages: [],
      returns: [],
      parties: [],
    },
    fact,
  );
}

function naming(asset: Asset, ...named: readonly (string | null)[]): Asset {
  const parties = [...asset.parties, ...named.filter((one) => one !== null)];
  return { ...asset, parties: [...new Set(parties)] };
}

function owned(asset: Asset, fact: Of<'AssetRegistered'>): Asset {
  const { irritantIds, owner, tenure, holder } = fact.data;
  const { party } = fact.act;
  if (party === null) return asset;
  if (isHearsay(fact, asset.ownership[party]?.said)) return asset;
  const word = { [party]: { owner, tenure, holder, said: said(fact) } };
  return {
    ...naming(asset, owner, holder),
    irritantIds: [...new Set([...asset.irritantIds, ...irritantIds])],
    ownership: { ...asset.ownership, ...word },
  };
}

/** The other side's word answers; nobody answers its own. */
function isOther(fact: Fact, one: { readonly said: Said }): boolean {
  return fact.act.party !== null && fact.act.party !== one.said.party;
}

function answered(asset: Asset, fact: Of<'AccessGranted' | 'AccessDenied'>): Asset {
  const { accessId, ...granted } = fact.data;
  const answer = { granted: fact.type === 'AccessGranted', ...granted, said: said(fact) };
  const accesses = asset.accesses.map((one) =>
    one.accessId === accessId && isOther(fact, one) && !isHearsay(fact, one.answer?.said)
      ? { ...one, answer }
      : one,
  );
  return { ...asset, accesses };
}

function disputed(asset: Asset, fact: Of<'DamageDisputed'>): Asset {
  const { damageId, ...amount } = fact.data;
  const damages = asset.damages.map((one) =>
    one.damageId === damageId && isOther(fact, one) && !isHearsay(fact, one.dispute?.said)
      ? { ...one, dispute: { ...amount, said: said(fact) } }
      : one,
  );
  return { ...asset, damages };
}

function returned(asset: Asset, fact: Of<'AssetReturned'>): Asset {
  const own = asset.returns.find((one) => one.said.party === fact.act.party);
  if (isHearsay(fact, own?.said)) return asset;
  const others = asset.returns.filter((one) => one !== own);
  return {
    ...naming(asset, fact.data.to),
    returns: [...others, { ...fact.data, said: said(fact) }],
  };
}

function next(asset: Asset, fact: AssetFact): Asset {
  switch (fact.type) {
    case 'AssetRegistered':
      return owned(asset, fact);
    case 'AccessRequested':
      return {
        ...asset,
        accesses: [...asset.accesses, { ...fact.data, said: said(fact), answer: null }],
      };
    case 'AccessGranted':
    case 'AccessDenied':
      return answered(asset, fact);
    case 'InspectionConducted':
      return { ...asset, inspections: [...asset.inspections, { ...fact.data, said: said(fact) }] };
    case 'DamageAssessed':
      return { ...asset, damages: [...asset.damages, { ...fact.data, said: said(fact), dispute: null }] };
    case 'DamageDisputed':
      return disputed(asset, fact);
    case 'AssetReturned':
      return returned(asset, fact);
    default:
      return unmoved(asset, fact);
  }
}

export function evolve(asset: Asset | null, fact: Fact): Asset | null {
  const known = fact as AssetFact;
  if (asset === null) return known.type === 'AssetRegistered' ? naming(born(known), fact.act.party) : null;
  // Whoever disavows what was recorded in its name, or amends it, has not spoken of the asset by that.
  const speaker = Object.hasOwn(assetEvents, fact.type) ? fact.act.party : null;
  return naming(next(asset, known), speaker);
}
