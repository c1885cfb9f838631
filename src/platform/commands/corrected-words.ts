import { isDeepStrictEqual } from 'node:util';
import type { Amending, Fields } from './amending-terms.js';
import type { Stored } from '../record/envelope.js';
import { targetOf } from '../record/redating.js';

/** The new words, if it gives any. What the service filled stands on in them, such as the hash of bytes. */
function withDrawn({ slice, request }: Amending, target: Stored): Fields | undefined {
  const words = request.content['content'] as Fields | undefined;
  const drawn = slice.schemas[target.type]?.drawn ?? [];
  const kept = Object.entries(target.content).filter(([name]) => drawn.includes(name));
  return words === undefined ? undefined : { ...words, ...Object.fromEntries(kept) };
}

interface Wording {
  readonly id: string;
  readonly words: Fields;
}

/** The words of the event as it was recorded, and by each correction of them, whether or not that still counts. */
function wordingsOf(events: readonly Stored[], target: Stored): readonly Wording[] {
  const corrections = events.filter((one) => one.type === 'EventCorrected' && targetOf(one) === target.id);
  const worded = corrections.flatMap(({ id, content }) => {
    const words = content['content'] as Fields | undefined;
    return words === undefined ? [] : [{ id, words }];
  });
  return [{ id: target.id, words: target.content }, ...worded].map(({ id, words }) => ({
    id,
    words: plain(words),
  }));
}

/** As it is stored: a member that is undefined is not there. */
function plain(value: Fields): Fields {
  return JSON.parse(JSON.stringify(value)) as Fields;
}

export interface Reading {
  readonly field: string;
  readonly as?: string;
}

/** Of each field that any wording has, the first in which it reads as it does in these words. */
function readingOf(wordings: readonly Wording[], words: Fields): readonly Reading[] {
  const names = new Set([...wordings.map((one) => one.words), words].flatMap((one) => Object.keys(one)));
  return [...names].toSorted().map((field) => {
    const first = wordings.find((one) => isDeepStrictEqual(one.words[field], words[field]));
    return first === undefined ? { field } : { field, as: first.id };
  });
}

/**
 * What a correction says, with whose wording each field has by it: rules read that, and never the words. Erased words
 * are told apart all the same.
 */
export function correctedWords(
  amending: Amending,
  target: Stored,
): { readonly reading: readonly Reading[]; readonly content: Fields } {
  const { events, request } = amending;
  const words = withDrawn(amending, target);
  if (words === undefined) return { reading: [], content: request.content };
  const reading = readingOf(wordingsOf(events, target), plain(words));
  return { reading, content: { ...request.content, content: words } };
}
