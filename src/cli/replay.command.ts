import { createInterface } from 'node:readline';
import { Readable } from 'node:stream';
import { stateAsOf } from '../audit/as-of.js';
import { replay } from '../audit/replay.js';
import type { Frame } from '../audit/replay.js';
import { resolved } from '../platform/commands.controller.js';
import { represent } from '../platform/fold.js';
import type { OpenRecord } from '../platform/record.js';
import { withRecord } from './opened.js';
import { hereOrThere, remoteOf } from './remote.js';
import { recordIn, settingsFrom } from './settings.js';
import type { CommonOptions } from './settings.js';
import { renderTimeline } from './timeline.js';

interface ReplayOptions extends CommonOptions {
  readonly knownAt?: string;
  readonly effectiveAt?: string;
  readonly json?: boolean;
}

interface Titles {
  readonly [sourceId: string]: string;
}

const waitMs = 30_000;
const widthUnlessTerminal = 100;

async function framesHere(
  record: OpenRecord,
  key: string,
  options: ReplayOptions,
): Promise<{ frames: Frame[]; titles: Titles }> {
  await record.projections.settled({ timeoutMs: waitMs });
  const slice = record.registry.get('irritants');
  const id = await resolved(record, slice, key);
  const query = { knownAt: options.knownAt, effectiveAt: options.effectiveAt };
  const { moment } = stateAsOf(record, slice, id, query);
  const frames = await Array.fromAsync(replay(record, slice, id, moment));
  const titles: Record<string, string> = {};
  for (const sourceId of sourcesOf(frames)) {
    const source = await record.world.folded('sources', sourceId);
    if (source !== undefined) titles[sourceId] = titleOf(represent(source));
  }
  return { frames, titles };
}

async function framesThere(
  directory: string,
  key: string,
  options: ReplayOptions,
): Promise<{ frames: Frame[]; titles: Titles }> {
  const remote = await remoteOf(directory, 'reader', settingsFrom(options).key);
  const query = new URLSearchParams();
  if (options.knownAt !== undefined) query.set('knownAt', options.knownAt);
  if (options.effectiveAt !== undefined) query.set('effectiveAt', options.effectiveAt);
  const response = await remote.call(
    'GET',
    `/v1/irritants/${encodeURIComponent(key)}/replay?${query.toString()}`,
  );
  const frames: Frame[] = [];
  if (response.body !== null) {
    const lines = createInterface({ input: Readable.fromWeb(response.body as never) });
    for await (const line of lines) frames.push(JSON.parse(line) as Frame);
  }
  const titles: Record<string, string> = {};
  for (const sourceId of sourcesOf(frames)) {
    const response = await remote.call('GET', `/v1/sources/${sourceId}`);
    titles[sourceId] = titleOf((await response.json()) as SourceDocument);
  }
  return { frames, titles };
}

interface SourceDocument {
  readonly title?: unknown;
  readonly issuers?: unknown;
}

/** Two ministries may give their statements the same title, so the issuers stand with it. */
function titleOf({ title, issuers }: SourceDocument): string {
  const by = Array.isArray(issuers) && issuers.length > 0 ? ` of ${issuers.join(' and ')}` : '';
  return `${typeof title === 'string' ? title : 'a source whose title is erased'}${by}`;
}

function sourcesOf(frames: readonly Frame[]): readonly string[] {
  return [...new Set(frames.flatMap(({ event }) => event.envelope.sources.map((one) => one.sourceId)))];
}

/** A timeline for people, or one JSON frame a line for programs. */
export async function replayInTerminal(key: string, options: ReplayOptions): Promise<void> {
  const directory = recordIn(options);
  const { frames, titles } = await hereOrThere(
    () => withRecord(directory, (record) => framesHere(record, key, options), { readOnly: true }),
    () => framesThere(directory, key, options),
  );
  if (options.json === true) {
    for (const frame of frames) process.stdout.write(`${JSON.stringify(frame)}\n`);
    return;
  }
  const colours = process.stdout.isTTY && settingsFrom(options).colours;
  const width = process.stdout.columns ?? widthUnlessTerminal;
  process.stdout.write(
    renderTimeline({
      frames,
      titles,
      colours,
      width,
      knownAt: options.knownAt,
      effectiveAt: options.effectiveAt,
    }),
  );
}
