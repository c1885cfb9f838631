import type { Api } from '../support/api.js';

interface Irritant {
  readonly key: string;
  readonly title: { readonly en: string };
  readonly stage: string;
  readonly basis: string;
  readonly overlays: readonly string[];
  readonly positions: { readonly [party: string]: { readonly stance: string } };
  readonly awaiting: readonly { readonly what: string; readonly from: string }[];
  readonly claims: readonly { readonly state: string }[];
  readonly flags: readonly object[];
}

interface Dialogue {
  readonly kept: object;
  readonly joined: readonly object[];
  readonly synthetic: boolean;
}

interface Listed {
  readonly items: readonly { readonly id: string; readonly dialogueId: string }[];
}

interface Envelope {
  readonly id: string;
  readonly stream: string;
}

interface Entry {
  readonly event: { readonly envelope: Envelope };
}

export async function readIrritant(api: Api, id: string): Promise<Irritant> {
  return (await api.get<Irritant>(`/v1/irritants/${id}`)).body;
}

export async function readDialogue(api: Api, id: string): Promise<Dialogue> {
  return (await api.get<Dialogue>(`/v1/dialogues/${id}`)).body;
}

export async function entriesOf(api: Api, collection: string, dialogueId: string): Promise<Listed> {
  return (await api.get<Listed>(`/v1/${collection}?dialogue=${dialogueId}&limit=200`)).body;
}

/** Of its own stream, and of whatever names it. */
export async function historyOf(api: Api, collection: string, id: string): Promise<readonly Envelope[]> {
  const path = `/v1/${collection}/${id}/history?limit=200`;
  const { body } = await api.get<{ items: readonly Entry[] }>(path);
  return body.items.map(({ event }) => event.envelope);
}

/** What a diplomat asks first of an irritant. */
export function standing({ stage, basis, overlays, positions, awaiting, claims, flags }: Irritant) {
  return {
    stage,
    basis,
    overlays,
    positions: Object.fromEntries(Object.entries(positions).map(([party, { stance }]) => [party, stance])),
    awaiting: awaiting.map(({ what, from }) => [what, from]),
    claims: claims.map(({ state }) => state),
    flags,
  };
}
