import { recorderIn } from '#libs/decider';
import type { Stored } from '../../src/platform/record/envelope.js';

/** An entry of a history, and what people read of it. */
export interface Summed {
  readonly seq: number;
  readonly event: Pick<Stored, 'type' | 'stream' | 'act' | 'occurred' | 'data'> & {
    readonly content: object | null;
  };
  readonly summary: string;
}

const uuid = /[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/g;
const hash = /[0-9a-f]{64}/g;

/** What is said by the entry. New ids say nothing, nor do hashes over what no other hash is drawn from. */
function sayingOf({ event }: Summed, known: ReadonlySet<string>): string {
  const { type, act, data, content } = event;
  const { nonce: _, ...words } = (content ?? {}) as { readonly nonce?: unknown };
  const { party, capacity, recorderParty } = act;
  const isWordless = Object.keys(words).length === 0 && capacity !== 'derived';
  const when = isWordless ? event.occurred?.edtf : undefined;
  const fields = Object.entries(data).toSorted(([one], [other]) => (one < other ? -1 : 1));
  return JSON.stringify([type, party, capacity, recorderParty, when, fields, words])
    .replace(uuid, (id) => (known.has(id) ? id : 'new'))
    .replace(hash, 'hash');
}

/**
 * Entries of one history that read alike, and are not the very same once more, as the record takes it: the same act of the
 * same party by the same recorder on the same matter, in the same words or, where it has none, of the same date.
 * `entries` are the ids that streams have, which are nobody's new ones.
 */
export function readAlike(history: readonly Summed[], entries: Iterable<string>): readonly string[] {
  const known = new Set(entries);
  const seen = new Map<string, { readonly saying: string; readonly seq: number }>();
  return history.flatMap((one) => {
    const saying = sayingOf(one, known);
    for (const [id] of JSON.stringify(one.event.data).matchAll(uuid)) known.add(id);
    const before = seen.get(one.summary);
    seen.set(one.summary, { saying, seq: one.seq });
    return before === undefined || before.saying === saying
      ? []
      : [`s${before.seq} and s${one.seq}: ${one.summary} (${before.saying} and ${saying})`];
  });
}

/** Attributed entries whose summary does not say on whose side they were recorded. */
export function withoutRecorder(history: readonly Summed[]): readonly string[] {
  return history.flatMap(({ seq, event, summary }) => {
    const recorder = recorderIn(event.act);
    const isSaid = recorder === undefined || summary.includes(`recorded by ${recorder}`);
    return isSaid ? [] : [`s${seq} ${event.type}: ${summary}`];
  });
}
