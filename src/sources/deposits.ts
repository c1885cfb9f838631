import type { EventStore, Expected, NewEvent, Recorded } from '#libs/event-store';
import { appendTo, retrying } from '../platform/record/appending.js';
import { heldIn } from '../platform/record/beside.js';
import { everyEvent } from '../platform/record/every-event.js';
import type { Ids } from '../platform/record/ids.js';
import { isObject } from '../platform/shapes/sent.js';
import { eraseBytes, roomFor } from './blobs.js';

/** Bytes that were sent for a source of one dialogue. */
export interface Deposit {
  readonly bytesId: string;
  readonly size: number;
  /** The party whose people sent them; null where a secretariat did. Nobody else registers them. */
  readonly party: string | null;
  readonly keyHash: string;
  /** Gone once they are erased. */
  readonly sha256: string | undefined;
  readonly recordedAt: string;
  readonly revision: bigint;
  /** The one source that they belong to. */
  readonly sourceId?: string;
  /** Erased, or never registered: nobody reads them, and their room is free. */
  readonly dropped?: boolean;
}

export interface Deposits {
  readonly all: readonly Deposit[];
  readonly expected: Expected;
}

export interface Tools {
  readonly store: EventStore;
  readonly ids: Ids;
}

const prefix = 'blobs-';

/** Outside the record: whoever sends bytes says nothing by it, and the quota of a dialogue is guarded here. */
function streamOf(dialogueId: string): string {
  return prefix + dialogueId;
}

const text = (value: unknown) => (typeof value === 'string' ? value : undefined);

function begun({ type, data, content, recordedAt, revision }: Recorded): readonly Deposit[] {
  if (type !== 'BytesDeposited' || !isObject(data)) return [];
  const { bytesId, size, party, keyHash } = data;
  if (typeof bytesId !== 'string' || typeof size !== 'number' || typeof keyHash !== 'string') return [];
  const sha256 = isObject(content) ? text(content['sha256']) : undefined;
  return [{ bytesId, size, party: text(party) ?? null, keyHash, sha256, recordedAt, revision }];
}

/** What becomes of a deposit by an event that names it. */
function later(deposit: Deposit, { type, data }: Recorded): Deposit {
  if (!isObject(data) || data['bytesId'] !== deposit.bytesId) return deposit;
  if (type === 'BytesDropped') return { ...deposit, dropped: true };
  const sourceId = text(data['sourceId']);
  return type === 'BytesNamed' && sourceId !== undefined ? { ...deposit, sourceId } : deposit;
}

/** All that was sent for the sources of a dialogue; the quota bounds how many there can be. */
export async function depositsOf(
  store: Pick<EventStore, 'readStream'>,
  dialogueId: string,
): Promise<Deposits> {
  const all = new Map<string, Deposit>();
  let expected: Expected = 'no_stream';
  for await (const event of heldIn(store, streamOf(dialogueId))) {
    expected = event.revision;
    for (const one of begun(event)) all.set(one.bytesId, one);
    const named = isObject(event.data) ? all.get(text(event.data['bytesId']) ?? '') : undefined;
    if (named !== undefined) all.set(named.bytesId, later(named, event));
  }
  return { all: [...all.values()], expected };
}

/** The room that is taken, in bytes. */
export function roomTaken({ all }: Deposits): number {
  return all.reduce((sum, one) => (one.dropped === true ? sum : sum + roomFor(one.size)), 0);
}

export function note(
  { store, ids }: { readonly store: Pick<EventStore, 'append'>; readonly ids: Ids },
  dialogueId: string,
  { expected }: Deposits,
  event: Pick<NewEvent, 'type' | 'data'> & Partial<Pick<NewEvent, 'content' | 'salt'>>,
): Promise<unknown> {
  const whole = { id: ids.next(), content: null, salt: null, meta: {}, ...event };
  return appendTo(store, streamOf(dialogueId), [whole], expected);
}

/**
 * Takes bytes out of the store, and their hash with them, and frees their room. That they are dropped is noted first, so
 * that nobody registers what is going; the hash goes last, so that whoever finds it knows that something is left to do.
 */
export async function drop(tools: Tools, dialogueId: string, bytesId: string): Promise<void> {
  const deposit = await retrying(() => sayDropped(tools, dialogueId, bytesId));
  await eraseBytes(tools.store, bytesId);
  if (deposit !== undefined) await tools.store.eraseContent(streamOf(dialogueId), deposit.revision);
}

/** Others may send, register or drop something at the same moment; undefined where nothing is known of these bytes. */
async function sayDropped(tools: Tools, dialogueId: string, bytesId: string): Promise<Deposit | undefined> {
  const deposits = await depositsOf(tools.store, dialogueId);
  const deposit = deposits.all.find((one) => one.bytesId === bytesId);
  if (deposit !== undefined && deposit.dropped !== true)
    await note(tools, dialogueId, deposits, { type: 'BytesDropped', data: { bytesId } });
  return deposit;
}

/** The dialogues for whose sources bytes were ever sent, as far as that can be read. */
export async function dialoguesWithDeposits(store: EventStore): Promise<ReadonlySet<string>> {
  const found = new Set<string>();
  const deposited = { streamPrefixes: [prefix], types: ['BytesDeposited'] };
  const add = ({ stream }: { readonly stream: string }) => found.add(stream.slice(prefix.length));
  for await (const one of everyEvent(store, deposited, undefined, { damaged: add })) add(one);
  return found;
}
