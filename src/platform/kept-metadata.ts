import { getMetadataStorage } from 'class-validator';

type Drawn = new () => object;

const storage = getMetadataStorage();
const search = storage.getTargetValidationMetadatas.bind(storage);
const found = new WeakMap<Drawn, ReturnType<typeof search>>();

/**
 * What class-validator finds for a class is found once. At each check it goes through every class that there is, in
 * case the checked one inherits from it; a drawn class inherits from none and is never added to, and no check names
 * groups, so that the answer is always the same.
 */
export function keepMetadataOf(drawn: Drawn): void {
  found.set(drawn, search(drawn, '', false, false));
}

storage.getTargetValidationMetadatas = (target, ...options) =>
  found.get(target as Drawn) ?? search(target, ...options);
