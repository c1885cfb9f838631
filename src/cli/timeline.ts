import { latestMoment } from '#libs/edtf';
import type { Frame } from '../audit/replay.js';
import type { IrritantDocument } from '../audit/documents.js';
import { instantInWords, isSameDay, occurredInWords } from '../pages/dates.js';
import { labelOf, withoutTail } from '../pages/quotes.js';
import type { Quote, Told } from '../pages/quotes.js';
import { capacityInWords, capacityMarks, term } from '../pages/terms.js';
import { headerLines } from './timeline-header.js';
import { shown, written } from './shown.js';
import type { Part, Shown } from './shown.js';
import { inkFor, wrapped } from './timeline-ink.js';
import type { Ink } from './timeline-ink.js';
import { marked, running, stairsWidth, stepped } from './timeline-stairs.js';

/** Two ministries may give their statements the same title, so the issuers stand with it. */
export interface CitedSource {
  /** Null once it is erased. */
  readonly title: string | null;
  readonly issuers: readonly string[];
}

export interface Timeline {
  readonly frames: readonly Frame[];
  /** By source id; a source that is not there is named by its id. */
  readonly sources: { readonly [sourceId: string]: CitedSource };
  readonly colours: boolean;
  readonly width?: number;
  readonly knownAt?: string | undefined;
  readonly effectiveAt?: string | undefined;
}

const widthMin = 60;
const widthUnlessKnown = 100;

interface Block {
  readonly frame: Frame;
  readonly before: string | undefined;
  readonly after: string | undefined;
  readonly amendments: readonly string[];
  /** It had not happened by the effective date. */
  readonly leftOut: boolean;
}

function stageOf(frame: Frame | undefined): string | undefined {
  return frame?.state?.['stage'] as string | undefined;
}

/** What later or earlier entries have to do with this one. */
function amendmentsOf(frames: readonly Frame[], { event }: Frame): readonly string[] {
  const verbs: { readonly [type: string]: readonly [string, string] } = {
    EventCorrected: ['corrected', 'corrects'],
    EventRetracted: ['retracted', 'retracts'],
    ErasureRequested: ['asked to be erased', 'asks to erase'],
    ContentErased: ['erased', 'erases'],
  };
  const target = frames.find((one) => one.event.envelope.id === event.data['target']);
  const own = verbs[event.envelope.type]?.[1];
  return [
    ...(target === undefined || own === undefined ? [] : [`${own} s${target.seq}`]),
    ...frames
      .filter((one) => one.event.data['target'] === event.envelope.id)
      .map((one) => `${verbs[one.event.envelope.type]?.[0] ?? 'amended'} later, by s${one.seq}`),
  ];
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

function toldIn(pieces: readonly Told[]): Part {
  return pieces.map(({ text, isWritten }) => (isWritten ? written(text) : text));
}

function titleOf(id: string, source: CitedSource | undefined): Part {
  if (source === undefined) return id;
  const title = source.title === null ? 'a source whose title is erased' : written(source.title);
  return shown`${title}${source.issuers.length === 0 ? '' : ` of ${source.issuers.join(' and ')}`}`;
}

function textOf(block: Block, ink: Ink, sources: Timeline['sources']): readonly Shown[] {
  const { frame, before, after, amendments } = block;
  const { envelope } = frame.event;
  const { head, quotes } = withoutTail(frame.summary, frame.event);
  const { party } = envelope.act;
  const who = party === null ? '' : shown`${ink.party(party)} · `;
  const cited = envelope.sources.map(({ sourceId, locator }, index) => {
    const title = shown`${index === 0 ? ', citing ' : '; '}“${titleOf(sourceId, sources[sourceId])}”`;
    return locator === undefined ? title : shown`${title} (${written(locator)})`;
  });
  const moved = after !== undefined && after !== before;
  const stages = before === undefined ? term(after ?? '') : `${term(before)} → ${term(after ?? '')}`;
  return [
    shown`${ink.paint('bold', `s${frame.seq}`)} r${envelope.revision} ${ink.paint('dim', clocksOf(frame))}`,
    ink.paint('bold', toldIn(head)),
    ...quotes.map((one) => shown`${ink.paint('dim', introducing(one))} “${written(one.text)}”`),
    shown`${who}${capacityMarks[envelope.act.capacity]} ${capacityInWords(envelope.act)}${cited}`,
    ...amendments.map((one) => ink.paint('yellow', `! ${one}`)),
    ...(block.leftOut ? [ink.paint('dim', 'not counted: it had not happened by then')] : []),
    ...(moved ? [ink.paint(['bold', 'green'], `stage: ${stages}`)] : []),
  ];
}

/** One entry: the mark of its capacity on the line, its words beside it, and the step where the stage moved. */
function blockLines(block: Block, ink: Ink, width: number, sources: Timeline['sources']): readonly string[] {
  const { frame, before, after } = block;
  const lines = textOf(block, ink, sources).flatMap((text) => hanging(text, width - stairsWidth));
  const moved = after !== undefined && after !== before;
  const gutters = lines.map((_, index) => {
    if (index === 0) return marked(before ?? after, capacityMarks[frame.event.envelope.act.capacity]);
    if (moved && index === lines.length - 1) return stepped(before ?? after, after);
    return running(before ?? after);
  });
  return [
    ...lines.map((line, index) => `${ink.paint('green', gutters[index] ?? '').text}${line}`),
    ink.paint('green', running(after ?? before).trimEnd()).text,
  ];
}

/** The history of one irritant for a terminal: where it stands, then every entry on a line that steps with the stage. */
export function renderTimeline(timeline: Timeline): string {
  const { frames, colours, sources, knownAt, effectiveAt } = timeline;
  const irritant = frames.at(-1)?.state as unknown as IrritantDocument | null | undefined;
  if (irritant === null || irritant === undefined) return 'At that moment the record held nothing of it.\n';
  const width = Math.max(widthMin, timeline.width ?? widthUnlessKnown);
  const parties = irritant.parties.toSorted();
  const ink = inkFor(parties, colours);
  const blocks = frames.map((frame, index) => ({
    frame,
    before: stageOf(frames[index - 1]),
    after: stageOf(frame),
    amendments: amendmentsOf(frames, frame),
    leftOut: isLeftOut(frame, effectiveAt),
  }));
  return [
    ...headerLines({ irritant, parties, ink, width, knownAt, effectiveAt }),
    ...blocks.flatMap((block) => blockLines(block, ink, width, sources)),
    `${frames.length} ${frames.length === 1 ? 'entry' : 'entries'}`,
    '',
  ].join('\n');
}
