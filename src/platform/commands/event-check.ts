import type { Recorded } from '#libs/event-store';
import type { EventRegistry } from '../record/event-registry.js';
import { sealedText } from './proposed-event.js';
import { paperSealOf, sealOf } from '../record/seal.js';
import type { Slice } from '../record/slice.js';
import { wordsFault } from '../record/word-hash.js';

/** The fields of the data that hold a hash of the words, by the event that has them. */
function hashFields(slice: Slice, type: string): readonly string[] {
  const declared = Object.values(slice.commands).filter((one) => one.event === type);
  const fields = declared.flatMap(({ assigned = {} }) =>
    Object.entries(assigned).filter(([, how]) => /hash-of-(text|version)$/.test(how)),
  );
  return [...new Set(fields.map(([field]) => field))];
}

/** A version known by the hash of its paper was assented to with all that decides in it. */
function paperFault(data: Recorded['data']): string | undefined {
  const { textHash, contentHash } = data;
  if (typeof textHash !== 'string' || typeof contentHash !== 'string') return undefined;
  return contentHash === paperSealOf(textHash, data)
    ? undefined
    : 'it does not have the hash that contentHash says';
}

/** A text that is there has the hash that was assented to; one that is not there can't be compared. */
function sealFault(slice: Slice, { type, data, content }: Recorded): string | undefined {
  if (slice.schemas[type]?.sealed !== true || content === null) return undefined;
  const texts = sealedText(content);
  if (texts === undefined) return paperFault(data);
  const { nonce } = content;
  if (typeof nonce !== 'string')
    return 'its words are sealed by a hash, and what they were hashed with is gone';
  const hash = sealOf(texts, nonce, data);
  const differs = hashFields(slice, type).find((field) => data[field] !== hash);
  return differs === undefined ? undefined : `its words do not have the hash that ${differs} says`;
}

/** Words and salt come together and go together; where there never were words, a copy of a log hands on no salt. */
function saltFault({ content, salt }: Recorded): string | undefined {
  if ((content === null) === (salt === null)) return undefined;
  if (content !== null && Object.keys(content).length === 0) return undefined;
  return content === null ? 'its words are gone, and their salt is not' : 'the salt of its words is gone';
}

/** Whether the present version can read it. */
function shapeFault(registry: EventRegistry, recorded: Recorded): string | undefined {
  const { unreadable } = registry.read(recorded);
  return unreadable === undefined ? undefined : `no schema can read it: ${unreadable.because}`;
}

/** What is wrong with an event of the record as it stands by itself, in words; undefined where nothing is. */
export function eventFault(registry: EventRegistry, recorded: Recorded): string | undefined {
  const slice = registry.ofStream(recorded.stream);
  return (
    shapeFault(registry, recorded) ??
    saltFault(recorded) ??
    sealFault(slice, recorded) ??
    wordsFault(recorded)
  );
}
