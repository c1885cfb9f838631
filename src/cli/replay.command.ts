import type { DialogueDocument, IrritantDocument } from '../reading/documents.js';
import { Readings } from '../reading/readings.js';
import type { Frame } from '../reading/replay.js';
import { resolved } from '../platform/record/resolving.js';
import type { Instrument } from '../briefing/open-points.js';
import { readDialogue } from '../site/irritant.reading.js';
import type { RecordRead } from '../platform/record/reading.js';
import { jsonLinesOf } from './json-lines.js';
import { withRecord } from './opened.js';
import { hereOrThere, remoteOf } from './remote.js';
import type { Remote } from './remote.js';
import { recordIn, settingsFrom } from './settings.js';
import type { CommonOptions } from './settings.js';
import { renderTimeline } from './timeline.js';
import type { CitedSource, Timeline } from './timeline.js';

interface ReplayOptions extends CommonOptions {
  readonly knownAt?: string;
  readonly effectiveAt?: string;
  readonly json?: boolean;
}

interface Replayed {
  readonly frames: readonly Frame[];
  readonly sources: Timeline['sources'];
  readonly dialogue: Timeline['dialogue'];
  readonly instruments: Timeline['instruments'];
}

/** The overview is of the irritant at the moment; whose record the dialogue is, at the same one. */
type Overview = Pick<IrritantDocument, 'dialogueId' | 'raisers' | 'respondents'> & {
  readonly linked: readonly Instrument[];
};

const waitMs = 30_000;
const widthUnlessTerminal = 100;

async function replayedHere(record: RecordRead, key: string, options: ReplayOptions): Promise<Replayed> {
  await record.projections.settled({ timeoutMs: waitMs });
  const slice = record.registry.part('matter');
  const id = await resolved(record, slice, key);
  const readings = Readings.of(
    record,
    { knownAt: options.knownAt, effectiveAt: options.effectiveAt },
    slice,
    id,
  );
  readings.found(slice, id);
  const frames = await Array.fromAsync(readings.replay(slice, id));
  // What is cited is named whenever it was said to have come about.
  const known = new Readings(record, {}, {}, { ...readings.moment, counts: () => true });
  const sources = citedIn(frames).flatMap((sourceId) => {
    const source = known.one('sources', sourceId);
    return source === undefined ? [] : [[sourceId, citedSource(source)] as const];
  });
  const overview = readings.overview(id) as unknown as Overview;
  const dialogue = readDialogue(readings, overview.dialogueId, partiesTo(overview));
  return { frames, sources: Object.fromEntries(sources), dialogue, instruments: overview.linked };
}

async function replayedThere(directory: string, key: string, options: ReplayOptions): Promise<Replayed> {
  const remote = await remoteOf(directory, 'reader', settingsFrom(options).key);
  const query = new URLSearchParams();
  if (options.knownAt !== undefined) query.set('knownAt', options.knownAt);
  if (options.effectiveAt !== undefined) query.set('effectiveAt', options.effectiveAt);
  const path = `/v1/irritants/${encodeURIComponent(key)}`;
  const { body } = await remote.call('GET', `${path}/replay?${query.toString()}`);
  const frames = body === null ? [] : ((await Array.fromAsync(jsonLinesOf(body))) as Frame[]);
  // A revision names a moment of one stream; the ordinal that stands for it names the same moment of the sources.
  const known =
    options.knownAt === undefined ? '' : `?knownAt=s${await knownSeqOf(remote, path, options.knownAt)}`;
  const sources: Record<string, CitedSource> = {};
  for (const sourceId of citedIn(frames)) {
    const response = await remote.call('GET', `/v1/sources/${sourceId}${known}`);
    sources[sourceId] = citedSource((await response.json()) as object);
  }
  const overview = (await (
    await remote.call('GET', `${path}/overview?${query.toString()}`)
  ).json()) as Overview;
  const dialogue = await remote.call('GET', `/v1/dialogues/${overview.dialogueId}${known}`);
  return {
    frames,
    sources,
    dialogue: (await dialogue.json()) as DialogueDocument,
    instruments: overview.linked,
  };
}

function partiesTo({ raisers, respondents }: Overview): readonly string[] {
  return [...new Set([...raisers, ...respondents])];
}

async function knownSeqOf(remote: Remote, path: string, knownAt: string): Promise<number> {
  const response = await remote.call('GET', `${path}?knownAt=${encodeURIComponent(knownAt)}`);
  return ((await response.json()) as { readonly knownSeq: number }).knownSeq;
}

function citedSource({
  title,
  issuers,
}: {
  readonly title?: unknown;
  readonly issuers?: unknown;
}): CitedSource {
  return {
    title: typeof title === 'string' ? title : null,
    issuers: Array.isArray(issuers) ? (issuers as readonly string[]) : [],
  };
}

function citedIn(frames: readonly Frame[]): readonly string[] {
  return [...new Set(frames.flatMap(({ event }) => event.envelope.sources.map((one) => one.sourceId)))];
}

/** A timeline for people, or one JSON frame a line for programs. */
export async function replayInTerminal(key: string, options: ReplayOptions): Promise<void> {
  const directory = recordIn(options);
  const { frames, ...about } = await hereOrThere(
    () => withRecord(directory, (record) => replayedHere(record, key, options), { readOnly: true }),
    () => replayedThere(directory, key, options),
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
      ...about,
      colours,
      width,
      knownAt: options.knownAt,
      effectiveAt: options.effectiveAt,
    }),
  );
}
