import type { Api, Body, PrincipalName } from '../support/api.js';
import { made } from '../support/acting.js';
import { coveredByBoth } from '../support/covering.js';
import { agree, aStep, draft, naming, table } from '../support/roadmap.js';
import type { Tabled } from '../support/roadmap.js';
import { raising, setScene } from '../support/scene.js';
import type { Scene } from '../support/scene.js';
import { pathOf } from './operations.js';
import type { Described } from './operations.js';

export type Side = 'RU' | 'US';
type OfEach = Readonly<Record<Side, string>>;

interface Terms {
  readonly resolutionId: string;
  readonly termsHash: string;
}

/** A dialogue in which every operation has something to be done to, by either side. */
export interface Ground extends Scene {
  readonly roundId: string;
  readonly accounts: OfEach;
  readonly divergenceId: string;
  readonly exchangeId: string;
  readonly notes: OfEach;
  readonly commitmentId: string;
  readonly claims: OfEach;
  /** Another irritant, and what each side linked with it. */
  readonly otherIrritantId: string;
  readonly linkages: OfEach;
  readonly assetId: string;
  /** What each side asked for, and what damage it assessed. */
  readonly accesses: OfEach;
  readonly damages: OfEach;
  readonly resolutions: Readonly<Record<Side, Terms>>;
  /** An act that the secretariat recorded in the name of that side, on the irritant. */
  readonly attributed: OfEach;
  /** An event to amend, by slice. */
  readonly targets: Readonly<Record<string, string>>;
  readonly proposalId: string;
  readonly roadmapId: string;
  /** A step that each side owes under the agreed version of the roadmap. */
  readonly steps: OfEach;
  /** The versions that wait for assents. */
  readonly onTable: Readonly<Record<string, { readonly version: number; readonly contentHash: string }>>;
  readonly heldSourceId: string;
  readonly keyId: string;
}

const absentId = '01960b3a-0000-7000-8000-00000000ffff';
export const otherSide = { RU: 'US', US: 'RU' } as const;
const negotiators = { RU: 'ru-negotiator', US: 'us-negotiator' } as const;

interface Grown {
  readonly accounts: readonly { readonly accountId: string }[];
  readonly divergences: readonly { readonly divergenceId: string }[];
  readonly notes: readonly { readonly noteId: string }[];
  readonly claims: readonly { readonly claimId: string }[];
  readonly linkages: readonly { readonly linkageId: string }[];
  readonly accesses: readonly { readonly accessId: string }[];
  readonly damages: readonly { readonly damageId: string }[];
  readonly resolutions: readonly Terms[];
}

async function taken(api: Api, path: string, body: Body, as: PrincipalName): Promise<Grown> {
  const { status, body: grown } = await api.act<Grown>(path, body, as);
  if (status !== 200) throw new Error(`${path} was refused: ${JSON.stringify(grown)}`);
  return grown;
}

async function lastEventOf(api: Api, stream: string): Promise<string> {
  const events = await api.server.record.world.events(stream);
  return events.findLast((one) => one.act.capacity !== 'derived')?.id ?? absentId;
}

async function forEachSide<T>(work: (side: Side) => Promise<T>): Promise<Record<Side, T>> {
  return { RU: await work('RU'), US: await work('US') };
}

async function withRound(api: Api, { dialogueId, irritantId, sources }: Scene) {
  const round = await api.create<{ id: string }>('/v1/rounds', { dialogueId }, 'ru-registrar');
  const roundId = round.body.id;
  const path = `/v1/rounds/${roundId}`;
  const accounts = await forEachSide(async (side) => {
    const body = { voice: 'party', sourceId: sources[side], lang: 'en', rendering: 'official' };
    return (await taken(api, `${path}/publish-account`, body, negotiators[side])).accounts.at(-1)!.accountId;
  });
  const noted = { irritantId, text: { en: 'One account is silent.' } };
  const { divergences } = await taken(api, `${path}/note-divergence`, noted, 'ru-negotiator');
  return { roundId, accounts, divergenceId: divergences[0]!.divergenceId };
}

async function withExchange(api: Api, { dialogueId }: Scene) {
  const exchange = await api.create<{ id: string }>('/v1/exchanges', { dialogueId }, 'ru-negotiator');
  const exchangeId = exchange.body.id;
  const notes = await forEachSide(async (side) => {
    const body = { form: 'note-verbale', from: side, to: otherSide[side], textHeld: false };
    const path = `/v1/exchanges/${exchangeId}/present-note`;
    return (await taken(api, path, body, negotiators[side])).notes.at(-1)!.noteId;
  });
  return { exchangeId, notes };
}

