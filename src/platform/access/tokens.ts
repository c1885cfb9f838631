/** Names under which Nest hands out what is no class of its own. */
export const rightsToken = Symbol('the policy table');
/** What stands in the description beside acts and common reads. */
export const describedToken = Symbol('what is described');
