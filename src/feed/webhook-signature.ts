import { createHmac } from 'node:crypto';
import type { Ids } from '../platform/record/ids.js';

/** Standard Webhooks 1.0 (standardwebhooks.com): 24 to 64 random bytes in base64 behind `whsec_`. */
const prefix = 'whsec_';

export function newSecret(ids: Ids): string {
  return `${prefix}${Buffer.from(ids.secret(), 'base64url').toString('base64')}`;
}

export interface Signed {
  readonly 'webhook-id': string;
  /** Seconds since 1970, of the attempt. */
  readonly 'webhook-timestamp': string;
  readonly 'webhook-signature': string;
}

/** The headers of one attempt: HMAC-SHA256 over `id.timestamp.body` under each secret that holds, the newest first. */
export function signed(id: string, atMs: number, body: string, secrets: readonly string[]): Signed {
  const timestamp = String(Math.floor(atMs / 1_000));
  const signatures = secrets.map((secret) => {
    const key = Buffer.from(secret.slice(prefix.length), 'base64');
    return `v1,${createHmac('sha256', key).update(`${id}.${timestamp}.${body}`).digest('base64')}`;
  });
  return { 'webhook-id': id, 'webhook-timestamp': timestamp, 'webhook-signature': signatures.join(' ') };
}
