/** Why somebody is not let in. */
export const faults = {
  wrongKey: 'That key is unknown, expired or revoked.',
  noReader: 'That key is an operator’s: operators run the service and read no content of the record.',
  otherSite: 'The form came from another site.',
  usedTicket: 'That address was used already, or it is older than ten minutes. Sign in with a key instead.',
};

/** Where a reader may be sent after signing in: our own pages and nothing else. */
export const ownPage =
  /^\/((irritants|rounds|dialogues)\/[A-Za-z0-9-]{1,64}(\/(brief|trust))?|search|following)(\?[\w.~%&=:+*-]{0,2000})?$/;
