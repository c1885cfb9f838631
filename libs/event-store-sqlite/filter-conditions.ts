import type { Filter } from '#libs/event-store';
import { Newest } from '#libs/newest';

interface Said {
  readonly sql: string;
  readonly values: readonly string[];
}

/** Conditions of a row of events, each led in by AND. A prefix is compared with instr, which takes it literally; LIKE and GLOB would read signs in it as patterns. */
export function conditionsOf(filter: Filter = {}): Said {
  const { streamPrefixes, types } = filter;
  const prefixed = streamPrefixes?.map(() => 'instr(stream, ?) = 1').join(' OR ') ?? '1';
  const typed = types === undefined ? '1' : `type IN (${types.map(() => '?').join(', ')})`;
  return {
    sql: ` AND (${prefixed === '' ? '0' : prefixed}) AND ${typed}`,
    values: [...(streamPrefixes ?? []), ...(types ?? [])],
  };
}

/** The last sign of a prefix of which the next one is ASCII, too. */
const lastSign = 0x7d;
/** Of more prefixes SQLite takes no query that joins one for each; it takes 500. */
const prefixesMax = 100;
/** Of how many filters it is remembered that much passes them. Filters come from code and are few. */
const manyKept = 100;

/**
 * The places of all events of streams with these prefixes, as a query that the index of streams answers; undefined where that
 * can't be said as ranges of names. Names are compared by their bytes.
 */
function placesOf({ streamPrefixes = [] }: Filter): Said | undefined {
  const isRange = (prefix: string) => prefix !== '' && prefix.charCodeAt(prefix.length - 1) <= lastSign;
  if (streamPrefixes.length === 0 || streamPrefixes.length > prefixesMax) return undefined;
  if (!streamPrefixes.every(isRange)) return undefined;
  const above = (prefix: string) =>
    prefix.slice(0, -1) + String.fromCharCode(prefix.charCodeAt(prefix.length - 1) + 1);
  return {
    sql: streamPrefixes
      .map(() => 'SELECT position FROM events WHERE stream >= ? AND stream < ?')
      .join(' UNION ALL '),
    values: streamPrefixes.flatMap((prefix) => [prefix, above(prefix)]),
  };
}

/** Finds filters that pass so few events that the index of streams tells where, and nothing else has to be looked at. */
export class FewPlaces {
  /** What many events pass is passed by many for ever: none is taken out of the store. */
  readonly #many = new Newest<true>(manyKept);

  constructor(
    private readonly max: number,
    private readonly count: (sql: string, values: readonly (string | number)[]) => bigint | undefined,
  ) {}

  /** A query of the places; undefined where more than `max` events may pass, or nothing tells without reading them. */
  of(filter: Filter = {}): Said | undefined {
    const places = placesOf(filter);
    if (places === undefined) return undefined;
    const name = places.values.join(' ');
    if (this.#many.get(name) === true) return undefined;
    const counting = `SELECT count(*) FROM (SELECT 1 FROM (${places.sql}) LIMIT ?)`;
    const count = this.count(counting, [...places.values, this.max + 1]) ?? 0n;
    if (count <= BigInt(this.max)) return places;
    this.#many.set(name, true);
    return undefined;
  }
}
