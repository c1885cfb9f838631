import type { Api, Body } from './api.js';
import { made } from './acting.js';
import type { Scene } from './scene.js';

/** What the RU says that the US should owe it; with that nobody owes it yet. */
export function assertedBy(
  api: Api,
  { dialogueId, irritantId }: Pick<Scene, 'dialogueId' | 'irritantId'>,
  over: Body = {},
): Promise<Body & { readonly id: string }> {
  return made(api, 'commitments', 'ru-negotiator', {
    dialogueId,
    obligors: ['US'],
    beneficiaries: ['RU'],
    mode: 'once',
    due: '2025-09',
    irritantIds: [irritantId],
    text: { en: 'The accounts are opened again.' },
    ...over,
  });
}
