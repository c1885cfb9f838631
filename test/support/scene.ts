import type { Api, Body } from './api.js';

/** A dialogue that both RU and US have joined, with a source of each kind, and one irritant raised by RU. */
export interface Scene {
  readonly dialogueId: string;
  readonly irritantId: string;
  readonly key: string;
  readonly sources: { readonly RU: string; readonly US: string; readonly press: string };
}

/** Own to this run, since a cluster keeps what earlier runs recorded. */
const run = Math.random().toString(36).slice(2, 7).toUpperCase();
let prefixes = 0;

/** A dialogue that a secretariat opened, with a source of each kind; neither party has joined it. */
export async function openTalks(api: Api): Promise<Pick<Scene, 'dialogueId' | 'sources'>> {
  prefixes += 1;
  const dialogue = await api.create<{ id: string }>('/v1/dialogues', {
    parties: ['RU', 'US'],
    keyPrefix: `S${run}${prefixes}`,
    name: { en: 'A dialogue' },
  });
  const dialogueId = dialogue.body.id;
  const register = async (kind: string, issuers: string[]) => {
    const cited = { lang: 'en', held: false, title: `A ${kind}`, citation: `A ${kind}` };
    return (await api.create<{ id: string }>('/v1/sources', { dialogueId, kind, issuers, ...cited })).body.id;
  };
  return {
    dialogueId,
    sources: {
      RU: await register('statement', ['RU']),
      US: await register('note', ['US']),
      press: await register('press', []),
    },
  };
}

/** The party's negotiator joins; from then on nobody else records in its name. */
export async function join(api: Api, dialogueId: string, party: 'RU' | 'US'): Promise<void> {
  const as = party === 'RU' ? 'ru-negotiator' : 'us-negotiator';
  const { status, body } = await api.act(`/v1/dialogues/${dialogueId}/join`, {}, as);
  if (status !== 200) throw new Error(`${party} could not join: ${JSON.stringify(body)}`);
}

export async function setScene(api: Api): Promise<Scene> {
  const { dialogueId, sources } = await openTalks(api);
  await join(api, dialogueId, 'RU');
  await join(api, dialogueId, 'US');
  const raised = await api.create<{ id: string; key: string }>(
    '/v1/irritants',
    raising(dialogueId),
    'ru-registrar',
  );
  return { dialogueId, sources, irritantId: raised.body.id, key: raised.body.key };
}

export function raising(dialogueId: string): Body {
  return {
    dialogueId,
    raisers: ['RU'],
    respondents: ['US'],
    raisedBasis: 'stated',
    category: 'property',
    title: { en: 'Six properties' },
  };
}
