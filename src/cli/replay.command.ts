import type { DialogueDocument, IrritantDocument } from '../reading/documents.js';
import { checkpointsAlone } from '../ledger/checkpoints-alone.js';
import { instantIn } from '../reading/moment.js';
import type { Moment } from '../reading/moment.js';
import { Readings } from '../reading/readings.js';
import type { Frame } from '../reading/replay.js';
import { asOf, readQuery } from '../platform/http/query.js';
import { resolved } from '../platform/record/resolving.js';
import type { Instrument } from '../briefing/open-points.js';
import { readDialogue } from '../site/irritant.reading.js';
import type { OpenRecord } from '../platform/record.js';
import { restsOnInWords } from '../wording/graded.js';
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
  readonly grade?: string;
  readonly json?: boolean;
}

export interface Replayed {
  /** What the moment rests on, where it was told by what was signed. */
  readonly restsOn: string | undefined;
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

/** As the parameters of a read have it. */
function momentAsked(options: ReplayOptions): Record<string, string> {
  const given = (['knownAt', 'effectiveAt', 'grade'] as const).flatMap((name) => {
    const value = options[name];
    return value === undefined ? [] : [[name, value] as const];
  });
  return Object.fromEntries(given);
}

async function replayedHere(record: OpenRecord, key: string, options: ReplayOptions): Promise<Replayed> {
  await record.projections.settled({ timeoutMs: waitMs });
  if (options.grade !== undefined)
    record.standings.checkpointsFrom(checkpointsAlone(record, settingsFrom(options)));
  const slice = record.registry.part('matter');
  const id = await resolved(record, slice, key);
  const query = await readQuery(asOf, momentAsked(options));
  const readings = await Readings.of(record, query, slice, id).graded();
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
  const restsOn = restsOnInWords(readings.moment);
  return { frames, sources: Object.fromEntries(sources), dialogue, instruments: overview.linked, restsOn };
}

async function replayedThere(directory: string, key: string, options: ReplayOptions): Promise<Replayed> {
  const remote = await remoteOf(directory, 'reader', settingsFrom(options).key);
  const query = new URLSearchParams(momentAsked(options));
  const path = `/v1/irritants/${encodeURIComponent(key)}`;
  const { body } = await remote.call('GET', `${path}/replay?${query.toString()}`);
  const frames = body === null ? [] : ((await Array.fromAsync(jsonLinesOf(body))) as Frame[]);
  // A revision names a moment of one stream; the ordinal that stands for it names the same moment of the sources.
  const { effectiveAt: _, ...asked } = momentAsked(options);
  const moment = options.knownAt === undefined ? undefined : await momentOf(remote, path, asked);
  const known = moment === undefined ? '' : `?knownAt=s${moment.knownSeq}`;
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
    restsOn: moment && restsOnInWords({ ...moment, knownMs: instantIn(options.knownAt ?? '') ?? 0 }),
  };
}

function partiesTo({ raisers, respondents }: Overview): readonly string[] {
  return [...new Set([...raisers, ...respondents])];
}

type MomentThere = Pick<Moment, 'knownSeq' | 'grade' | 'checkpoint'>;

async function momentOf(remote: Remote, path: string, asked: Record<string, string>): Promise<MomentThere> {
  const response = await remote.call('GET', `${path}?${new URLSearchParams(asked).toString()}`);
  return (await response.json()) as MomentThere;
}

function citedSource({
  title,
  issuers,
  registered,
}: {
  readonly title?: unknown;
  readonly issuers?: unknown;
  readonly registered?: unknown;
}): CitedSource {
  return {
    title: typeof title === 'string' ? title : null,
    issuers: Array.isArray(issuers) ? (issuers as readonly string[]) : [],
    ...(typeof registered === 'object' && registered !== null ? { registered } : {}),
  };
}

function citedIn(frames: readonly Frame[]): readonly string[] {
  return [...new Set(frames.flatMap(({ event }) => event.envelope.sources.map((one) => one.sourceId)))];
}

/** From the folder itself, or through the server that has it. */
export async function replayed(key: string, options: ReplayOptions): Promise<Replayed> {
  const directory = recordIn(options);
  return hereOrThere(
    () => withRecord(directory, (record) => replayedHere(record, key, options), { readOnly: true }),
    () => replayedThere(directory, key, options),
  );
}

/** A timeline for people, or one JSON frame a line for programs. */
export async function replayInTerminal(key: string, options: ReplayOptions): Promise<void> {
  const { frames, ...about } = await replayed(key, options);
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
