import { entityTag } from '#libs/preconditions';
import { WrittenAnswer } from '../platform/http/written-answer.js';
import { represent, streamOf } from '../platform/record/fold.js';
import type { Aggregate } from '../platform/record/fold.js';
import type { RecordRead } from '../platform/record/reading.js';
import type { LoadedStream } from '../platform/record/streams.js';
import { keptIn } from './at-moment.js';
import type { AtMoment } from './at-moment.js';
import { nextLink } from './cursor.js';
import type { Kept } from './documents.js';
import type { HistoryPage } from './history.js';
import { headerOf } from './kept.interceptor.js';
import type { Listed } from './listed.js';
import type { Page } from './listing.js';

interface Written {
  readonly text: string;
  readonly dialogueId: string | undefined;
  readonly kept: Kept | undefined;
}

/** By fold: it is dropped with the stream as it was read, when that grows, is let go, or loses words. */
const writtenOf = new WeakMap<Aggregate, Written>();

function written(folded: Aggregate): Written {
  const known = writtenOf.get(folded);
  if (known !== undefined) return known;
  const entry = represent(folded);
  const { dialogueId, kept } = entry as { readonly dialogueId?: unknown; readonly kept?: Kept };
  const made = {
    text: JSON.stringify(entry),
    dialogueId: typeof dialogueId === 'string' ? dialogueId : undefined,
    kept,
  };
  writtenOf.set(folded, made);
  return made;
}

/**
 * One entry as its own stream has it. It holds as long as that stream and the one of its dialogue, by which it is decided
 * who sees it and how it is kept, are the ones that were read.
 */
export async function writtenEntry(
  { present, registry }: RecordRead,
  read: LoadedStream,
  folded: Aggregate,
  isKept: boolean,
): Promise<WrittenAnswer> {
  const { text, dialogueId, kept: own } = written(folded);
  const ofDialogue = dialogueId === undefined ? undefined : streamOf(registry.part('dialogue'), dialogueId);
  const dialogue = ofDialogue === undefined ? undefined : await present.stream(ofDialogue);
  const kept = own ?? keptIn(dialogue?.folded);
  const headers = {
    ETag: entityTag(BigInt(folded.revision)),
    ...(kept === null ? {} : { 'Dialogue-Kept': headerOf(kept) }),
  };
  const streams: readonly (readonly [string, LoadedStream])[] = [
    [streamOf(folded.slice, folded.id), read],
    ...(ofDialogue === undefined || dialogue === undefined ? [] : [[ofDialogue, dialogue] as const]),
  ];
  const holds = () => streams.every(([stream, one]) => present.isCurrent(stream, one));
  const answer: WrittenAnswer = new WrittenAnswer(
    text,
    headers,
    isKept ? { holds, make: () => answer } : undefined,
  );
  return answer;
}

/** One page of a list, of which only the places are sealed anew each time; `holds` tells for how long the rest is the same. */
export function writtenList(page: Page, url: string, holds?: () => boolean): WrittenAnswer {
  const { slice, entries, at, about, asOfSeq, pinned, sealed } = page;
  const saysItself = slice.keptBy !== undefined;
  const items = entries.map((one) => (saysItself ? one.text : withKept(one, at))).join(',');
  const make = (): WrittenAnswer => {
    const { asOf, next } = sealed();
    const places = JSON.stringify({ asOf, asOfSeq, ...about });
    const link = nextLink(url, next, asOf, pinned);
    return new WrittenAnswer(
      `{"items":[${items}],${places.slice(1)}`,
      link === undefined ? {} : { Link: link },
      holds === undefined ? undefined : { holds, make },
    );
  };
  return make();
}

/** An entry of a dialogue with how that is kept; in the place in which `AtMoment.withKept` puts it. */
function withKept({ text, dialogueId }: Listed, at: AtMoment): string {
  if (dialogueId === undefined) return text;
  const kept = JSON.stringify(at.kept(dialogueId)) as string | undefined;
  return kept === undefined ? text : `${text.slice(0, -1)},"kept":${kept}}`;
}

/** One page of a history; only where the next one starts is sealed anew each time. */
export function writtenHistory(
  { next, ...page }: HistoryPage,
  { url, proofs }: { readonly url: string; readonly proofs: string },
  holds?: () => boolean,
): WrittenAnswer {
  const text = JSON.stringify(page);
  const make = (): WrittenAnswer => {
    const link = nextLink(url, next(), `s${page.asOfSeq}`, { proofs });
    const headers = link === undefined ? {} : { Link: link };
    return new WrittenAnswer(text, headers, holds === undefined ? undefined : { holds, make });
  };
  return make();
}
