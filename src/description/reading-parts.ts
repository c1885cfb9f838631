/** A read as a reader types it, with the server and the key in variables. */
export const get = (path: string) => `curl -sS "$ENTENTE${path}" \\\n  -H "Authorization: Bearer $KEY"`;
