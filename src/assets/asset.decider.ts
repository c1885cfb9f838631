import {
  accept,
  alreadySaid,
  ending,
  isHearsay,
  nothing,
  ownWordStands,
  refuse,
  restingOn,
  ruledBy,
} from '#libs/decider';
import type { CommandOf, Decider, RefusalOf, RulesOf } from '#libs/decider';
import type { assetCommands } from './asset.commands.js';
import type { assetEvents } from './asset.events.js';
import { accessOf, evolve, holderFor, returnedTo } from './asset.facts.js';
import type { Asset } from './asset.facts.js';

export type AssetRefusal = RefusalOf<typeof assetCommands>;

export type AssetCommand = CommandOf<typeof assetCommands, typeof assetEvents, object>;
type Ask<T extends AssetCommand['type']> = Extract<AssetCommand, { type: T }>;

function ended(asset: Asset) {
  const to = returnedTo(asset);
  return to === undefined
    ? undefined
    : refuse(
        'ASSET_RETURNED',
        `Both sides say that it was returned to ${to}; only damage and ownership are still spoken of.`,
      );
}

function unknownAccess(accessId: string) {
  return refuse(
    'ACCESS_UNKNOWN',
    `Nobody asked for an access ${accessId} here; those asked for are listed under "accesses".`,
  );
}

/** Each side says it for itself, as often as it likes; its last word counts. */
function assertOwnership(command: Ask<'AssertOwnership'>, asset: Asset) {
  const earlier = asset.ownership[command.act.party ?? '']?.said;
  return isHearsay(command, earlier) ? nothing : accept(ending(command.event, earlier));
}

function requestAccess(command: Ask<'RequestAccess'>, asset: Asset) {
  const shut = ended(asset);
  if (shut !== undefined) return shut;
  const party = command.act.party ?? '';
  return holderFor(asset, party) === party
    ? refuse(
        'HOLDER_ASKS_ITSELF',
        `${party} holds the asset, so it has nobody to ask; if it does not, it says so with "assert-ownership" first.`,
      )
    : accept(command.event);
}

function answerAccess(command: Ask<'GrantAccess' | 'DenyAccess'>, asset: Asset) {
  const { accessId, ...given } = command.event.data;
  const access = accessOf(asset, accessId);
  if (access === undefined) return unknownAccess(accessId);
  if (access.said.party === command.act.party) {
    return refuse(
      'OWN_REQUEST',
      `${access.said.party} asked for this access itself, and only the other side answers: wait for that, or ask anew for what is wanted now.`,
    );
  }
  const { from, until } = given as { readonly from?: string; readonly until?: string };
  const { answer } = access;
  const isGrant = command.type === 'GrantAccess';
  const stands = ownWordStands(command.act, answer?.said, 'answered this');
  if (stands !== undefined) return answer?.granted === isGrant ? nothing : stands;
  const shut = ended(asset);
  if (shut === undefined) return accept(ending(command.event, access.said, answer?.said));
  const repeats =
    answer !== null && answer.granted === isGrant && answer.from === from && answer.until === until;
  return repeats && alreadySaid([answer.said], command.act) ? nothing : shut;
}

function recordInspection(command: Ask<'RecordInspection'>, asset: Asset) {
  const { accessId } = command.event.data;
  const shut = ended(asset);
  if (shut !== undefined) return shut;
  if (accessId === undefined) return accept(command.event);
  const access = accessOf(asset, accessId);
  if (access === undefined) return unknownAccess(accessId);
  return access.answer?.granted === true
    ? accept(restingOn(command.event, access.answer.said))
    : refuse(
        'ACCESS_NOT_GRANTED',
        `This access is ${access.answer === null ? 'not answered' : 'denied'}; leave "accessId" out if the inspection did without.`,
      );
}

function assessDamage(command: Ask<'AssessDamage'>, asset: Asset) {
  const { inspectionId } = command.event.data;
  return inspectionId === undefined || asset.inspections.some((one) => one.inspectionId === inspectionId)
    ? accept(command.event)
    : refuse(
        'INSPECTION_UNKNOWN',
        `There was no inspection ${inspectionId} here; those recorded are listed under "inspections".`,
      );
}

function disputeDamage(command: Ask<'DisputeDamage'>, asset: Asset) {
  const { damageId, amount, currency } = command.event.data;
  const damage = asset.damages.find((one) => one.damageId === damageId);
  if (damage === undefined) {
    return refuse(
      'DAMAGE_UNKNOWN',
      `No damage ${damageId} was assessed here; what was is listed under "damages".`,
    );
  }
  if (damage.said.party === command.act.party) {
    return refuse(
      'OWN_ASSESSMENT',
      `${damage.said.party} assessed this damage itself, and only the other side disputes it: assess it anew.`,
    );
  }
  if ((amount === undefined) !== (currency === undefined)) {
    return refuse(
      'AMOUNT_WITHOUT_CURRENCY',
      'Another amount is named with its currency: give both, or neither.',
    );
  }
  return isHearsay(command, damage.dispute?.said)
    ? nothing
    : accept(ending(command.event, damage.said, damage.dispute?.said));
}

/** A return under a protocol is a joint fact: each side says it for itself, and it holds once both name the same party. */
function recordReturn(command: Ask<'RecordReturn'>, asset: Asset) {
  const { to, exchangeId } = command.event.data;
  const own = asset.returns.find((one) => one.said.party === command.act.party);
  if (isHearsay(command, own?.said)) return nothing;
  const confirmed = asset.returns.filter((one) => one !== own && one.to === to).map((one) => one.said);
  const event = ending(command.event, ...confirmed, own?.said);
  const repeats =
    own !== undefined && own.to === to && (exchangeId === undefined || own.exchangeId === exchangeId);
  if (!repeats) return ended(asset) ?? accept(event);
  // Said by the party itself after others said it in its name, it is its own, which it can't disavow any more.
  return alreadySaid([own.said], command.act) ? nothing : accept(restingOn(event, own.said));
}

const rules: Omit<RulesOf<typeof assetCommands, AssetCommand, Asset>, 'RegisterAsset'> = {
  AssertOwnership: assertOwnership,
  RequestAccess: requestAccess,
  GrantAccess: answerAccess,
  DenyAccess: answerAccess,
  RecordInspection: recordInspection,
  AssessDamage: assessDamage,
  DisputeDamage: disputeDamage,
  RecordReturn: recordReturn,
};

export const assetDecider: Decider<Asset | null, AssetCommand, AssetRefusal> = {
  initial: null,
  evolve,
  decide: ruledBy({ type: 'RegisterAsset', create: ({ event }) => accept(event) }, rules),
};
