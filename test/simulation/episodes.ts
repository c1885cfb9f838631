import fc from 'fast-check';
import { manners } from './asking.js';
import type { Turn } from './asking.js';
import { allEpisodes, plots } from './episode-table.js';
import type { Part, Plot } from './episode-table.js';
import { kinds } from './moves.js';
import type { Kind, Move } from './moves.js';
import { keepings, otherSide, sides } from './stage.js';
import type { Side } from './stage.js';

type Moves = fc.Arbitrary<readonly Move[]>;

const side: fc.Arbitrary<Side> = fc.constantFrom(...sides);
const twist = fc.nat({ max: 15 });
const settle = fc.boolean();
const manner = fc.constantFrom(...manners);
/** Within an episode mostly such as can be recorded, so that it comes to its end. */
const mannerInEpisode = fc.oneof(
  { weight: 4, arbitrary: fc.constantFrom('direct' as const, 'attributed' as const) },
  { weight: 1, arbitrary: manner },
);
const turn = fc.record({ manner: mannerInEpisode, twist, settle });
const partsMax = 8;
const movesPerCommand = 1.5;

const singleMove: Moves = fc
  .record({ kind: fc.constantFrom(...kinds), side, manner, pick: fc.nat({ max: 15 }), twist, settle })
  .map((move) => [move]);

/** The parts follow each other on the newest of what they are about, each in a manner of its own. */
function episodeOf(episodes: readonly (readonly Part[])[]): Moves {
  return fc
    .record({
      parts: fc.constantFrom(...episodes),
      one: side,
      pick: fc.constantFrom(0, 0, 0, 1, 2, 3),
      turns: fc.array(turn, { minLength: partsMax, maxLength: partsMax }),
    })
    .map(({ parts, one, pick, turns }) =>
      parts.map((part, index): Move => {
        const [who, kind] = part.split(' ') as [who: string, kind: Kind];
        const own = turns[index] as Pick<Turn, 'manner' | 'twist' | 'settle'>;
        return { kind, side: who === 'one' ? one : otherSide(one), pick, ...own };
      }),
    );
}

/**
 * The moves of one history: so many that a history has `length` commands, though not every move finds something to
 * be about; what it is mostly about is one of the plots. Parts that are left out make a failing history shorter.
 */
export function historyOf(length: number, about: readonly Plot[] = plots): Moves {
  const anyEpisode = episodeOf(allEpisodes);
  const moves = Math.ceil(length * movesPerCommand);
  return fc.constantFrom(...about).chain(({ begins, goesOn }) => {
    const some = fc.oneof(
      { weight: 3, arbitrary: singleMove },
      { weight: 6, arbitrary: episodeOf(goesOn) },
      { weight: 2, arbitrary: anyEpisode },
    );
    const part = fc.option(some, { freq: 30, nil: [] as readonly Move[] });
    const parts = fc.array(part, { minLength: moves, maxLength: moves });
    return fc.tuple(episodeOf([begins]), parts).map((all) => all.flat(2));
  });
}

/** Whoever begins, in whose ever hands the record is. */
export const anyOpening = fc.record({
  by: fc.constantFrom(...sides),
  isMutual: fc.boolean(),
  keeping: fc.constantFrom(...keepings),
});
