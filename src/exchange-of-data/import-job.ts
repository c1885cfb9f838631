import { canonicalBytes } from '#libs/canonical';
import type { EventStore, Expected, JsonObject, Recorded } from '#libs/event-store';
import { appendTo } from '../platform/record/appending.js';
import { heldIn } from '../platform/record/beside.js';
import type { Ids } from '../platform/record/ids.js';
import type { Principal } from '../platform/record/principal.js';
import type { Format } from './file-rows.js';
import type { Mapping } from './mapping.js';
import type { Fault } from './row.js';

/** What is asked with a file. */
export interface Asked {
  readonly principal: Principal;
  readonly dialogueId: string;
  readonly format: Format;
  readonly mapping: Mapping;
  readonly dryRun: boolean;
}

export interface Counts {
  /** Rows that have been looked at. */
  readonly rows: number;
  readonly recorded: number;
  readonly unchanged: number;
  readonly refused: number;
}

export const noCounts: Counts = { rows: 0, recorded: 0, unchanged: 0, refused: 0 };

export type ImportState = 'waiting' | 'running' | 'done' | 'failed';

/** An import as its own stream tells of it. */
export interface ImportJob {
  readonly id: string;
  readonly asked: Asked;
  readonly fileId: string;
  readonly bytes: number;
  readonly sha256: string;
  readonly traceId: string;
  readonly receivedAt: string;
  readonly state: ImportState;
  /** When its first row was about to be looked at; absent while it waits. */
  readonly beganAt?: string;
  /** It goes no further, and ends where it is. */
  readonly isCancelled?: true;
  readonly counts: Counts;
  /** The line that was looked at last. */
  readonly line: number;
  /** How many faults there are, and how many of them are kept. */
  readonly faults: number;
  readonly endedAt?: string;
  /** Why the file as a whole could not be taken to its end. */
  readonly failure?: { readonly code: string; readonly detail: string };
  readonly revision: bigint;
}

export const importPrefix = 'import-';

export function streamOfImport(id: string): string {
  return `${importPrefix}${id}`;
}

export type ImportReceived = Pick<ImportJob, 'asked' | 'fileId' | 'bytes' | 'sha256' | 'traceId'>;
export type ImportProgressed = Pick<ImportJob, 'counts' | 'line' | 'faults'>;
export type ImportEnded = ImportProgressed &
  Pick<ImportJob, 'failure'> & { readonly state: 'done' | 'failed' };

type Request = Pick<ImportJob, 'asked' | 'sha256'>;

/** The same file for the same, of the same principal: whatever key and rights that one has by then. */
export function isSameRequest(one: Request, other: Request): boolean {
  return contentOf(one) === contentOf(other);
}

function contentOf({ asked: { principal, dialogueId, format, mapping, dryRun }, sha256 }: Request): string {
  const asked = [principal.id, dialogueId, format, mapping, dryRun, sha256];
  return Buffer.from(canonicalBytes(JSON.parse(JSON.stringify(asked)))).toString();
}

/** Undefined before the first event, and once it is cleared away. */
export function foldImport(job: ImportJob | undefined, event: Recorded): ImportJob | undefined {
  const data = event.data as unknown;
  const { revision, recordedAt } = event;
  if (event.type === 'ImportReceived') {
    const id = event.stream.slice(importPrefix.length);
    const begun = { id, receivedAt: recordedAt, counts: noCounts, line: 0, faults: 0 };
    return { ...begun, state: 'waiting', ...(data as ImportReceived), revision };
  }
  if (job === undefined || event.type === 'ImportCleared') return undefined;
  if (event.type === 'ImportCancelled') return { ...job, isCancelled: true, revision };
  if (event.type === 'ImportProgressed') {
    const beganAt = job.beganAt ?? recordedAt;
    return { ...job, state: 'running', beganAt, ...(data as ImportProgressed), revision };
  }
  return { ...job, ...(data as ImportEnded), endedAt: recordedAt, revision };
}

type Streams = Pick<EventStore, 'readStream'>;

/** From the revision at which it begins in its stream. */
export async function readImport(store: Streams, id: string, from = 0): Promise<ImportJob | undefined> {
  let job: ImportJob | undefined;
  for await (const event of heldIn(store, streamOfImport(id), { from: BigInt(from) }))
    job = foldImport(job, event);
  return job;
}

/** With what came after it. */
export async function readImportOn(store: Streams, before: ImportJob): Promise<ImportJob | undefined> {
  let job: ImportJob | undefined = before;
  for await (const event of heldIn(store, streamOfImport(before.id), { from: before.revision + 1n }))
    job = foldImport(job, event);
  return job;
}

/** By its first event and its last two, which say all of it but the faults: for whoever reads many. */
export async function readImportEnds(
  store: Streams,
  id: string,
  from: number,
): Promise<ImportJob | undefined> {
  const stream = streamOfImport(id);
  const first = await Array.fromAsync(heldIn(store, stream, { from: BigInt(from), limit: 1 }));
  const last = await Array.fromAsync(heldIn(store, stream, { backwards: true, limit: 2 }));
  const after = last.toReversed().filter(({ revision }) => revision > BigInt(from));
  return [...first, ...after].reduce<ImportJob | undefined>(foldImport, undefined);
}

interface Noted {
  readonly id: string;
  readonly type: string;
  readonly data: JsonObject;
  readonly content: JsonObject | null;
}

export function appendToImport(
  { store, ids }: { readonly store: EventStore; readonly ids: Ids },
  { id, type, data, content }: Noted,
  expected: Expected,
) {
  const event = { id: ids.next(), type, data, content, salt: null, meta: {} };
  return appendTo(store, streamOfImport(id), [event], expected);
}

/** The faults that are kept, in the order of the file, from the one after so many on. */
export async function* faultsKept(store: Streams, id: string, after = 0): AsyncGenerator<Fault, undefined> {
  let passed = 0;
  for await (const { content } of heldIn(store, streamOfImport(id))) {
    const faults = (content?.['faults'] ?? []) as unknown as readonly Fault[];
    for (const fault of faults) {
      passed += 1;
      if (passed > after) yield fault;
    }
  }
}
