import { getMetadataStorage } from 'class-validator';

type Drawn = new () => object;

const storage = getMetadataStorage();
const search = storage.getTargetValidationMetadatas.bind(storage);
const kept = new WeakMap<object, ReturnType<typeof search> | undefined>();

/**
 * What class-validator finds for this class is found at its first check. At each it goes through every class that there
 * is, in case the checked one inherits from it; a drawn class inherits from none and is never added to, and no check
 * names groups, so that the answer is always the same.
 */
export function keepMetadataOf(drawn: Drawn): void {
  kept.set(drawn, undefined);
}

storage.getTargetValidationMetadatas = (target, ...options) => {
  const found = kept.get(target) ?? search(target, ...options);
  if (kept.has(target)) kept.set(target, found);
  return found;
};
