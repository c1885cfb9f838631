import { titleOf } from '../platform/record/findable.js';
import { idOf, represent } from '../platform/record/fold.js';
import type { Aggregate } from '../platform/record/fold.js';
import type { Slice } from '../platform/record/slice.js';
import type { AtMoment } from './at-moment.js';

/** The entry in whose stream an event stands. */
export interface Subject {
  /** The prefix of its slice: `irritant`, `round` and so on. */
  readonly kind: string;
  readonly id: string;
  /** Its key, if it has one, and what it is called; null where it is called nothing, or its words are erased. */
  readonly name: string | null;
}

interface Called {
  readonly key: unknown;
  readonly title: unknown;
}

/** The name by which people know it: its key, then its title. */
export function nameIn({ key, title }: Called): string | null {
  const parts = [key, title].filter((one) => typeof one === 'string' && one !== '');
  return parts.length === 0 ? null : parts.join(' ');
}

/** From the read model where nothing changed since the moment: it is called there as it was called then. */
function calledAsListed(at: AtMoment, slice: Slice, id: string): Called | undefined {
  const row = at.rowListed(slice, id, `title, json_extract(document, '$.key') AS key`);
  return row === undefined ? undefined : { key: row['key'], title: row['title'] };
}

/** What a fold is called. */
export function calledAsFolded(folded: Aggregate): Called {
  const document = represent(folded);
  return { key: document['key'], title: titleOf(folded, document) };
}

/** Named as the record named it at the moment of knowledge, also by what had not happened yet by an effective date. */
export function subjectOf(at: AtMoment, stream: string): Subject {
  const slice = at.record.registry.ofStream(stream);
  const id = idOf(stream);
  const listed = calledAsListed(at, slice, id);
  const folded = listed === undefined ? at.beside(slice, id) : undefined;
  const called = folded === undefined ? listed : calledAsFolded(folded);
  return { kind: slice.prefix, id, name: called === undefined ? null : nameIn(called) };
}
