import { expect } from '@jest/globals';
import { Readings } from '../../src/reading/readings.js';
import type { Instrument } from '../../src/briefing/open-points.js';
import { renderTimeline } from '../../src/cli/timeline.js';
import type { CitedSource } from '../../src/cli/timeline.js';
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
  const readings = new Readings(record);
  const timelines = rows.map(async ({ id }) => {
    const frames = await Array.fromAsync(readings.replay(slice, String(id)));
    const cited = frames.flatMap(({ event }) => event.envelope.sources.map(({ sourceId }) => sourceId));
    const sources = Object.fromEntries(
      cited.map((one) => [one, readings.named('sources', one) as unknown as CitedSource]),
    );
    const overview = readings.overview(String(id)) as unknown as Overview;
    const dialogue = readDialogue(readings, overview.dialogueId, []);
    return renderTimeline({ frames, sources, dialogue, instruments: overview.linked, colours: false, width });
  });
  return Promise.all(timelines);
}
