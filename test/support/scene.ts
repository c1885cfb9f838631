import type { Api, Body } from './api.js';

/** A dialogue between RU and US with a source of each kind, and one irritant raised by RU. */
export interface Scene {
  readonly dialogueId: string;
  readonly irritantId: string;
  readonly key: string;
  readonly sources: { readonly RU: string; readonly US: string; readonly press: string };
}

/** Own to this run, since a cluster keeps what earlier runs recorded. */
const run = Math.random().toString(36).slice(2, 7).toUpperCase();
let prefixes = 0;

export async function setScene(api: Api): Promise<Scene> {
  prefixes += 1;
  const register = async (kind: string, issuers: string[]) => {
    const body = { kind, issuers, lang: 'en', held: false, title: `A ${kind}`, citation: `A ${kind}` };
    return (await api.create<{ id: string }>('/v1/sources', body)).body.id;
  };
  const dialogue = await api.create<{ id: string }>('/v1/dialogues', {
    parties: ['RU', 'US'],
    keyPrefix: `S${run}${prefixes}`,
    name: { en: 'A dialogue' },
  });
  const raised = await api.create<{ id: string; key: string }>(
    '/v1/irritants',
    raising(dialogue.body.id),
    'ru-registrar',
  );
  return {
    dialogueId: dialogue.body.id,
    irritantId: raised.body.id,
    key: raised.body.key,
    sources: {
      RU: await register('statement', ['RU']),
      US: await register('note', ['US']),
      press: await register('press', []),
    },
  };
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
