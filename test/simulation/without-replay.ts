import { restingUpon } from '../../src/platform/record/dropping.js';
import { isProblem } from '../support/desk.js';
import type { Given } from './ledger.js';
import type { SimulatedRecord } from './record.js';
import type { Reached, Told } from './told.js';
import { recurs, sayAgain } from './without-recurring.js';

export interface TakenBack {
  /** The act by which something was taken out. */
  readonly by: Given;
  readonly entry: Reached;
  readonly target: string;
}

export function entryOf({ streams }: Told, { stream, revision }: Given): Reached | undefined {
  return streams.get(stream)?.[revision];
}

/** What was taken out, and everything anywhere that rested on it by then. */
function goneWith(told: Told, { entry, target }: TakenBack): ReadonlySet<string> {
  const before = told.entries.filter((one) => one.seq < entry.seq).map((one) => one.event);
  const gone = new Set([target, ...restingUpon(before, [target])]);
  // What amends it, or amends an amendment of it, has nothing left to amend; the record has them in their order.
  for (const { id, data } of before) {
    if (gone.has(String((data as { target?: unknown }).target))) gone.add(id);
  }
  // Whoever enters the record with an act that is gone has not entered it there.
  for (const [index, { type, id }] of before.entries()) {
    if (type === 'SecretariatEntered' && gone.has(before[index + 1]?.id ?? '')) gone.add(id);
  }
  return gone;
}

/** Without what has gone somebody would have been refused, or would have said nothing new: it would not have said it. */
export class NobodySaysSo extends Error {}

async function settledAt(record: SimulatedRecord, at: number): Promise<void> {
  record.desk.clock.advance(at - record.desk.clock.now());
  await record.settle();
}

async function giveAgain(
  told: Told,
  given: Given,
  gone: ReadonlySet<string>,
  record: SimulatedRecord,
): Promise<void> {
  const { desk } = record;
  const { who, command, id, body, path, at: when, number } = given;
  const [slice = ''] = command.split('.');
  const before = id === null ? -1 : (await desk.read(slice, id)).revision;
  desk.clock.advance(when - 1_000 - desk.clock.now());
  desk.goOnAt(number);
  const made = await desk.do(who, command, id, body, path).catch((error: unknown) => {
    if (!isProblem(error)) throw error;
    if (error.kind.code === 'ALREADY_SAID' && recurs(told, given, gone)) return undefined;
    throw new NobodySaysSo(`${command} is refused: ${error.message}`, { cause: error });
  });
  if (made === undefined || (made.revision === before && recurs(told, given, gone)))
    return sayAgain(told, given, gone, record);
  if (made.revision === before) throw new NobodySaysSo(`${command} says nothing new.`);
  const anew = (await desk.record.streams.events(given.stream)).find((one) => one.revision > before);
  if (anew?.data['version'] !== entryOf(told, given)?.event.data['version'])
    throw new NobodySaysSo(`${command} brings in a version with another number.`);
}

/** Gives the same commands on this record, but for those whose act is gone; throws where one is refused. */
export async function playWithout(told: Told, taken: TakenBack, record: SimulatedRecord): Promise<void> {
  const gone = goneWith(told, taken);
  for (const given of told.stage.ledger.given) {
    if (given === taken.by) break;
    const { target = '' } = given.body as { readonly target?: string };
    if (!gone.has(entryOf(told, given)?.event.id ?? '') && !gone.has(target))
      await giveAgain(told, given, gone, record);
    if (given.settledAt !== undefined) await settledAt(record, given.settledAt);
  }
  await settledAt(record, taken.by.settledAt ?? taken.by.at);
}

/** The last place at which the consequences of the act had been drawn, and nothing else had been said. */
export function placeAfter({ entries }: Told, { by }: TakenBack): number {
  // The clock goes on with each command, so that what was said next was recorded later.
  const settledAt = by.settledAt ?? by.at;
  return entries.findLast(({ event }) => Date.parse(event.recordedAt) <= settledAt)?.seq ?? 0;
}
