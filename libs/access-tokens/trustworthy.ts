const loopback = /^(localhost|127(\.\d{1,3}){3}|\[::1\])$/;

/** Whether an address never leaves this machine. */
export function isOnLoopback(url: string): boolean {
  return loopback.test(new URL(url).hostname);
}

/**
 * Whoever can change what comes from the issuer can sign in as anybody, so it is fetched by HTTPS only; a connection
 * that does not leave the machine needs none.
 */
export function isTrustworthyUrl(text: unknown): text is string {
  if (typeof text !== 'string' || !URL.canParse(text) || /\s/.test(text)) return false;
  const { protocol, hostname, username, password, hash } = new URL(text);
  if (username !== '' || password !== '' || hash !== '') return false;
  return protocol === 'https:' || (protocol === 'http:' && loopback.test(hostname));
}
