/** What must hold on every day did not. */
export class Violated extends Error {}
