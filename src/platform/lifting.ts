import { countedIn } from './amendments.js';
import { isOut, standingsIn } from './dropping.js';
import type { Stored } from './envelope.js';
import { idOf } from './fold.js';
import { namedIrritants } from './named-facts.js';
import type { Slice } from './slice.js';

/** What the last event of a prefix took out of its own stream. */
export interface Gone {
  /** A first event that lost its author is among them: what rested on its act goes as well. */
  readonly ids: ReadonlySet<string>;
  /** The irritants that anything in the stream ever named, and those that it still names. */
  readonly named: readonly string[];
  readonly stillNamed: readonly string[];
}

export function goneBy(slice: Slice, prefix: readonly Stored[]): Gone {
  const before = standingsIn(prefix.slice(0, -1));
  const { dropped, unauthored } = standingsIn(prefix);
  const ids = new Set([...dropped, ...unauthored].filter((id) => !isOut(before, id)));
  return { ids, named: namedIrritants(prefix), stillNamed: namedIrritants(countedIn(slice, prefix).counted) };
}

/**
 * The events of an irritant that fall with what has gone from another stream. What only links to that stream stays for
 * as long as anything there names the irritant.
 */
export function fallingWith({ ids, stillNamed }: Gone, irritant: readonly Stored[]): readonly string[] {
  const standings = standingsIn(irritant);
  const isNamed = stillNamed.includes(idOf(irritant[0]?.stream ?? ''));
  return irritant
    .filter(
      ({ id, type, restsOn = [] }) =>
        !isOut(standings, id) &&
        restsOn.some((one) => ids.has(one)) &&
        !(type === 'InstrumentLinked' && isNamed),
    )
    .map(({ id }) => id);
}
