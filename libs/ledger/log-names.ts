import { LedgerFault } from './faults.js';

/** The events by which a log speaks of itself; their shapes are part of the ledger's format. */
export const logEvents = {
  /** `{keys, ended}`: the verifier keys that sign from here on, and the ids of those that sign no more. */
  keyRotated: 'LogKeyRotated',
  /** `{size, root}`: what the store alone knew to be signed. */
  lossAccepted: 'GuardLossAccepted',
  /** `{origin, size, root}`: the name that is over, and what was signed last under it. */
  begunAnew: 'LogBegunAnew',
} as const;

/** So often no log begins anew; a checkpoint may name any number. */
const timesMax = 1_000;
const form = /^([^/]+\/[^/]+)\/([1-9]\d{0,15})$/;

/** The name under which a log goes on that begins anew: `host/dialogue`, `host/dialogue/2`, `host/dialogue/3`, … */
export function originAfter(origin: string): string {
  const { first, times } = placed(origin);
  return `${first}/${times + 1}`;
}

/** The name with which the log began. */
export function firstName(origin: string): string {
  return placed(origin).first;
}

/** All names that a log has had up to this one, the first one first. */
export function originsUpTo(origin: string): readonly string[] {
  const { first, times } = placed(origin);
  if (times > timesMax)
    throw new LedgerFault('origin-wrong', `${origin} would be a log that began anew ${times} times.`);
  return Array.from({ length: times }, (_, index) => (index === 0 ? first : `${first}/${index + 1}`));
}

/** Whether one is a name that the log of the other had before. */
export function isEarlierName(one: string, other: string): boolean {
  const [earlier, later] = [placed(one), placed(other)];
  return earlier.first === later.first && earlier.times < later.times;
}

function placed(origin: string): { readonly first: string; readonly times: number } {
  const [, first = origin, times = '1'] = form.exec(origin) ?? [];
  return { first, times: Number(times) };
}
