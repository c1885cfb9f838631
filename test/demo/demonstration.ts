import { demonstrationPrincipals } from '../../src/demo/principals.js';
import { startServer } from '../../src/server.js';
import type { Server } from '../../src/server.js';

/** A server in memory with a key for each of the demonstration's principals. */
export interface Demonstration {
  readonly url: string;
  readonly keys: { readonly [principal: string]: string };
  /** What the reader gets, parsed; the caller says which shape it expects. */
  read<T>(path: string): Promise<T>;
  statusOf(path: string): Promise<{ readonly status: number; readonly code: string }>;
  stop(): Promise<void>;
}

export async function startDemonstration(): Promise<Demonstration> {
  const server: Server = await startServer({
    settings: {
      directory: undefined,
      host: '127.0.0.1',
      port: 0,
      requestsPerMinute: 100_000,
      logLevel: 'silent',
      key: undefined,
      colours: false,
    },
  });
  const keys: Record<string, string> = {};
  for (const one of demonstrationPrincipals) {
    keys[one.name] = (await server.record.credentials.issue({ ...one, days: 1 })).key;
  }
  const get = (path: string) =>
    fetch(server.url + path, { headers: { authorization: `Bearer ${keys['reader']}` } });
  return {
    url: server.url,
    keys,
    async read<T>(path: string) {
      const response = await get(path);
      if (!response.ok) throw new Error(`${path}: ${response.status} ${await response.text()}`);
      return (await response.json()) as T;
    },
    async statusOf(path) {
      const response = await get(path);
      const { code = '' } = (await response.json()) as { code?: string };
      return { status: response.status, code };
    },
    stop: () => server.stop(),
  };
}
