import { CannotCheck } from './cannot-check.js';
import type { Credential } from './source.js';

const answerMs = 30_000;

/** The ledger of the dialogue to which an irritant's key, the prefix of its keys or its id belongs, asked of a server. */
export async function ledgerOf(server: URL, name: string, key: Credential): Promise<URL> {
  const places = [`v1/irritants/${name}`, `v1/irritants/${name}-1`, `v1/dialogues/${name}`];
  for (const path of places) {
    const found = await asked(server, path, key);
    const id = path.startsWith('v1/dialogues/') ? found?.id : found?.dialogueId;
    if (typeof id === 'string') return new URL(`v1/dialogues/${id}/ledger/`, server);
  }
  throw new CannotCheck(
    `${server.origin} shows nothing that is called ${name}${key === undefined ? ' to whoever has no key: give one in ENTENTE_KEY' : ''}.`,
  );
}

interface Entry {
  readonly id?: unknown;
  readonly dialogueId?: unknown;
}

async function asked(server: URL, path: string, key: Credential): Promise<Entry | undefined> {
  const url = new URL(path.split('/').map(encodeURIComponent).join('/'), server);
  try {
    const response = await fetch(url, {
      redirect: 'manual',
      signal: AbortSignal.timeout(answerMs),
      headers: {
        Accept: 'application/json',
        ...(key === undefined ? {} : { Authorization: `Bearer ${key}` }),
      },
    });
    if (response.ok) return (await response.json()) as Entry;
    await response.body?.cancel();
    if ([400, 401, 403, 404].includes(response.status)) return undefined;
    throw new CannotCheck(`${url.href} answers ${response.status}. Try again later.`);
  } catch (error) {
    if (error instanceof CannotCheck) throw error;
    throw new CannotCheck(`${url.href} does not answer. See that a server is there.`, { cause: error });
  }
}
