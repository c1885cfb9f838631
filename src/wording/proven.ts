import type { Countersigner, LogStanding, Proven } from '../platform/record/log-standings.js';
import { instantInWords } from './dates.js';

/** What is said where nobody but whoever runs the server has signed. */
export const onlyTheOperator = 'only the operator vouches';

/** A party by its code; anybody else by the name of the key. */
export function countersignerInWords({ name, party }: Pick<Countersigner, 'name' | 'party'>): string {
  return party ?? `witness ${name}`;
}

/** How far an entry has come: stored, logged, countersigned. */
export function provenInWords({ logged, countersigned }: Proven): string {
  if (!logged) return 'stored, not logged yet';
  const by = countersigned.map(countersignerInWords);
  return by.length === 0
    ? `stored and logged; ${onlyTheOperator}`
    : `stored, logged, countersigned by ${by.join(' and by ')}`;
}

/** The same of the whole log of a dialogue; undefined where nothing is signed. */
export function standingInWords({ size, countersigned }: LogStanding): string {
  const logged = size === 0 ? 'Nothing is logged yet' : `Logged up to s${size - 1}`;
  const by = countersigned.map(
    (one) =>
      `countersigned by ${countersignerInWords(one)} up to s${one.size - 1}, ${instantInWords(one.at)}`,
  );
  return `${[logged, ...(by.length === 0 ? [onlyTheOperator] : by)].join('; ')}.`;
}
