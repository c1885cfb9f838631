import { latestMoment } from '#libs/edtf';
import type { Frame } from '../reading/replay.js';
import type { IrritantDocument } from '../reading/documents.js';
import type { Instrument } from '../briefing/open-points.js';
import { renamedIn } from '../wording/corrected-source.js';
import { instantInWords, isSameDay, occurredInWords } from '../wording/dates.js';
import type { Keeping } from '../wording/kept.js';
import { labelOf } from '../wording/quotes.js';
import type { Quote } from '../wording/quotes.js';
import { aloneInWords, outInWords, recordedInWords } from '../wording/standing.js';
import { aboutInWords, entryInWords } from '../wording/tellings.js';
import type { Entry } from '../wording/tellings.js';
import { capacityMarks, term } from '../wording/terms.js';
import { amendmentsOf, entriesOf, flagsOf, stageOf, stepsOf } from './timeline-entries.js';
import { headerLines } from './timeline-header.js';
import { shown, written } from './shown.js';
import type { Part, Shown } from './shown.js';
import { inkFor, wrapped } from './timeline-ink.js';
import type { Ink } from './timeline-ink.js';
import { marked, running, stairsWidth, stepped } from './timeline-stairs.js';
import { toldIn, wordsIn } from './timeline-words.js';

/** Two ministries may give their statements the same title, so the issuers stand with it. */
export interface CitedSource {
  /** Null once it is erased. */
  readonly title: string | null;
  readonly issuers: readonly string[];
  /** Who registered it, with what became of its words. */
  readonly registered?: object;
}

export interface Timeline {
  readonly frames: readonly Frame[];
  /** Whose record it is, as of the same moment. */
  readonly dialogue: Keeping;
  /** What is linked with it, as of the same moment. */
  readonly instruments: readonly Instrument[];
  /** By source id; a source that is not there is named by its id. */
  readonly sources: { readonly [sourceId: string]: CitedSource };
  readonly colours: boolean;
  readonly width?: number;
  readonly knownAt?: string | undefined;
  readonly effectiveAt?: string | undefined;
  /** By what the moment was told, where that is what was signed by then. */
  readonly restsOn?: string | undefined;
}

const widthMin = 60;
const widthUnlessKnown = 100;

interface Block {
  readonly frame: Frame;
  readonly entry: Entry;
  /** The earlier entry that it is about. */
  readonly on: Entry | undefined;
  readonly all: readonly Entry[];
  readonly before: string | undefined;
  readonly after: string | undefined;
  /** The steps of the line, which are not those of the stage where it ended without being resolved. */
  readonly from: string | undefined;
  readonly to: string | undefined;
  readonly amendments: readonly string[];
  readonly flags: readonly Shown[];
  /** It had not happened by the effective date. */
  readonly leftOut: boolean;
}

function isLeftOut({ event: { envelope } }: Frame, effectiveAt: string | undefined): boolean {
  if (effectiveAt === undefined || envelope.occurred === undefined) return false;
  return latestMoment(envelope.occurred) > latestMoment({ edtf: effectiveAt });
}

function clocksOf({ event: { envelope } }: Frame): string {
  const recorded = instantInWords(envelope.recordedAt);
  if (envelope.occurred === undefined) return `recorded ${recorded}`;
  const occurred = `occurred ${occurredInWords(envelope.occurred)}`;
  return isSameDay(envelope.occurred, envelope.recordedAt)
    ? `${occurred}, recorded the same day ${recorded.slice(11)}`
    : `${occurred}; recorded ${recorded}`;
}

/** What the words are and in which language, as far as each is known: `title (en):`. */
function introducing(quote: Quote): string {
  const label = labelOf(quote);
  if (quote.lang === null) return `${label}:`;
  return label === '' ? `${quote.lang}:` : `${label} (${quote.lang}):`;
}

/** Lines that a long one goes on in stand further in, so that each sentence is seen to begin. */
function hanging(text: Shown, width: number): readonly string[] {
  return wrapped(text, width - 2).map((line, index) => (index === 0 ? line : `  ${line}`));
}

function titleOf(id: string, source: CitedSource | undefined): Part {
  if (source === undefined) return id;
  const title = source.title === null ? 'a source whose title is erased' : written(source.title);
  const issuers = source.issuers.length === 0 ? '' : ` of ${source.issuers.join(' and ')}`;
  const renamed = renamedIn(source).at(-1);
  return shown`${title}${issuers}${renamed === undefined ? '' : ` (corrected by ${renamed.by})`}`;
}

