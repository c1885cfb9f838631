import { Problem } from '#libs/problem-details';
import { learnedAsItGrows } from '../record/as-it-grows.js';
import type { CommandMark, Stored } from '../record/envelope.js';
import { platformProblems } from '../problems/platform.problems.js';
import { keyHolder } from './request.js';
import type { CommandRequest } from './request.js';
import { bodyHash, keyHash } from '../record/seal.js';

/** The mark of this request for the salt of one event; none where the request carries no key. */
export function markOf(request: CommandRequest): (salt: string) => CommandMark | undefined {
  const { idempotencyKey, route, body } = request;
  if (idempotencyKey === undefined) return () => undefined;
  const hash = keyHash(keyHolder(request), route, idempotencyKey);
  return (salt) => ({ keyHash: hash, bodyHash: bodyHash(salt, body) });
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
  const mark = markOf(request);
  const keyHash = mark('')?.keyHash;
  if (keyHash === undefined) return undefined;
  const found = lastOf(events).get(keyHash);
  if (found === undefined) return undefined;
  // The salt is gone with erased words; then nothing is left to compare the body with.
  if (found.salt !== null && found.command?.bodyHash !== mark(found.salt)?.bodyHash) {
    throw new Problem(platformProblems.IDEMPOTENCY_KEY_REUSED, {
      detail: 'This Idempotency-Key came before on this route with another body.',
    });
  }
  return found;
}
