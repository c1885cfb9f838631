import type { Clock } from '../record/clock.js';
import type { Principal } from '../record/principal.js';
import type { Authentication } from './authentication.js';

/** A key that was found good holds for so long: whoever revokes it is obeyed within a second. */
export const trustedMs = 400;

/**
 * Who asks, as that is known by now, for what is told over a longer time: to be asked before each piece of it. Throws the
 * problem 401 once the key or token opens nothing any more. `askedAt`: when that was found out last, as `elapsed` counts.
 */
export function askingAgain(
  authentication: Pick<Authentication, 'principalOf'>,
  clock: Pick<Clock, 'elapsed'>,
  authorization: string | undefined,
  known: { readonly principal: Principal; readonly askedAt: number },
): () => Promise<Principal> {
  let { principal, askedAt } = known;
  return async () => {
    const now = clock.elapsed();
    if (now - askedAt < trustedMs) return principal;
    askedAt = now;
    principal = await authentication.principalOf(authorization);
    return principal;
  };
}
