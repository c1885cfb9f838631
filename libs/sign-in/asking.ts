import type { CustomFetch } from 'openid-client';
import { askIssuer, isTrustworthyUrl, KeysUnavailable } from '#libs/access-tokens';
import { IssuerAway } from './refusals.js';

/** Within a time and a size, and never by a redirection. */
export const askedWithin =
  (answerMs: number): CustomFetch =>
  async (url, { body, headers, method }) => {
    if (!isTrustworthyUrl(url)) throw new IssuerAway('the issuer names an address that is not https');
    try {
      const answer = await askIssuer(url, {
        method,
        headers,
        ...(body === undefined ? {} : { body: body as NonNullable<RequestInit['body']> }),
        signal: AbortSignal.timeout(answerMs),
      });
      if (answer.status >= 500) throw new IssuerAway(`${url} answers with ${answer.status}`);
      const isEmpty = [204, 205, 304].includes(answer.status);
      return new Response(isEmpty ? null : new Uint8Array(answer.body), {
        status: answer.status,
        headers: answer.headers,
      });
    } catch (error) {
      if (!(error instanceof KeysUnavailable)) throw error;
      throw new IssuerAway(error.message, { cause: error });
    }
  };
