/** Names under which Nest hands out what is no class of its own. */
export const policyTableToken = Symbol('the policy table');
