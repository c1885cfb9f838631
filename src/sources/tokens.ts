/** How many bytes the sources of one dialogue may hold. */
export const quotaToken = Symbol('the quota of a dialogue');
