import { Problem } from '#libs/problem-details';
import { learnedAsItGrows } from '../record/as-it-grows.js';
import type { CommandMark, Stored } from '../record/envelope.js';
import { platformProblems } from '../problems/platform.problems.js';
import { keyHolder } from './request.js';
import type { CommandRequest } from './request.js';
import { bodyHash, keyHash } from '../record/seal.js';
import { madeOnce } from '../shapes/made-once.js';

/** By what a request with this key is found again; undefined where it carries none. A repeat is looked for by it, and it is stored. */
const keyMarkOf = madeOnce((request: CommandRequest): string | undefined => {
  const { idempotencyKey, route } = request;
  return idempotencyKey === undefined ? undefined : keyHash(keyHolder(request), route, idempotencyKey);
});

/** The mark of this request for the salt of one event; none where the request carries no key. */
export function markOf(request: CommandRequest): (salt: string) => CommandMark | undefined {
  const marked = keyMarkOf(request);
  if (marked === undefined) return () => undefined;
  return (salt) => ({ keyHash: marked, bodyHash: bodyHash(salt, request.body) });
}

/** By the mark of a request, the last event that it caused. */
const lastOf = learnedAsItGrows(
  () => new Map<string, Stored>(),
  (known, event) => {
    if (event.command !== undefined) known.set(event.command.keyHash, event);
  },
);

/**
 * The last event that an earlier request with the same key caused; undefined where there was none. The mark is stored
 * with the events themselves, so that it can't be lost without them.
 */
export function earlierEffect(events: readonly Stored[], request: CommandRequest): Stored | undefined {
  const marked = keyMarkOf(request);
  if (marked === undefined) return undefined;
  const found = lastOf(events).get(marked);
  if (found === undefined) return undefined;
  // The salt is gone with erased words; then nothing is left to compare the body with.
  if (found.salt !== null && found.command?.bodyHash !== bodyHash(found.salt, request.body)) {
    throw new Problem(platformProblems.IDEMPOTENCY_KEY_REUSED, {
      detail: 'This Idempotency-Key came before on this route with another body.',
    });
  }
  return found;
}