function textOf(block: Block, ink: Ink, sources: Timeline['sources']): readonly Shown[] {
  const { frame, entry, on, all, before, after, amendments, flags } = block;
  const { envelope } = frame.event;
  const { head, quotes } = entryInWords(entry, on, all);
  const about = on === undefined ? [] : aboutInWords(entry, on);
  const { party, capacity } = envelope.act;
  const out = outInWords(entry.standing);
  const recorded =
    capacity === 'attributed' && entry.standing !== 'unheard' ? capacity : recordedInWords(entry);
  const who = party === null ? '' : shown`${ink.party(party)} · `;
  const cited = envelope.sources.map(({ sourceId, locator }, index) => {
    const title = shown`${index === 0 ? ', citing ' : '; '}${titleOf(sourceId, sources[sourceId])}`;
    return locator === undefined ? title : shown`${title} (${written(locator)})`;
  });
  const moved = after !== undefined && after !== before;
  const stages = before === undefined ? term(after ?? '') : `${term(before)} → ${term(after ?? '')}`;
  return [
    shown`${ink.paint('bold', `s${frame.seq}`)} r${envelope.revision} ${ink.paint('dim', clocksOf(frame))}`,
    ink.paint('bold', out === undefined ? toldIn(head) : shown`✗ ${toldIn(head)}`),
    ...(on === undefined || about.length === 0 ? [] : [shown`on s${on.seq}: ${toldIn(about)}`]),
    ...quotes.map((one) => shown`${ink.paint('dim', introducing(one))} ${wordsIn(one)}`),
    shown`${who}${capacityMarks[capacity]} ${recorded}${cited}`,
    ...(out === undefined ? [] : [ink.paint('yellow', shown`! ${out}`)]),
    ...[...flags, ...amendments].map((one) => ink.paint('yellow', shown`! ${one}`)),
    ...(block.leftOut ? [ink.paint('dim', 'not counted: it had not happened by then')] : []),
    ...(moved ? [ink.paint(['bold', 'green'], `stage: ${stages}${aloneInWords(frame.state ?? {})}`)] : []),
  ];
}

/** One entry: the mark of its capacity on the line, its words beside it, and the step where the stage moved. */
function blockLines(block: Block, ink: Ink, width: number, sources: Timeline['sources']): readonly string[] {
  const { frame, before, after, from, to } = block;
  const lines = textOf(block, ink, sources).flatMap((text) => hanging(text, width - stairsWidth));
  const moved = after !== undefined && after !== before;
  const gutters = lines.map((_, index) => {
    if (index === 0) return marked(from ?? to, capacityMarks[frame.event.envelope.act.capacity]);
    if (moved && to !== undefined && index === lines.length - 1) return stepped(from ?? to, to);
    return running(from ?? to);
  });
  return [
    ...lines.map((line, index) => `${ink.paint('green', gutters[index] ?? '').text}${line}`),
    ink.paint('green', running(to ?? from).trimEnd()).text,
  ];
}

/** The history of one irritant for a terminal: where it stands, then every entry on a line that steps with the stage. */
export function renderTimeline(timeline: Timeline): string {
  const { frames, dialogue, instruments, colours, sources, knownAt, effectiveAt, restsOn } = timeline;
  const irritant = frames.at(-1)?.state as unknown as IrritantDocument | null | undefined;
  if (irritant === null || irritant === undefined) return 'At that moment the record held nothing of it.\n';
  const width = Math.max(widthMin, timeline.width ?? widthUnlessKnown);
  const parties = dialogue.parties.toSorted();
  const ink = inkFor(parties, colours);
  const entries = entriesOf(frames);
  const steps = stepsOf(frames);
  const blocks = entries.flatMap((entry, index) => {
    const frame = frames[index];
    if (frame === undefined) return [];
    return [
      {
        frame,
        entry,
        on: entry.on === undefined ? undefined : entries[entry.on],
        all: entries,
        before: stageOf(frames[index - 1]),
        after: stageOf(frame),
        from: steps[index - 1],
        to: steps[index],
        amendments: amendmentsOf(frames, entry),
        flags: flagsOf(frames, entry, (id) => titleOf(id, sources[id])),
        leftOut: isLeftOut(frame, effectiveAt),
      },
    ];
  });
  return [
    ...headerLines({ irritant, dialogue, instruments, parties, ink, width, knownAt, effectiveAt, restsOn }),
    ...blocks.flatMap((block) => blockLines(block, ink, width, sources)),
    `${frames.length} ${frames.length === 1 ? 'entry' : 'entries'}`,
    '',
  ].join('\n');
}
