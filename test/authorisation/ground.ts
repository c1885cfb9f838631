import type { Api, Body, PrincipalName } from '../support/api.js';
import { coveredByBoth } from '../support/covering.js';
import { agree, aStep, draft, naming, table } from '../support/roadmap.js';
import type { Tabled } from '../support/roadmap.js';
import { join, openTalks, raising } from '../support/scene.js';
import type { Scene } from '../support/scene.js';
import { begun, inTheNameOf, itself, otherSide, told } from '../support/sides.js';
import type { Side, Voices } from '../support/sides.js';
import { layAttributed } from './attributed.js';
import type { Attributed } from './attributed.js';

type OfEach = Readonly<Record<Side, string>>;

/**
 * How the dialogue is kept: by both, which have joined it; by a secretariat, with one side in it or none; by RU, which
 * opened it, alone; or by a secretariat between two parties that no principal of a test acts for.
 */
export type Keeping = 'both' | 'secretariat' | 'secretariat and RU' | 'RU alone' | 'others';

interface Terms {
  readonly resolutionId: string;
  readonly termsHash: string;
}

/** A dialogue in which every operation has something to be done to, by either side. */
export interface Ground extends Scene {
  /** The party that stands on each side. */
  readonly parties: OfEach;
  readonly roundId: string;
  readonly accounts: OfEach;
  readonly divergenceId: string;
  readonly exchangeId: string;
  readonly notes: OfEach;
  readonly commitmentId: string;
  /** What each side alleges. */
  readonly breaches: OfEach;
  readonly claims: OfEach;
  /** Another irritant, and what each side linked with it. */
  readonly otherIrritantId: string;
  readonly linkages: OfEach;
  readonly assetId: string;
  /** What each side asked for, and what damage it assessed. */
  readonly accesses: OfEach;
  readonly damages: OfEach;
  readonly resolutions: Readonly<Record<Side, Terms>>;
  /** What a secretariat had recorded in the name of each side before it joined, by slice; laid where it is asked for. */
  readonly attributed: Attributed;
  /** An event to amend, by slice, and the last of each side there. */
  readonly targets: Readonly<Record<string, string>>;
  readonly ownActs: Readonly<Record<string, OfEach>>;
  readonly proposalId: string;
  readonly roadmapId: string;
  /** A step that each side owes under the agreed version of the roadmap. */
  readonly steps: OfEach;
  /** The versions that wait for assents. */
  readonly onTable: Readonly<Record<string, { readonly version: number; readonly contentHash: string }>>;
  readonly heldSourceId: string;
  readonly keyId: string;
}

/** Where it is laid, and who speaks for each side there. */
interface Site {
  readonly api: Api;
  readonly voices: Voices;
  readonly parties: OfEach;
  readonly dialogueId: string;
  readonly sources: Scene['sources'];
}
type Raised = Site & Pick<Scene, 'irritantId' | 'key'>;

export const absentId = '01960b3a-0000-7000-8000-00000000ffff';

interface Grown extends Body {
  readonly accounts: readonly { readonly accountId: string }[];
  readonly divergences: readonly { readonly divergenceId: string }[];
  readonly notes: readonly { readonly noteId: string }[];
  readonly claims: readonly { readonly claimId: string }[];
  readonly linkages: readonly { readonly linkageId: string }[];
  readonly accesses: readonly { readonly accessId: string }[];
  readonly damages: readonly { readonly damageId: string }[];
  readonly allegations: readonly { readonly breachId: string }[];
  readonly resolutions: readonly Terms[];
}

function grown({ api, voices }: Site, path: string, side: Side, body: Body = {}): Promise<Grown> {
  return told<Grown>(api, path, voices(side), body);
}

function laid({ api, voices, dialogueId }: Site, slice: string, side: Side, body: Body = {}) {
  return begun<{ id: string; key: string }>(api, slice, voices(side), { dialogueId, ...body });
}

async function forEachSide<T>(work: (side: Side) => Promise<T>): Promise<Record<Side, T>> {
  return { RU: await work('RU'), US: await work('US') };
}

function raisedBy({ dialogueId, parties }: Site): Body {
  return { ...raising(dialogueId), raisers: [parties.RU], respondents: [parties.US] };
}

async function withRound(site: Raised) {
  const roundId = (await laid(site, 'rounds', 'RU')).id;
  const path = `rounds/${roundId}`;
  const accounts = await forEachSide(async (side) => {
    const body = { voice: 'party', sourceId: site.sources[side], lang: 'en', rendering: 'official' };
    return (await grown(site, `${path}/publish-account`, side, body)).accounts.at(-1)!.accountId;
  });
  const noted = { irritantId: site.irritantId, text: { en: 'One account is silent.' } };
  const { divergences } = await grown(site, `${path}/note-divergence`, 'RU', noted);
  return { roundId, accounts, divergenceId: divergences[0]!.divergenceId };
}

async function withExchange(site: Site) {
  const { parties } = site;
  const exchangeId = (await laid(site, 'exchanges', 'RU')).id;
  const notes = await forEachSide(async (side) => {
    const body = {
      form: 'note-verbale',
      from: parties[side],
      to: parties[otherSide[side]],
      textHeld: false,
    };
    return (await grown(site, `exchanges/${exchangeId}/present-note`, side, body)).notes.at(-1)!.noteId;
  });
  return { exchangeId, notes };
}

