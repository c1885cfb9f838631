/**
 * What breaks clients of the last release, in the words in which the comparison names it, and why it has to be. Each is told
 * in the CHANGELOG as well; with the next release the list is empty again.
 */
export const accepted: Readonly<Record<string, string>> = {};
