/** Why somebody is not let in. */
export const faults = {
  wrongKey: 'That key is unknown, expired or revoked.',
  noReader: 'That key is an operator’s: operators run the service and read no content of the record.',
  otherSite: 'The form came from another site.',
  usedTicket: 'That address was used already, or it is older than ten minutes. Sign in with a key instead.',
  noIssuer: 'This server knows no issuer of that name.',
  issuerAway: 'does not answer now, so nobody can sign in there. Try again in a moment, or give a key.',
  noRole: 'You are known there, and it gives you no role by which the record is read.',
  notBegun:
    'This browser began no sign-in there, or began it more than ten minutes ago. Begin here, and come back in the same browser.',
};

/** Where a reader may be sent after signing in: our own pages and nothing else. */
const ownPage =
  /^\/((irritants|rounds|dialogues)\/[A-Za-z0-9-]{1,64}(\/(brief|trust))?|search|following)?(\?[\w.~%&=:+*-]{0,2000})?$/;

export function ownPageOr(wanted: unknown, otherwise: string): string {
  return typeof wanted === 'string' && ownPage.test(wanted) ? wanted : otherwise;
}
