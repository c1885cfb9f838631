/** Names under which Nest hands out what is no class of its own. */
export const openRecordToken = Symbol('the open record');
export const policyTableToken = Symbol('the policy table');
export const settingsToken = Symbol('the settings');
export const describedToken = Symbol('what is described');