async function withTexts({ api, voices, parties, dialogueId, irritantId }: Raised) {
  const irritantIds = [irritantId];
  const proposal = await begun<Tabled>(api, 'proposals', voices('RU'), {
    dialogueId,
    form: 'proposal',
    irritantIds,
    texts: { en: 'Accounts are kept open.' },
  });
  const { id } = await draft(api, dialogueId, irritantIds, voices);
  const steps = { RU: aStep({ responsible: parties.RU }), US: aStep({ responsible: parties.US }) };
  const tabling = () => table(api, id, irritantIds, [steps.RU, steps.US], undefined, voices);
  await agree(api, 'roadmaps', await tabling(), voices);
  const amended = await tabling();
  return {
    proposalId: proposal.id,
    roadmapId: id,
    steps: { RU: steps.RU.stepId, US: steps.US.stepId },
    onTable: { proposals: naming(proposal), roadmaps: naming(amended) },
  };
}

/** Both are bound to each other, so that either may report, judge, allege and waive. */
async function withCommitment(site: Raised) {
  const { api, voices, parties, irritantId } = site;
  const { id } = await laid(site, 'exchanges', 'RU');
  await grown(site, `exchanges/${id}/report`, 'US');
  await coveredByBoth(api, id, irritantId, voices);
  const sides = [parties.RU, parties.US];
  const commitment = await laid(site, 'commitments', 'RU', {
    obligors: sides,
    beneficiaries: sides,
    mode: 'once',
    basis: { kind: 'exchange', id },
    text: { en: 'Visas.' },
    irritantIds: [irritantId],
  });
  const path = `commitments/${commitment.id}`;
  await forEachSide((side) => grown(site, `${path}/undertake`, side));
  await forEachSide((side) => grown(site, `${path}/report-fulfilment`, side));
  // What one side may say anew or for the first time, the other can answer.
  await grown(site, `${path}/dispute-fulfilment`, 'US');
  const breaches = await forEachSide(
    async (side) => (await grown(site, `${path}/allege-breach`, side)).allegations.at(-1)!.breachId,
  );
  return { commitmentId: commitment.id, breaches };
}

/** Each side says that the other holds it, so each has access to ask for. */
async function withAsset(site: Raised) {
  const { parties, irritantId } = site;
  const owned = { owner: parties.RU, tenure: 'owned', name: { en: 'Property 1' }, irritantIds: [irritantId] };
  const { id } = await laid(site, 'assets', 'RU', { ...owned, holder: parties.US });
  const path = `assets/${id}`;
  await grown(site, `${path}/assert-ownership`, 'US', { ...owned, holder: parties.RU });
  const accesses = await forEachSide(
    async (side) =>
      (await grown(site, `${path}/request-access`, side, { purpose: 'visit' })).accesses.at(-1)!.accessId,
  );
  const assessed = { amount: '1', currency: 'USD' };
  const damages = await forEachSide(
    async (side) => (await grown(site, `${path}/assess-damage`, side, assessed)).damages.at(-1)!.damageId,
  );
  return { assetId: id, accesses, damages };
}

async function withStatements(site: Raised) {
  const path = `irritants/${site.irritantId}`;
  const text = { en: 'The sides agreed to develop a roadmap.' };
  const claims = await forEachSide(
    async (side) =>
      (await grown(site, `${path}/claim`, side, { kind: 'agreement', text })).claims.at(-1)!.claimId,
  );
  const resolutions = await forEachSide(async (side) => {
    const proposed = await grown(site, `${path}/propose-resolution`, side, { terms: text });
    const { resolutionId, termsHash } = proposed.resolutions.at(-1)!;
    return { resolutionId, termsHash };
  });
  await forEachSide((side) => grown(site, `${path}/state-position`, side, { stance: 'seeks-action', text }));
  return { claims, resolutions };
}

async function withLinkages(site: Raised) {
  const other = await laid(site, 'irritants', 'RU', raisedBy(site));
  const linkage = { irritantId: other.id, condition: 'together' };
  const path = `irritants/${site.irritantId}/assert-linkage`;
  const linkages = await forEachSide(
    async (side) => (await grown(site, path, side, linkage)).linkages.at(-1)!.linkageId,
  );
  return { otherIrritantId: other.id, linkages };
}

async function heldSource({ api, dialogueId }: Site, as: PrincipalName): Promise<string> {
  const { bytesId } = (await api.sendBytes(dialogueId, 'The text of a statement.', as)).body;
  const cited = { kind: 'record', issuers: [], lang: 'en', title: 'Minutes', citation: 'Minutes' };
  const body = { dialogueId, ...cited, held: true, bytesId };
  return (await begun<{ id: string }>(api, 'sources', { as, beside: {} }, body)).id;
}

async function aKey(api: Api): Promise<string> {
  const body = { name: 'A reader to be', roles: ['reader'] };
  return (await api.ask<{ id: string }>('POST', '/v1/keys', { as: 'operator', body })).body.id;
}

