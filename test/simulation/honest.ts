import type { Move } from './moves.js';
import type { Opening } from './stage.js';

/**
 * The side that began uses everything it may: it speaks in the name of the other on every kind of evidence, has a
 * secretariat try the same, amends and retracts. The other speaks for itself alone, and never for anybody else; some
 * say nothing at all.
 */
export function honestly(moves: readonly Move[], { by }: Opening, isSilent = false): readonly Move[] {
  const ofOthers: readonly Move['manner'][] = ['by-the-other', 'source-of-the-other'];
  return moves.flatMap((move): Move[] => {
    if (move.side === by) return [ofOthers.includes(move.manner) ? { ...move, manner: 'direct' } : move];
    const isOwn = move.manner === 'direct' || move.manner === 'clerk';
    return isSilent && isOwn ? [] : [move];
  });
}
