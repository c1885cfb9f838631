import type { Api } from './api.js';
import { itself, told } from './sides.js';

/** Each side says that the exchange covers the irritant; for itself, unless said otherwise. */
export async function coveredByBoth(
  api: Api,
  exchangeId: string,
  irritantId: string,
  voices = itself,
): Promise<void> {
  for (const side of ['RU', 'US'] as const)
    await told(api, `exchanges/${exchangeId}/assert-coverage`, voices(side), { irritantId });
}