async function withTexts(api: Api, { dialogueId, irritantId }: Scene) {
  const irritantIds = [irritantId];
  const texts = { en: 'Accounts are kept open.' };
  const proposal = await made<Tabled>(api, 'proposals', 'ru-negotiator', {
    dialogueId,
    form: 'proposal',
    irritantIds,
    texts,
  });
  const { id } = await draft(api, dialogueId, irritantIds);
  const steps = { RU: aStep({ responsible: 'RU' }), US: aStep() };
  await agree(api, 'roadmaps', await table(api, id, irritantIds, [steps.RU, steps.US]));
  const amended = await table(api, id, irritantIds, [steps.RU, steps.US]);
  return {
    proposalId: proposal.id,
    roadmapId: id,
    steps: { RU: steps.RU.stepId, US: steps.US.stepId },
    onTable: { proposals: naming(proposal), roadmaps: naming(amended) },
  };
}

/** Both are bound to each other, so that either may report, judge, allege and waive. */
async function withCommitment(api: Api, { dialogueId, irritantId }: Scene) {
  const exchange = await api.create<{ id: string }>('/v1/exchanges', { dialogueId }, 'ru-negotiator');
  const basis = { kind: 'exchange', id: exchange.body.id };
  await taken(api, `/v1/exchanges/${basis.id}/report`, {}, 'us-negotiator');
  await coveredByBoth(api, basis.id, irritantId);
  const sides = ['RU', 'US'];
  const body = {
    dialogueId,
    obligors: sides,
    beneficiaries: sides,
    mode: 'once',
    basis,
    text: { en: 'Visas.' },
  };
  const made = await api.create<{ id: string }>(
    '/v1/commitments',
    { ...body, irritantIds: [irritantId] },
    'ru-negotiator',
  );
  const path = `/v1/commitments/${made.body.id}`;
  for (const side of ['RU', 'US'] as const)
    await taken(api, `${path}/report-fulfilment`, {}, negotiators[side]);
  // What one side may say anew or for the first time, the other can answer.
  await taken(api, `${path}/dispute-fulfilment`, {}, 'us-negotiator');
  await taken(api, `${path}/allege-breach`, {}, 'ru-negotiator');
  return { commitmentId: made.body.id };
}

/** Each side says that the other holds it, so each has access to ask for. */
async function withAsset(api: Api, { dialogueId, irritantId }: Scene) {
  const owned = { owner: 'RU', tenure: 'owned', name: { en: 'Property 1' }, irritantIds: [irritantId] };
  const asset = await api.create<{ id: string }>(
    '/v1/assets',
    { ...owned, dialogueId, holder: 'US' },
    'ru-registrar',
  );
  const path = `/v1/assets/${asset.body.id}`;
  await taken(api, `${path}/assert-ownership`, { ...owned, holder: 'RU' }, 'us-registrar');
  const accesses = await forEachSide(async (side) => {
    const asked = { purpose: 'visit' };
    return (await taken(api, `${path}/request-access`, asked, negotiators[side])).accesses.at(-1)!.accessId;
  });
  const damages = await forEachSide(async (side) => {
    const assessed = { amount: '1', currency: 'USD' };
    return (await taken(api, `${path}/assess-damage`, assessed, negotiators[side])).damages.at(-1)!.damageId;
  });
  return { assetId: asset.body.id, accesses, damages };
}

async function withStatements(api: Api, { irritantId, sources }: Scene) {
  const path = `/v1/irritants/${irritantId}`;
  const text = { en: 'The sides agreed to develop a roadmap.' };
  const claims = await forEachSide(async (side) => {
    const claim = { kind: 'agreement', text };
    return (await taken(api, `${path}/claim`, claim, negotiators[side])).claims.at(-1)!.claimId;
  });
  const resolutions = await forEachSide(async (side) => {
    const proposed = await taken(api, `${path}/propose-resolution`, { terms: text }, negotiators[side]);
    const { resolutionId, termsHash } = proposed.resolutions.at(-1)!;
    return { resolutionId, termsHash };
  });
  const attributed = await forEachSide(async (party) => {
    const position = { party, stance: 'seeks-action', text, sources: [{ sourceId: sources[party] }] };
    await taken(api, `${path}/state-position`, position, 'secretariat');
    return lastEventOf(api, `irritant-${irritantId}`);
  });
  return { claims, resolutions, attributed };
}

async function withLinkages(api: Api, { dialogueId, irritantId }: Scene) {
  const other = await api.create<{ id: string }>('/v1/irritants', raising(dialogueId), 'ru-registrar');
  const linkages = await forEachSide(async (side) => {
    const linkage = { irritantId: other.body.id, condition: 'together' };
    const path = `/v1/irritants/${irritantId}/assert-linkage`;
    return (await taken(api, path, linkage, negotiators[side])).linkages.at(-1)!.linkageId;
  });
  return { otherIrritantId: other.body.id, linkages };
}

async function heldSource(api: Api): Promise<string> {
  const upload = await api.ask<{ sha256: string }>('POST', '/v1/sources/bytes', {
    headers: { 'Content-Type': 'application/octet-stream' },
    body: 'The text of a statement.',
  });
  const { sha256 } = upload.body;
  const cited = { kind: 'record', issuers: [], lang: 'en', title: 'Minutes', citation: 'Minutes' };
  return (await api.create<{ id: string }>('/v1/sources', { ...cited, held: true, sha256 })).body.id;
}