/** Who records what each side says where the dialogue is kept like that. */
function voicesOf(keeping: Keeping, parties: OfEach, sources: Scene['sources']): Voices {
  if (keeping === 'both') return itself;
  const writtenBy = keeping === 'RU alone' ? 'ru-negotiator' : 'secretariat';
  const joined = keeping === 'RU alone' || keeping === 'secretariat and RU' ? ['RU'] : [];
  return (side) =>
    joined.includes(side)
      ? itself(side)
      : { as: writtenBy, beside: inTheNameOf(parties[side], sources[side]) };
}

async function targetsOf(api: Api, streams: Readonly<Record<string, string>>, parties: OfEach) {
  const targets: Record<string, string> = {};
  const ownActs: Record<string, OfEach> = {};
  for (const [slice, stream] of Object.entries(streams)) {
    const acts = (await api.server.record.streams.events(stream)).filter(
      (one) => one.act.capacity !== 'derived',
    );
    const last = (party?: string) =>
      acts.findLast((one) => party === undefined || one.act.party === party)?.id ?? absentId;
    targets[slice] = last();
    ownActs[slice] = { RU: last(parties.RU), US: last(parties.US) };
  }
  return { targets, ownActs };
}

const nowhere = { RU: absentId, US: absentId };
const noTerms = { resolutionId: absentId, termsHash: 'a'.repeat(64) };
const noText = { version: 1, contentHash: 'a'.repeat(64) };

/** What the operations of each slice are done to; what one of them needs not is not laid where only that is asked for. */
async function withParts(site: Raised, keeper: PrincipalName, isWanted: (slice: string) => boolean) {
  return {
    roundId: absentId,
    accounts: nowhere,
    divergenceId: absentId,
    ...(isWanted('rounds') && (await withRound(site))),
    exchangeId: absentId,
    notes: nowhere,
    ...((isWanted('exchanges') || isWanted('commitments')) && (await withExchange(site))),
    proposalId: absentId,
    roadmapId: absentId,
    steps: nowhere,
    onTable: { proposals: noText, roadmaps: noText },
    ...((isWanted('proposals') || isWanted('roadmaps')) && (await withTexts(site))),
    commitmentId: absentId,
    breaches: nowhere,
    ...(isWanted('commitments') && (await withCommitment(site))),
    assetId: absentId,
    accesses: nowhere,
    damages: nowhere,
    ...(isWanted('assets') && (await withAsset(site))),
    claims: nowhere,
    resolutions: { RU: noTerms, US: noTerms },
    otherIrritantId: absentId,
    linkages: nowhere,
    ...(isWanted('irritants') && { ...(await withLinkages(site)), ...(await withStatements(site)) }),
    heldSourceId: isWanted('sources') ? await heldSource(site, keeper) : absentId,
  };
}

interface Laying {
  /** With what was recorded in the name of both before they joined. */
  readonly withAttributed?: boolean;
  /** Only what the operations of this slice are done to. */
  readonly only?: string;
}

/** Lays out the ground; each call makes a dialogue of its own. */
export async function layGround(
  api: Api,
  keeping: Keeping = 'both',
  { withAttributed = false, only }: Laying = {},
): Promise<Ground> {
  const parties = keeping === 'others' ? { RU: 'ALDOR', US: 'BREVIA' } : { RU: 'RU', US: 'US' };
  const keeper = keeping === 'RU alone' ? 'ru-negotiator' : 'secretariat';
  const talks = await openTalks(api, { as: keeper, parties });
  const attributed = withAttributed ? await layAttributed(api, talks) : {};
  if (keeping === 'both' || keeping === 'secretariat and RU') await join(api, talks.dialogueId, 'RU');
  if (keeping === 'both') await join(api, talks.dialogueId, 'US');
  const site: Site = { api, parties, ...talks, voices: voicesOf(keeping, parties, talks.sources) };
  const alias = `dialogues/${talks.dialogueId}/record-party-alias`;
  await told(api, alias, { as: keeper, beside: {} }, { party: parties.RU, alias: 'Moscow' });
  const { id: irritantId, key } = await laid(site, 'irritants', 'RU', raisedBy(site));
  const isWanted = (slice: string) => only === undefined || only === slice;
  const parts = await withParts({ ...site, irritantId, key }, keeper, isWanted);
  await api.settled();
  const streams = {
    dialogues: `dialogue-${talks.dialogueId}`,
    irritants: `irritant-${irritantId}`,
    rounds: `round-${parts.roundId}`,
    exchanges: `exchange-${parts.exchangeId}`,
    proposals: `proposal-${parts.proposalId}`,
    roadmaps: `roadmap-${parts.roadmapId}`,
    assets: `asset-${parts.assetId}`,
    sources: `source-${parts.heldSourceId}`,
    commitments: `commitment-${parts.commitmentId}`,
  };
  return {
    ...talks,
    irritantId,
    key,
    parties,
    attributed,
    ...parts,
    keyId: isWanted('keys') ? await aKey(api) : absentId,
    ...(await targetsOf(api, streams, parties)),
  };
}
