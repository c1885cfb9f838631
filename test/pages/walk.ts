import { expect } from '@jest/globals';
import { momentOf } from '../../src/reading/as-of.js';
import { overviewOf } from '../../src/reading/overview.controller.js';
import { replay } from '../../src/reading/replay.js';
import type { Instrument } from '../../src/briefing/open-points.js';
import { renderTimeline } from '../../src/cli/timeline.js';
import type { CitedSource } from '../../src/cli/timeline.js';
import { documentAt } from '../../src/site/at-moment.js';
import { readDialogue } from '../../src/site/irritant.reading.js';
import type { Api } from '../support/api.js';
import { browse, cookieOf } from './reading.js';

interface Listed {
  readonly items: readonly { readonly id: string; readonly parties?: readonly string[] }[];
}

interface Overview {
  readonly dialogueId: string;
  readonly linked: readonly Instrument[];
}

/** Everything that a person can read of the record. */
async function pathsOf(api: Api): Promise<readonly string[]> {
  const all = async (name: string) => (await api.get<Listed>(`/v1/${name}?limit=200`)).body.items;
  const dialogues = await all('dialogues');
  return [
    '/',
    ...dialogues.map(({ id }) => `/?dialogue=${id}`),
    ...(await all('irritants')).map(({ id }) => `/irritants/${id}`),
    ...(await all('rounds')).map(({ id }) => `/rounds/${id}`),
    ...dialogues.flatMap(({ id, parties = [] }) => parties.map((one) => `/dialogues/${id}/brief?for=${one}`)),
  ];
}

export async function pagesOf(api: Api, more: readonly string[] = []): Promise<ReadonlyMap<string, string>> {
  const pages = new Map<string, string>();
  for (const path of [...(await pathsOf(api)), ...more]) {
    const { status, text } = await browse(api.server.url, path, { cookie: cookieOf(api, 'secretariat') });
    expect([path, status]).toEqual([path, 200]);
    pages.set(path, text);
  }
  return pages;
}

export async function booksOf(api: Api): Promise<readonly string[]> {
  const paths = (await pathsOf(api)).filter((path) => path.includes('/brief?'));
  const answers = paths.map((path) =>
    browse(api.server.url, `${path}&format=md`, { cookie: cookieOf(api, 'secretariat') }),
  );
  return (await Promise.all(answers)).map(({ text }) => text);
}

export async function timelinesOf({ server: { record } }: Api, width: number): Promise<readonly string[]> {
  const slice = record.registry.get('irritants');
  const rows = record.projections.view('irritants').tables.prepare('SELECT id FROM {entries}').all();
  const moment = momentOf(record, {});
  const timelines = rows.map(async ({ id }) => {
    const frames = await Array.fromAsync(replay(record, slice, String(id), moment));
    const cited = frames.flatMap(({ event }) => event.envelope.sources.map(({ sourceId }) => sourceId));
    const sources = Object.fromEntries(
      cited.map((one) => [one, documentAt(record, 'sources', one, moment) as unknown as CitedSource]),
    );
    const overview = overviewOf(record, slice, String(id), {}) as unknown as Overview;
    const dialogue = readDialogue(record, overview.dialogueId, moment, []);
    return renderTimeline({ frames, sources, dialogue, instruments: overview.linked, colours: false, width });
  });
  return Promise.all(timelines);
}