async function aKey(api: Api): Promise<string> {
  const body = { name: 'A reader to be', roles: ['reader'] };
  return (await api.ask<{ id: string }>('POST', '/v1/keys', { as: 'operator', body })).body.id;
}

/** Lays out the ground; each call makes a dialogue of its own. */
export async function layGround(api: Api): Promise<Ground> {
  const scene = await setScene(api);
  const alias = `/v1/dialogues/${scene.dialogueId}/record-party-alias`;
  await taken(api, alias, { party: 'RU', alias: 'Moscow' }, 'secretariat');
  const round = await withRound(api, scene);
  const exchange = await withExchange(api, scene);
  const texts = await withTexts(api, scene);
  const commitment = await withCommitment(api, scene);
  const asset = await withAsset(api, scene);
  const linkages = await withLinkages(api, scene);
  const statements = await withStatements(api, scene);
  const heldSourceId = await heldSource(api);
  await api.settled();
  const streams = {
    dialogues: `dialogue-${scene.dialogueId}`,
    irritants: `irritant-${scene.irritantId}`,
    rounds: `round-${round.roundId}`,
    exchanges: `exchange-${exchange.exchangeId}`,
    proposals: `proposal-${texts.proposalId}`,
    roadmaps: `roadmap-${texts.roadmapId}`,
    assets: `asset-${asset.assetId}`,
    sources: `source-${heldSourceId}`,
    commitments: `commitment-${commitment.commitmentId}`,
  };
  const targets: Record<string, string> = {};
  for (const [slice, stream] of Object.entries(streams)) targets[slice] = await lastEventOf(api, stream);
  return {
    ...scene,
    ...round,
    ...exchange,
    ...texts,
    ...commitment,
    ...asset,
    ...linkages,
    ...statements,
    heldSourceId,
    keyId: await aKey(api),
    targets,
  };
}

/** The address of an operation on this ground, as that side would call it. */
export function addressOf(operation: Described, ground: Ground, side: Side): string {
  const ids: Record<string, string> = {
    dialogues: ground.dialogueId,
    irritants: ground.irritantId,
    rounds: ground.roundId,
    exchanges: ground.exchangeId,
    proposals: ground.proposalId,
    roadmaps: ground.roadmapId,
    assets: ground.assetId,
    sources: ground.heldSourceId,
    commitments: ground.commitmentId,
    keys: ground.keyId,
  };
  const isAnswer = /^(accept|reject|waive)Step$/.test(operation.operationId);
  const ownClaim = operation.operationId === 'withdrawUnderstandingClaim';
  return pathOf(operation, {
    id: ids[operation.slice] ?? absentId,
    claimId: ground.claims[ownClaim ? side : otherSide[side]],
    noteId: ground.notes[otherSide[side]],
    stepId: ground.steps[isAnswer ? otherSide[side] : side],
    inReplyTo: ground.notes[otherSide[side]],
    linkageId: ground.linkages[otherSide[side]],
    accessId: ground.accesses[otherSide[side]],
    damageId: ground.damages[otherSide[side]],
  });
}

let prefixes = 0;

/** The example of the document with things that exist in the place of its ids, as that side would send it. */
export function bodyOf({ operationId, slice, example = {} }: Described, ground: Ground, side: Side): Body {
  prefixes += 1;
  const isOwn = operationId === 'withdrawResolutionProposal';
  const real: Body = {
    dialogueId: ground.dialogueId,
    irritantId: operationId === 'assertLinkage' ? ground.otherIrritantId : ground.irritantId,
    irritantIds: [ground.irritantId],
    ...ground.onTable[slice],
    obligors: [side],
    beneficiaries: [otherSide[side]],
    accountId: ground.accounts[side],
    divergenceId: ground.divergenceId,
    ...ground.resolutions[isOwn ? side : otherSide[side]],
    sourceId: ground.sources[side],
    sources: [{ sourceId: ground.sources[side] }],
    eventId: ground.attributed[side],
    target: ground.targets[slice],
    keyPrefix: `GR${prefixes}`,
    raisers: [side],
    respondents: [otherSide[side]],
    from: side,
    to: otherSide[side],
    // Left to the service: the number of the example may be taken.
    number: undefined,
  };
  // The words of a correction depend on the event; when it happened can be corrected of any.
  if (operationId.startsWith('correctEvent')) return { target: real['target'], occurred: '2025-04-09' };
  const filled = Object.entries(example).map(([name, value]) => [
    name,
    Object.hasOwn(real, name) ? real[name] : value,
  ]);
  // A delegate is named by an account, which says whose word it is.
  const account = operationId === 'nameDelegate' ? { accountId: ground.accounts[side] } : {};
  // An erasure has a basis of another kind.
  const basis =
    operationId === 'undertakeCommitment' ? { basis: { kind: 'exchange', id: ground.exchangeId } } : {};
  return { ...Object.fromEntries(filled), ...account, ...basis };
}
