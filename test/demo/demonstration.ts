import type { Settings } from '#config';
import type { Clock } from '../../src/platform/record/clock.js';
import { Api } from '../support/api.js';

/** A server of its own with a key for each of the demonstration's principals. */
export interface Demonstration {
  readonly url: string;
  readonly keys: { readonly [principal: string]: string };
  /** What the reader gets, parsed; the caller says which shape it expects. */
  read<T>(path: string): Promise<T>;
  statusOf(path: string): Promise<{ readonly status: number; readonly code: string }>;
  stop(): Promise<void>;
}

export async function startDemonstration(
  settings: Partial<Settings> = {},
  clock?: Clock,
): Promise<Demonstration> {
  const api = await Api.start(settings, clock);
  return {
    url: api.server.url,
    keys: api.keys,
    async read<T>(path: string) {
      const { status, body } = await api.get<T>(path);
      if (status !== 200) throw new Error(`${path}: ${status} ${JSON.stringify(body)}`);
      return body;
    },
    async statusOf(path) {
      const { status, body } = await api.get<{ code?: string }>(path);
      return { status, code: body.code ?? '' };
    },
    stop: () => api.stop(),
  };
}
