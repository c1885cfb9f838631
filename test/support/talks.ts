import { done, made } from './acting.js';
import type { Api, Body } from './api.js';
import { agree, aStep, naming, table } from './roadmap.js';
import type { Step, Tabled } from './roadmap.js';
import { raising, setScene } from './scene.js';
import type { Scene } from './scene.js';

type Text = { readonly [lang: string]: string };
type Made = Body & { readonly id: string };

/** Talks in which every kind of instrument stands, with the same words everywhere. */
export interface FullTalks extends Scene {
  readonly roadmapId: string;
  readonly steps: { readonly [name in 'blocked' | 'reported' | 'waiting']: Step };
  readonly proposalId: string;
  readonly commitmentId: string;
  readonly assetId: string;
  readonly otherKey: string;
}

async function roadmapOf(api: Api, { dialogueId, irritantId }: Scene, text: Text) {
  const draft = await made<Tabled>(api, 'roadmaps', 'ru-negotiator', {
    dialogueId,
    irritantIds: [irritantId],
    title: text,
  });
  const blocked = aStep({ responsible: 'US', due: '2025-03' });
  const reported = aStep({
    responsible: 'RU',
    due: '2025-03',
    counterpart: blocked.stepId,
    mandatory: false,
  });
  const waiting = aStep({ after: [blocked.stepId] });
  const steps = { blocked, reported, waiting };
  await agree(api, 'roadmaps', await table(api, draft.id, [irritantId], Object.values(steps), text));
  const at = `roadmaps/${draft.id}/steps`;
  await done(api, `${at}/${blocked.stepId}/start`, 'us-negotiator', { reason: text });
  await done(api, `${at}/${blocked.stepId}/block`, 'us-negotiator', { reason: text });
  await done(api, `${at}/${reported.stepId}/start`, 'ru-negotiator');
  await done(api, `${at}/${reported.stepId}/report-done`, 'ru-negotiator', { reason: text });
  return { roadmapId: draft.id, steps };
}

async function proposalOf(api: Api, { dialogueId, irritantId }: Scene, text: Text): Promise<string> {
  const tabled = await made<Tabled>(api, 'proposals', 'us-negotiator', {
    dialogueId,
    form: 'proposal',
    irritantIds: [irritantId],
    title: text,
    texts: text,
    validUntil: '2025-06-30',
  });
  const assent = { ...naming(tabled), adReferendum: true };
  await done(api, `proposals/${tabled.id}/assent`, 'ru-negotiator', assent);
  return tabled.id;
}

/** Owed, late, reported as kept by the one and said to be broken by the other. */
async function commitmentOf(api: Api, { dialogueId, irritantId }: Scene, text: Text): Promise<string> {
  const exchange = await made<Made>(api, 'exchanges', 'ru-negotiator', { dialogueId });
  const { id } = await made<Made>(api, 'commitments', 'us-negotiator', {
    dialogueId,
    obligors: ['US'],
    beneficiaries: ['RU'],
    mode: 'conditional',
    due: '2025-03-01',
    basis: { kind: 'exchange', id: exchange.id },
    irritantIds: [irritantId],
    text,
    conditions: text,
  });
  await done(api, `commitments/${id}/undertake`, 'us-negotiator');
  await done(api, `commitments/${id}/report-fulfilment`, 'us-negotiator', { reason: text });
  await done(api, `commitments/${id}/dispute-fulfilment`, 'ru-negotiator', { reason: text });
  await done(api, `commitments/${id}/allege-breach`, 'ru-negotiator', { reason: text });
  await done(api, `commitments/${id}/extend`, 'us-negotiator', { due: '2025-12-31' });
  return id;
}

async function assetOf(api: Api, { dialogueId, irritantId }: Scene, text: Text): Promise<string> {
  const { id } = await made<Made>(api, 'assets', 'ru-registrar', {
    dialogueId,
    irritantIds: [irritantId],
    owner: 'RU',
    tenure: 'owned',
    holder: 'US',
    name: text,
    statement: text,
  });
  await done(api, `assets/${id}/request-access`, 'ru-negotiator', { purpose: 'inspection', text });
  return id;
}

export async function holdTalks(api: Api, text: Text): Promise<FullTalks> {
  const scene = await setScene(api);
  const { dialogueId, irritantId, key } = scene;
  const at = `irritants/${irritantId}`;
  const raised = { ...raising(dialogueId), title: text, designations: { RU: text } };
  const other = await made<Made & { key: string }>(api, 'irritants', 'ru-negotiator', raised);
  await done(api, `${at}/claim`, 'us-negotiator', { kind: 'agreement', text });
  await done(api, `dialogues/${dialogueId}/claim`, 'ru-registrar', { kind: 'other', text });
  await done(api, `${at}/state-position`, 'us-negotiator', { stance: 'contests', text });
  await done(api, `${at}/state-position`, 'ru-negotiator', { stance: 'seeks-action', text });
  await done(api, `${at}/assert-linkage`, 'ru-negotiator', {
    irritantId: other.id,
    condition: 'together',
    text,
  });
  const round = await made<Made>(api, 'rounds', 'ru-negotiator', { dialogueId, startsAt: '2025-04-10' });
  await done(api, `rounds/${round.id}/indicate-next-round`, 'us-negotiator', {
    date: '2025-06',
    text,
  });
  const instruments = {
    ...(await roadmapOf(api, scene, text)),
    proposalId: await proposalOf(api, scene, text),
    commitmentId: await commitmentOf(api, scene, text),
    assetId: await assetOf(api, scene, text),
  };
  await api.settled();
  return { ...scene, key, otherKey: other.key, ...instruments };
}
