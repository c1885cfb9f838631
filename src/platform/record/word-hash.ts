import { contentHash, nodeCrypto } from '#libs/ledger';
import type { Recorded } from '#libs/event-store';

/**
 * Why the words that are there are not those that the envelope binds; undefined where they are, and where none are there.
 * An event without words has an empty object and no hash, so whoever gives it words has to be seen.
 */
export function wordsFault({ content, salt, meta }: Pick<Recorded, 'content' | 'salt' | 'meta'>) {
  const { contentHash: hash } = meta;
  if (content === null) return undefined;
  if (hash === undefined)
    return Object.keys(content).length > 0 ? 'it has words, and none were logged' : undefined;
  const isSame = salt !== null && contentHash(nodeCrypto, salt, content) === hash;
  return isSame ? undefined : 'its words are not those that were logged';
}
