import { slices } from '../../src/slices.js';
import type { Client } from './client.js';

interface Page {
  readonly items: readonly { readonly id: string }[];
}

/** Every page of a list, each as the text that came. */
export async function pagesOf(client: Client, path: string): Promise<readonly string[]> {
  const pages: string[] = [];
  for (let next: string | undefined = path; next !== undefined;) {
    const { text, headers } = await client.getText(next);
    pages.push(text);
    next = /^<([^>]+)>; rel="next"$/.exec(String(headers.link ?? ''))?.[1];
  }
  return pages;
}

/** What the lists show, by slice and id; an entry that stands in a list twice is an error. */
export async function listed(client: Client): Promise<ReadonlyMap<string, ReadonlyMap<string, unknown>>> {
  const found = new Map<string, ReadonlyMap<string, unknown>>();
  for (const { name } of slices) {
    const items = new Map<string, unknown>();
    for (const page of await pagesOf(client, `/v1/${name}?limit=200&sort=createdAt`)) {
      for (const item of (JSON.parse(page) as Page).items) {
        if (items.has(item.id)) throw new Error(`${item.id} stands in the list of ${name} twice.`);
        // How the dialogue is kept stands beside an entry in a list, and is no part of its stream.
        const { kept: _, ...own } = item as typeof item & { readonly kept?: unknown };
        items.set(item.id, name === 'dialogues' ? item : own);
      }
    }
    found.set(name, items);
  }
  return found;
}
