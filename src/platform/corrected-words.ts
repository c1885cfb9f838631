import { isDeepStrictEqual } from 'node:util';
import type { Amending, Fields } from './amending-terms.js';
import { standingsIn } from './dropping.js';
import type { Stored } from './envelope.js';
import { targetOf } from './redating.js';

/** The new words, if it gives any. What the service filled stands on in them, such as the hash of bytes. */
function withDrawn({ slice, request }: Amending, target: Stored): Fields | undefined {
  const words = request.content['content'] as Fields | undefined;
  const drawn = slice.schemas[target.type]?.drawn ?? [];
  const kept = Object.entries(target.content).filter(([name]) => drawn.includes(name));
  return words === undefined ? undefined : { ...words, ...Object.fromEntries(kept) };
}

/** The words of the event by the last correction of them that counts. */
function presentWords(events: readonly Stored[], target: Stored): Fields {
  const { dropped } = standingsIn(events);
  const last = events.findLast(
    (one) =>
      one.type === 'EventCorrected' &&
      targetOf(one) === target.id &&
      one.content['content'] !== undefined &&
      !dropped.has(one.id),
  );
  return (last?.content['content'] as Fields | undefined) ?? target.content;
}

/** As it is stored: a member that is undefined is not there. */
function plain(value: Fields): Fields {
  return JSON.parse(JSON.stringify(value)) as Fields;
}

function differing(was: Fields, is: Fields): readonly string[] {
  return Object.keys({ ...was, ...is })
    .filter((name) => !isDeepStrictEqual(was[name], is[name]))
    .toSorted();
}

/** What a correction says, with the names of the fields whose words it changes: rules read those, and never the words. */
export function correctedWords(
  amending: Amending,
  target: Stored,
): { readonly changed: readonly string[]; readonly content: Fields } {
  const { events, request } = amending;
  const words = withDrawn(amending, target);
  if (words === undefined) return { changed: [], content: request.content };
  const changed = differing(plain(presentWords(events, target)), plain(words));
  return { changed, content: { ...request.content, content: words } };
}
