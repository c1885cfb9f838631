import type { Api, Body, PrincipalName } from './api.js';
import { made } from './acting.js';
import { negotiators } from './sides.js';
import type { Side } from './sides.js';

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

/**
 * A dialogue with a source of each kind that neither party has joined, since a secretariat opened it; or one that a
 * negotiator opened, and with that joined, who keeps it alone.
 */
export async function openTalks(
  api: Api,
  { as = 'secretariat', parties = { RU: 'RU', US: 'US' } }: Opened = {},
): Promise<Pick<Scene, 'dialogueId' | 'sources'>> {
  prefixes += 1;
  const { id: dialogueId } = await made<{ id: string }>(api, 'dialogues', as, {
    parties: [parties.RU, parties.US],
    keyPrefix: `S${run}${prefixes}`,
    name: { en: 'A dialogue' },
  });
  const register = async (kind: string, issuers: readonly string[]) => {
    const cited = { lang: 'en', held: false, title: `A ${kind}`, citation: `A ${kind}` };
    return (await made<{ id: string }>(api, 'sources', as, { dialogueId, kind, issuers, ...cited })).id;
  };
  return {
    dialogueId,
    sources: {
      RU: await register('statement', [parties.RU]),
      US: await register('note', [parties.US]),
      press: await register('press', []),
    },
  };
}

interface Opened {
  readonly as?: PrincipalName;
  readonly parties?: Readonly<Record<Side, string>>;
}

/** The party's negotiator joins; from then on nobody else records in its name. */
export async function join(api: Api, dialogueId: string, party: Side): Promise<void> {
  const { status, body } = await api.act(`/v1/dialogues/${dialogueId}/join`, {}, negotiators[party]);
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
