import type { Api } from './api.js';
import { done } from './acting.js';

/** Each side says for itself that the exchange covers the irritant. */
export async function coveredByBoth(api: Api, exchangeId: string, irritantId: string): Promise<void> {
  for (const side of ['ru-negotiator', 'us-negotiator'] as const) {
    await done(api, `exchanges/${exchangeId}/assert-coverage`, side, { irritantId });
  }
}
