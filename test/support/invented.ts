import { loadRecord } from '../../src/demo/load.js';
import type { Loaded } from '../../src/demo/load.js';
import { syntheticPrincipals } from '../../src/demo/principals.js';
import { syntheticRecord } from '../../src/demo/synthetic.record.js';
import type { Api } from './api.js';

export type Document = Readonly<Record<string, unknown>> & { readonly id: string };

export interface Frame {
  readonly event: {
    readonly envelope: {
      readonly id: string;
      readonly type: string;
      readonly act: { readonly capacity: string };
      readonly wording?: readonly object[];
    };
  };
  readonly state: Document | null;
}

/** The invented dialogue on a server, and who recorded it there. */
export interface Invented extends Loaded {
  /** The ids of the two negotiators, by which events name them. */
  readonly recorders: { readonly ALDOR: string; readonly BREVIA: string };
  readonly keys: Readonly<Record<string, string>>;
  idOf(label: string): string;
}

/**
 * Plays the invented dialogue over HTTP. With one desk a side the negotiator does the work of its registrar too, so
 * that two principals, one of each side, go through all of it.
 */
export async function loadInvented(api: Api, desks: 'one a side' | 'two a side'): Promise<Invented> {
  const keys: Record<string, string> = {};
  const ids: Record<string, string> = {};
  for (const { name, party, roles } of syntheticPrincipals) {
    const issued = await api.server.record.credentials.issue(
      { name, party, roles, days: 400 },
      { as: 'demonstration' },
    );
    keys[name] = issued.key;
    ids[name] = issued.credential.principalId;
  }
  const ones = {
    'aldor-registrar': keys['aldor-negotiator'] ?? '',
    'brevia-registrar': keys['brevia-negotiator'] ?? '',
  };
  const secretariat = api.keys['secretariat'] ?? '';
  const loaded = await loadRecord(syntheticRecord, {
    url: api.server.url,
    key: secretariat,
    keys: { ...keys, ...(desks === 'one a side' ? ones : {}), secretariat },
  });
  await api.settled();
  return {
    ...loaded,
    keys,
    recorders: { ALDOR: ids['aldor-negotiator'] ?? '', BREVIA: ids['brevia-negotiator'] ?? '' },
    idOf(label) {
      const id = loaded.ids.get(label);
      if (id === undefined) throw new Error(`The invented dialogue has no ${label}.`);
      return id;
    },
  };
}

/** The replay of one entry, frame by frame, as it comes over HTTP. */
export async function framesOf(api: Api, collection: string, id: string): Promise<readonly Frame[]> {
  const { body } = await api.get<string>(`/v1/${collection}/${id}/replay`);
  return body
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as Frame);
}
