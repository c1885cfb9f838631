import type { Api, PrincipalName } from '../support/api.js';

const uuid = /[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/g;

/**
 * The states of a dialogue without what two records can't have alike: each id, hash and key by the place where it first
 * stands, no time of recording, and no reference under which it was brought in.
 */
export async function statesOf(api: Api, dialogueId: string, as: PrincipalName) {
  const { body } = await api.get<string>(`/v1/exports?what=states&dialogue=${dialogueId}`, as);
  const lines = body.trim().split('\n').slice(1);
  const entries = lines.map((line) => JSON.parse(line, withoutOwn) as { readonly list: string });
  const text = JSON.stringify(entries.filter(({ list }) => list !== 'dialogues'));
  const alike = text
    .replaceAll(uuid, placed('id'))
    .replaceAll(/\b[0-9a-f]{64}\b/g, placed('hash'))
    .replaceAll(/"[A-Z][A-Z0-9]{3,11}-(\d+)"/g, '"key $1"')
    .replaceAll(/\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z/g, 'then');
  return JSON.parse(alike) as readonly object[];
}

/** What is random, and what only the one record has that took the rows in. */
function withoutOwn(name: string, value: unknown): unknown {
  return name === 'externalRef' || name === 'nonce' ? undefined : value;
}

/** By the place at which it first stands among those of its kind. */
function placed(kind: string): (found: string) => string {
  const places = new Map<string, string>();
  return (found) => {
    const place = places.get(found) ?? `${kind} ${places.size}`;
    places.set(found, place);
    return place;
  };
}

export async function actsOf(api: Api, dialogueId: string, as: PrincipalName): Promise<string> {
  return (await api.get<string>(`/v1/exports?dialogue=${dialogueId}`, as)).body;
}
