/** Names under which Nest hands out parts of the record that are no class. */
export const storeToken = Symbol('the event store');
export const leaseToken = Symbol('which server brings consequences about');
