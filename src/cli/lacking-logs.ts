import { entries } from '../checking/counted.js';

/** A log of which more was signed than the record gives, and nobody has brought a copy. */
export interface Lacking {
  readonly id: string;
  readonly origin: string;
  readonly known: number;
  readonly size: number;
}

/** All of them at once, since one call has to name a copy of each. */
export function nobodyBrought(lacking: readonly Lacking[]): string {
  const each = lacking.map(
    ({ origin, known, size }) =>
      `${entries(known)} of ${origin} ${known === 1 ? 'was' : 'were'} signed, and the record gives ${size}`,
  );
  const without = `--without ${lacking.map(({ id }) => id).join(' ')}`;
  return lacking.length === 1
    ? `The guard file knows that ${each.join('')}: bring a copy of that log with a further --from, or say with "${without}" that nobody has one; that log then has to begin anew.`
    : `The guard file knows that ${each.join('; ')}. Bring a copy of each of these logs with --from; where nobody has one, say so as with "${without}": those logs then have to begin anew.`;
}
