/** The keys that sign; null where nothing is signed. */
export const keysToken = Symbol('the keys of the logs');
