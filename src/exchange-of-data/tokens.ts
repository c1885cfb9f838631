/** Tells the log of what went wrong in the background. */
export const reportToken = Symbol('report of the exchange of data');
