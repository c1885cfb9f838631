/** What the client and the system say of a connection that failed, and what it means to whoever can mend it. */
const meanings: readonly (readonly [RegExp, string])[] = [
  [/ECONNREFUSED/, 'nothing listens there'],
  [/ENOTFOUND|EAI_AGAIN|Name resolution failed/, 'there is no host of this name'],
  [/EHOSTUNREACH|ENETUNREACH|ETIMEDOUT/, 'there is no way to it in the network'],
  [/certificate has expired|CERT_HAS_EXPIRED/i, 'its certificate has expired'],
  [
    /self.signed|unable to (?:get|verify)|UNABLE_TO/i,
    'its certificate is not of the authority that tlsCAFile names',
  ],
  [/altnames|ERR_TLS_CERT_ALTNAME/i, 'its certificate is for another name than this address'],
  [
    /wrong version number|EPROTO|packet length/i,
    'it does not speak TLS, so either tls=false is meant or another port',
  ],
  [
    /Failed to connect|ECONNRESET|socket hang up|Connection dropped|Protocol error|closed/i,
    'it ends the connection, so either tls=true is meant or another port',
  ],
  [/UNIMPLEMENTED|HTTP|content.type/i, 'what listens there is no event store, so another port is meant'],
  [/DEADLINE_EXCEEDED|gives no answer/, 'it takes the connection and gives no answer'],
];

/** In half a sentence, without an address; undefined where nobody foresaw what the system says. */
export function knownReason(error: unknown): string | undefined {
  const words = error instanceof Error ? error.message : String(error);
  return meanings.find(([said]) => said.test(words))?.[1];
}

/** For whoever may know addresses: what nobody foresaw stays in the words of the system. */
export function reasonOf(error: unknown): string {
  return knownReason(error) ?? (error instanceof Error ? error.message : String(error));
}
