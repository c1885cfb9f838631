import type { Api } from './api.js';
import { done, made } from './acting.js';

/** A commitment of the US, undertaken on notes that both sides report, whose breach RU alleges; answers its address. */
export async function allegedBreach(
  api: Api,
  { dialogueId, irritantId }: { readonly dialogueId: string; readonly irritantId: string },
): Promise<string> {
  const exchange = await made<{ id: string }>(api, 'exchanges', 'ru-negotiator', { dialogueId });
  await done(api, `exchanges/${exchange.id}/report`, 'us-negotiator');
  const { id } = await made<{ id: string }>(api, 'commitments', 'us-negotiator', {
    dialogueId,
    obligors: ['US'],
    beneficiaries: ['RU'],
    mode: 'once',
    basis: { kind: 'exchange', id: exchange.id },
    irritantIds: [irritantId],
    text: { en: 'The accounts are opened again.' },
  });
  await done(api, `commitments/${id}/undertake`, 'us-negotiator');
  await done(api, `commitments/${id}/allege-breach`, 'ru-negotiator');
  return `commitments/${id}`;
}
