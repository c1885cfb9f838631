import { hasSaid, markedView, since, toldView } from '#libs/decider';
import type { WordsOf } from '#libs/decider';
import type { assetStatuses } from './asset.events.js';
import type { Access, Asset, Damage } from './asset.facts.js';
import { agreedOn, basisOfAgreed, returnedTo } from './asset.facts.js';

interface Awaiting {
  readonly what: 'answer-to-access' | 'answer-to-damage' | 'confirmation-of-return';
  readonly from: string;
  readonly since: string;
  readonly accessId?: string;
  readonly damageId?: string;
}

function others(asset: Asset, party: string | null): readonly string[] {
  return asset.parties.filter((one) => one !== party);
}

export function statusOf(asset: Asset): (typeof assetStatuses)[number] {
  if (returnedTo(asset) !== undefined) return 'returned';
  return asset.returns.length > 0 ? 'return-reported' : 'held';
}

/** Where each names another party, both must speak again; else the one that has not spoken. */
function stillToConfirm(asset: Asset): readonly string[] {
  const said = asset.returns.map((one) => one.said);
  return said.length > 1
    ? said.map((one) => one.party ?? '')
    : asset.parties.filter((one) => !hasSaid(said, one));
}

/** What the next word must be, from whom, and since when it is owed. What was returned needs no more access. */
export function awaiting(asset: Asset): readonly Awaiting[] {
  const status = statusOf(asset);
  const accesses = asset.accesses.filter((one) => one.answer === null && status !== 'returned');
  const reported = status === 'return-reported' ? asset.returns.at(-1) : undefined;
  return [
    ...accesses.flatMap(({ said, accessId }) =>
      others(asset, said.party).map((from) => ({
        what: 'answer-to-access' as const,
        from,
        since: since(said),
        accessId,
      })),
    ),
    ...asset.damages
      .filter((one) => one.dispute === null)
      .flatMap(({ said, damageId }) =>
        others(asset, said.party).map((from) => ({
          what: 'answer-to-damage' as const,
          from,
          since: since(said),
          damageId,
        })),
      ),
    ...(reported === undefined
      ? []
      : stillToConfirm(asset).map((from) => ({
          what: 'confirmation-of-return' as const,
          from,
          since: since(reported.said),
        }))),
  ];
}

function answerView({ said, granted: _granted, ...answer }: NonNullable<Access['answer']>, wordsOf: WordsOf) {
  return { ...answer, ...toldView(said, wordsOf) };
}

function accessView({ said, answer, ...access }: Access, wordsOf: WordsOf) {
  const answered = answer?.granted === true ? ('granted' as const) : ('denied' as const);
  return {
    ...access,
    ...toldView(said, wordsOf),
    state: answer === null ? ('unanswered' as const) : answered,
    answer: answer === null ? null : answerView(answer, wordsOf),
  };
}

function disputeView({ said, ...dispute }: NonNullable<Damage['dispute']>, wordsOf: WordsOf) {
  return { ...dispute, ...toldView(said, wordsOf) };
}

function damageView({ said, dispute, ...damage }: Damage, wordsOf: WordsOf) {
  return {
    ...damage,
    ...toldView(said, wordsOf),
    dispute: dispute === null ? null : disputeView(dispute, wordsOf),
  };
}

function ownershipView({ ownership }: Asset, wordsOf: WordsOf) {
  return Object.fromEntries(
    Object.entries(ownership).map(([party, { said, ...asserted }]) => [
      party,
      { ...asserted, ...toldView(said, wordsOf) },
    ]),
  );
}

/** The asset with what each side says of it: whose it is is agreed only where both say the same. */
export function assetView(asset: Asset, wordsOf: WordsOf) {
  const registering = wordsOf(asset.registered.eventId);
  return {
    dialogueId: asset.dialogueId,
    irritantIds: asset.irritantIds,
    synthetic: asset.synthetic,
    name: registering['name'] ?? null,
    location: registering['location'] ?? null,
    status: statusOf(asset),
    returnedTo: returnedTo(asset) ?? null,
    ownership: ownershipView(asset, wordsOf),
    agreed: {
      owner: agreedOn(asset, 'owner'),
      tenure: agreedOn(asset, 'tenure'),
      holder: agreedOn(asset, 'holder'),
      basis: basisOfAgreed(asset),
    },
    assertedBy: Object.keys(asset.ownership),
    accesses: asset.accesses.map((one) => accessView(one, wordsOf)),
    inspections: asset.inspections.map(({ said, ...one }) => ({ ...one, ...toldView(said, wordsOf) })),
    damages: asset.damages.map((one) => damageView(one, wordsOf)),
    returns: asset.returns.map(({ said, ...one }) => ({ ...one, ...toldView(said, wordsOf) })),
    awaiting: awaiting(asset),
    registered: markedView(asset.registered, wordsOf),
  };
}
