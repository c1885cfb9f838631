import type { NewEvent } from '#libs/event-store';
import { isSame } from './same.js';
import type { Given } from './ledger.js';
import type { SimulatedRecord } from './record.js';
import type { Reached, Told } from './told.js';

/** Whether both are the same kind of act of the same party, in the same capacity. */
function isAlike({ event: one }: Reached, { event: other }: Reached): boolean {
  return (
    one.type === other.type && one.act.party === other.act.party && one.act.capacity === other.act.capacity
  );
}

/**
 * Whether the party had said this before, and what is gone stood between the two: another word of the same kind in the
 * place of the first, an act that had ended it, or one by which the party went back on it, which rests on it. Then it was
 * a new word; without what is gone the party says twice what the record keeps once.
 */
export function recurs(told: Told, given: Given, gone: ReadonlySet<string>): boolean {
  const stream = told.streams.get(given.stream) ?? [];
  const again = stream[given.revision];
  if (again === undefined) return false;
  const earlier = stream.filter(
    (one) => one.seq < again.seq && !gone.has(one.event.id) && isAlike(one, again),
  );
  return stream.some((one) => {
    const isBetween = one.seq < again.seq && one.event.act.party === again.event.act.party;
    const first = earlier.findLast(({ seq }) => seq < one.seq);
    if (!isBetween || !gone.has(one.event.id) || first === undefined) return false;
    const isOther = isAlike(one, again) && isSame(first.event.data, again.event.data);
    const touched = [...(one.event.ends ?? []), ...(one.event.restsOn ?? [])];
    return isOther || touched.includes(first.event.id);
  });
}

/** The event to be recorded anew, leaning on nothing that is gone. */
function withoutGone({ id, type, data, content, salt, meta }: NewEvent, gone: ReadonlySet<string>): NewEvent {
  const left = Object.entries(meta).map(([name, value]) => [
    name,
    (name === 'restsOn' || name === 'ends') && Array.isArray(value)
      ? value.filter((one) => !gone.has(String(one)))
      : value,
  ]);
  return { id, type, data, content, salt, meta: Object.fromEntries(left) as NewEvent['meta'] };
}

/**
 * Records the word a second time, as it was recorded where the other one stood between: whether the record keeps one or
 * two of the same words, the state must be the same, so that whatever differs is found all the same. What came with it
 * in the same append comes with it here.
 */
export async function sayAgain(
  told: Told,
  given: Given,
  gone: ReadonlySet<string>,
  { desk }: SimulatedRecord,
): Promise<void> {
  const all = told.stage.desk.record.projections.record.ofStream(given.stream).map((one) => one.event);
  const again = all.find((one) => Number(one.revision) === given.revision);
  if (again === undefined) throw new Error(`${given.stream} has no revision ${given.revision}.`);
  const isOfIt = ({ recordedAt, meta }: typeof again) =>
    recordedAt === again.recordedAt && meta['causationId'] === again.id;
  const after = all.filter((one) => one.revision > again.revision);
  const end = after.findIndex((one) => !isOfIt(one));
  const beside = after.slice(0, end === -1 ? after.length : end).filter((one) => !gone.has(one.id));
  const { revision } = await desk.read(given.command.split('.')[0] ?? '', given.id ?? '');
  await desk.record.store.append(
    given.stream,
    [withoutGone(again, gone), ...beside.map((one) => withoutGone(one, gone))],
    { expected: BigInt(revision) },
  );
}
