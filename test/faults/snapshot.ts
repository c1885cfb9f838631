import { slices } from '../../src/slices.js';
import { momentless } from '../support/moment.js';
import type { Client } from './client.js';
import { pagesOf } from './lists.js';

interface Entry {
  readonly id: string;
}

/** Small, so that every list has several pages. */
const pageLimit = 4;

/** Read models as a client meets them: every list, page by page, by its address. */
async function lists(client: Client, shown: Map<string, readonly string[]>): Promise<void> {
  const { text } = await client.getText('/v1/dialogues?limit=1&sort=createdAt');
  const [talks] = idsOf([text]);
  for (const { name } of slices) {
    for (const sort of ['createdAt', '-updatedAt']) {
      const path = `/v1/${name}?limit=${pageLimit}&sort=${sort}`;
      shown.set(path, withoutMoment(await pagesOf(client, path)));
    }
    const earlier = `/v1/${name}?limit=${pageLimit}&sort=createdAt&dialogue=${talks}&knownAt=s40&effectiveAt=2025-03-31`;
    shown.set(earlier, withoutMoment(await pagesOf(client, earlier)));
  }
}

function withoutMoment(pages: readonly string[]): readonly string[] {
  return pages.map((page) => JSON.stringify(momentless(JSON.parse(page) as object)));
}

function idsOf(pages: readonly string[] = []): readonly string[] {
  return pages.flatMap((page) => (JSON.parse(page) as { items: readonly Entry[] }).items.map(({ id }) => id));
}

/** What is said of one entry: its state, its history, and what is drawn together from other entries. */
async function entries(client: Client, shown: Map<string, readonly string[]>): Promise<void> {
  const more: Record<string, readonly string[]> = {
    irritants: ['/overview', '/overview?effectiveAt=2025-03-31', '/replay'],
    rounds: ['/comparison'],
  };
  for (const { name } of slices) {
    for (const id of idsOf(shown.get(`/v1/${name}?limit=${pageLimit}&sort=createdAt`))) {
      const paths = ['', `/history?limit=${pageLimit}`, ...(more[name] ?? [])];
      for (const each of paths) {
        const path = `/v1/${name}/${id}${each}`;
        const outcome = await client.ask('GET', path);
        const isThere = outcome.kind === 'answered' && outcome.status === 200;
        // What had not happened by then is refused, and must be refused again in the same words.
        shown.set(path, isThere ? await pagesOf(client, path) : [refusal(outcome)]);
      }
    }
  }
}

function refusal(outcome: object): string {
  const { status, text } = outcome as { status: number; text: string };
  const { traceId: _, ...problem } = JSON.parse(text) as Record<string, unknown>;
  return `${status} ${JSON.stringify(problem)}`;
}

/** Everything that can be read, byte for byte, by its address. */
export async function snapshotOf(client: Client): Promise<ReadonlyMap<string, readonly string[]>> {
  const shown = new Map<string, readonly string[]>();
  await lists(client, shown);
  await entries(client, shown);
  // How far an entry is proven is said by the log of the server that is asked, and a restored record has none yet.
  const withoutProof = (text: string) =>
    text.replace(/,"proof":\{"logged":(true|false),"countersigned":\[\]\}/g, '');
  return new Map([...shown].map(([path, texts]) => [path, texts.map(withoutProof)]));
}
