import type { NewEvent, Recorded } from '#libs/event-store';
import { Conflict } from '#libs/event-store';
import { formatNote, parseNote, paths, skewSeconds } from '#libs/ledger';
import type { FileReader } from '#libs/ledger';
import { Problem } from '#libs/problem-details';
import { appendTo } from '../platform/record/appending.js';
import { idOf } from '../platform/record/fold.js';
import type { Ids } from '../platform/record/ids.js';
import type { RenumberingTools } from '../platform/record/slice.js';
import type { StoredStreams } from '../platform/record/stored-streams.js';
import type { LatestEvent } from './held-logs.js';
import type { MissingEntries } from './missing-entries.js';
import { NotResumable } from './not-resumable.js';
import { Releases } from './releases.js';

export interface Resuming {
  readonly streams: StoredStreams;
  readonly ids: Ids;
  readonly numbers: RenumberingTools['numbers'];
  /** By which the store stamps what is appended next; undefined: by the clock again. */
  readonly setRecordedAt: (recordedAt: string | undefined) => void;
  /** Whether words were erased since, as the journal knows: they are not brought back. */
  readonly isErased: (eventId: string) => boolean;
  readonly onProgress?: (done: number, all: number) => void;
}

/** What stands together in one stream with one recorded time can be sent together, up to so many. */
const togetherMax = 64;

/**
 * What is missing of several logs in the order in which it was recorded. A log keeps its own order; where clocks of several
 * servers ran apart, an event counts as late as the latest before it.
 */
export async function* inOrder(
  missing: readonly Pick<MissingEntries, 'events'>[],
): AsyncGenerator<Recorded, undefined> {
  const open = await Promise.all(
    missing.map(async (one) => {
      const events = one.events();
      const { value } = await events.next();
      return { events, next: value, reached: value?.recordedAt ?? '' };
    }),
  );
  for (;;) {
    const [first, ...others] = open.filter(({ next }) => next !== undefined);
    if (first === undefined) return;
    const one = others.reduce((least, other) => (other.reached < least.reached ? other : least), first);
    yield one.next as Recorded;
    const { value } = await one.events.next();
    one.next = value;
    if (value !== undefined && value.recordedAt > one.reached) one.reached = value.recordedAt;
  }
}

/**
 * Throws where what is missing was recorded before something that is there: then the order across dialogues, by which all
 * moments of the record are told, can't be kept. `isOneWriter`: the store never goes back in time.
 */
export async function refuseDisorder(
  missing: readonly MissingEntries[],
  { latest, isOneWriter }: { readonly latest: LatestEvent | undefined; readonly isOneWriter: boolean },
): Promise<void> {
  let reached = latest?.recordedAt ?? '';
  // On a cluster each server writes by its own clock.
  const skewMs = isOneWriter ? 0 : skewSeconds * 1_000;
  for await (const { stream, revision, recordedAt } of inOrder(missing)) {
    if (reached !== '' && Date.parse(recordedAt) < Date.parse(reached) - skewMs)
      throw new NotResumable(
        `Revision ${revision} of ${stream}, which is missing, was recorded at ${recordedAt}, and ${
          latest === undefined || latest.dialogueId === ''
            ? 'something'
            : `something in the dialogue ${latest.dialogueId}`
        } at ${reached}: in that order they can't be stored. Put the older copy back once more, bring copies of all dialogues that lack something, and resume before it is served.`,
      );
    if (recordedAt > reached) reached = recordedAt;
  }
}

/** Appends all that is missing, as it was recorded, and gives how much that is. It goes on where an earlier run was ended. */
export async function resume(missing: readonly MissingEntries[], resuming: Resuming): Promise<number> {
  const all = missing.reduce((sum, { held, size }) => sum + size - held, 0);
  let appended = 0;
  for await (const batch of together(inOrder(missing))) {
    await append(batch, resuming);
    appended += batch.length;
    resuming.onProgress?.(appended, all);
  }
  resuming.setRecordedAt(undefined);
  return appended;
}

/**
 * Makes the checkpoint of the copy the last one that the store knows: it was signed and seen, and a witness that has
 * countersigned it is asked of it before anything else.
 */
export async function releaseAgain(
  files: FileReader,
  { dialogueId, trusted: { checkpoint } }: Pick<MissingEntries, 'dialogueId' | 'trusted'>,
  { streams: { store }, ids }: Pick<Resuming, 'streams' | 'ids'>,
): Promise<void> {
  const releases = new Releases(
    store,
    ids,
    () => 'unknown',
    () => checkpoint.origin,
  );
  const last = await releases.last(dialogueId);
  const signed = await files.read(paths.checkpoint);
  if (signed === undefined || (last.release?.size ?? 0) >= checkpoint.size) return;
  const { text, signatures } = parseNote(signed);
  const own = signatures.filter(({ name }) => name === checkpoint.origin);
  const note = Buffer.from(formatNote({ text, signatures: own })).toString('utf8');
  const { size } = checkpoint;
  await releases.add(dialogueId, { size, root: Buffer.from(checkpoint.root).toString('base64'), note }, last);
}

async function* together(
  events: AsyncIterable<Recorded>,
): AsyncGenerator<readonly [Recorded, ...Recorded[]], undefined> {
  let batch: [Recorded, ...Recorded[]] | undefined;
  for await (const event of events) {
    const last = batch?.at(-1);
    const joins =
      last !== undefined &&
      last.stream === event.stream &&
      last.recordedAt === event.recordedAt &&
      last.revision + 1n === event.revision &&
      (batch?.length ?? 0) < togetherMax;
    if (joins) batch?.push(event);
    else {
      if (batch !== undefined) yield batch;
      batch = [event];
    }
  }
  if (batch !== undefined) yield batch;
}

async function append(
  batch: readonly [Recorded, ...Recorded[]],
  { streams, ids, numbers, setRecordedAt, isErased }: Resuming,
): Promise<void> {
  const [{ stream, revision, recordedAt }] = batch;
  const slice = streams.registry.ofStream(stream);
  setRecordedAt(recordedAt);
  try {
    for (const { type, data } of batch)
      await slice.renumbering?.[type]?.({ streams, ids, numbers }, { id: idOf(stream), data });
    const [first, ...others] = batch.map((one) => asSent(one, isErased(one.id)));
    if (first === undefined) return;
    const expected = revision === 0n ? 'no_stream' : revision - 1n;
    const stored = (await appendTo(streams.store, stream, [first, ...others], expected)).recordedAt;
    if (stored !== undefined && stored !== recordedAt)
      throw new NotResumable(
        `Revision ${revision} of ${stream} was stored as of ${stored} and not of ${recordedAt}: put the older copy back once more, let nothing else write to it, and do it again.`,
      );
  } catch (error) {
    if (!(error instanceof Conflict || error instanceof Problem)) throw error;
    const why = error instanceof Problem ? error.detail : error.message;
    throw new NotResumable(
      `Revision ${revision} of ${stream} can't be appended: ${why} Something else writes to the store: end all servers on it, and do it again.`,
    );
  }
}

function asSent({ id, type, data, content, salt, meta }: Recorded, isErased: boolean): NewEvent {
  return { id, type, data, meta, content: isErased ? null : content, salt: isErased ? null : salt };
}
