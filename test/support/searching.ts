import type { Tables } from '#libs/projections';
import type { Api, Body } from './api.js';

export interface Hit {
  readonly kind: string;
  readonly id: string;
  readonly key: string | null;
  readonly dialogueId: string | null;
  readonly title: string | null;
  readonly snippet: string;
  readonly seq: number;
}

interface Found<T> {
  readonly items: readonly T[];
  readonly asOf: string;
}

/** The ids of what a list gives for these words, once everything is projected. */
export async function listed(
  api: Api,
  slice: string,
  q: string,
  parameters: Readonly<Record<string, string>> = {},
): Promise<readonly string[]> {
  await api.settled();
  const query = new URLSearchParams({ q, ...parameters }).toString();
  const { status, body } = await api.get<Found<{ id: string }>>(`/v1/${slice}?${query}`);
  if (status !== 200) throw new Error(`${slice} ${query}: ${status} ${JSON.stringify(body)}`);
  return body.items.map((one) => one.id);
}

/** What the search over all slices gives. */
export async function searched(
  api: Api,
  q: string,
  parameters: Readonly<Record<string, string>> = {},
): Promise<readonly Hit[]> {
  await api.settled();
  const query = new URLSearchParams({ q, ...parameters }).toString();
  const { status, body } = await api.get<Found<Hit>>(`/v1/search?${query}`);
  if (status !== 200) throw new Error(`${query}: ${status} ${JSON.stringify(body)}`);
  return body.items;
}

/** Who sat at a round, as one account spells it. */
export const named = (nameAsGiven: string, personId?: string): Body => ({
  party: 'RU',
  role: 'head',
  nameAsGiven,
  lang: 'en',
  ...(personId === undefined ? {} : { personId }),
});

/** In which tables of the projection the letters still stand, whole or as a part of what is stored. */
export function tracesOf(tables: Tables, letters: string): readonly string[] {
  const [, prefix = ''] = /^"(.*_)words"$/.exec(tables.table('words')) ?? [];
  const names = tables.db
    .prepare(
      `SELECT name FROM sqlite_schema
       WHERE type = 'table' AND substr(name, 1, length(?)) = ? AND sql NOT LIKE 'CREATE VIRTUAL%'`,
    )
    .all(prefix, prefix)
    .map(({ name }) => String(name));
  return names.filter((name) => {
    const rows = tables.db.prepare(`SELECT * FROM "${name}"`).all();
    const stored = rows.flatMap((row) => Object.values(row)).map((value) => textOf(value));
    return stored.some((text) => text.includes(letters));
  });
}

function textOf(value: unknown): string {
  return value instanceof Uint8Array ? Buffer.from(value).toString('latin1') : String(value);
}
