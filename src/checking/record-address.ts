import { CannotCheck } from './cannot-check.js';
import type { Credential } from './source.js';

const answerMs = 30_000;

/** The ledger of the dialogue to which a key belongs, asked of a server by its address. */
export async function ledgerOf(server: URL, name: string, key: Credential): Promise<URL> {
  const irritant = (await asked(server, `v1/irritants/${encodeURIComponent(name)}`, key)) as
    { dialogueId?: unknown } | undefined;
  const dialogue =
    irritant ??
    ((await asked(server, `v1/dialogues/${encodeURIComponent(name)}`, key)) as { id?: unknown } | undefined);
  const { dialogueId = (dialogue as { id?: unknown } | undefined)?.id } = irritant ?? {};
  if (typeof dialogueId !== 'string')
    throw new CannotCheck(
      `${server.origin} shows nothing that is called ${name}${key === undefined ? ' to whoever has no key: give one in ENTENTE_KEY' : ''}.`,
    );
  return new URL(`v1/dialogues/${dialogueId}/ledger/`, server);
}

async function asked(server: URL, path: string, key: Credential): Promise<unknown> {
  const url = new URL(path, server);
  try {
    const response = await fetch(url, {
      redirect: 'manual',
      signal: AbortSignal.timeout(answerMs),
      headers: {
        Accept: 'application/json',
        ...(key === undefined ? {} : { Authorization: `Bearer ${key}` }),
      },
    });
    if (response.ok) return await response.json();
    await response.body?.cancel();
    if ([401, 403, 404].includes(response.status)) return undefined;
    throw new CannotCheck(`${url.href} answers ${response.status}. Try again later.`);
  } catch (error) {
    if (error instanceof CannotCheck) throw error;
    throw new CannotCheck(`${url.href} does not answer. See that a server is there.`, { cause: error });
  }
}
