import type { Api } from '../support/api.js';

interface Line {
  readonly act?: string;
  readonly externalRef?: string;
  readonly event?: { readonly envelope: { readonly id: string } };
  readonly standing?: string;
}
interface History {
  readonly items: readonly (Line & Required<Pick<Line, 'event'>>)[];
}
interface FeedPage {
  readonly items: readonly { readonly data: Line['event'] & Pick<Line, 'standing'> }[];
  readonly cursor: string;
  readonly more: boolean;
}

async function followed(api: Api, dialogueId: string, after = ''): Promise<FeedPage['items']> {
  const { items, cursor, more } = (await api.get<FeedPage>(`/v1/feed?dialogue=${dialogueId}${after}`)).body;
  return more ? [...items, ...(await followed(api, dialogueId, `&after=${cursor}`))] : items;
}

async function linesOf(api: Api, what: string, dialogueId: string): Promise<readonly Line[]> {
  const { body } = await api.get<string>(`/v1/exports?what=${what}&dialogue=${dialogueId}`);
  return body
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as Line);
}

/** How an event of a dialogue’s own stream is said to stand wherever it is told, and whether an export has it as an act. */
export async function toldOf(api: Api, dialogueId: string, id: string) {
  const { items } = (await api.get<History>(`/v1/dialogues/${dialogueId}/history?limit=200&order=desc`)).body;
  const fed = await followed(api, dialogueId);
  const [lines, acts] = [await linesOf(api, 'events', dialogueId), await linesOf(api, 'acts', dialogueId)];
  const named = (one: Line) => one.event?.envelope.id === id;
  return {
    history: items.find(named)?.standing,
    feed: fed.find(({ data }) => data?.envelope.id === id)?.data?.standing,
    events: lines.find(named)?.standing,
    isAct: acts.some(({ externalRef }) => externalRef === id),
  };
}
