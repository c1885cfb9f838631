/** What came is not to be believed; the answer to it is 4xx. */
export class WebhookRefused extends Error {
  override readonly name = 'WebhookRefused';
}

export interface Delivery {
  /** As they came: of `fetch`, or of Node. */
  readonly headers: Headers | Readonly<Record<string, string | readonly string[] | undefined>>;
  /** As it came, before anybody parsed it. */
  readonly body: string | Uint8Array<ArrayBuffer>;
  /** That of the webhook; while one secret takes the place of another, both. */
  readonly secrets: readonly string[];
  /** Milliseconds since 1970; the clock of the machine unless told. */
  readonly now?: number;
  /** How old it may be, or how far ahead; five minutes unless told. */
  readonly toleranceSeconds?: number;
}

export interface Delivered<Event> {
  /** The same with each attempt: what has come with it before, answer with 2xx and leave it. */
  readonly id: string;
  readonly event: Event;
}

const signaturesMax = 16;

/**
 * Whether a delivery is the server's (Standard Webhooks 1.0): one of its signatures is that of one of the secrets over
 * `id.timestamp.body`, and it was made lately.
 *
 * @throws WebhookRefused
 */
export async function verifyWebhook<Event>(delivery: Delivery): Promise<Delivered<Event>> {
  const { body, secrets, now = Date.now(), toleranceSeconds = 300 } = delivery;
  const [id, timestamp, signature] = ['webhook-id', 'webhook-timestamp', 'webhook-signature'].map((name) =>
    headerOf(delivery.headers, name),
  ) as [string, string, string];
  if (!/^\d{1,12}$/.test(timestamp)) throw new WebhookRefused('webhook-timestamp is no time.');
  const agedSeconds = Math.abs(now / 1_000 - Number(timestamp));
  if (!(agedSeconds <= toleranceSeconds))
    throw new WebhookRefused(`It was sent ${Math.round(agedSeconds)} s from now.`);
  const bytes = typeof body === 'string' ? new TextEncoder().encode(body) : body;
  // What was parsed can't be what was signed, and is a fault of whoever calls this.
  if (!ArrayBuffer.isView(bytes)) throw new TypeError('The body is wanted as it came: a text, or its bytes.');
  const signed = joined(new TextEncoder().encode(`${id}.${timestamp}.`), bytes);
  const given = signature
    .split(' ')
    .slice(0, signaturesMax)
    .flatMap((one) => (one.startsWith('v1,') ? [bytesOf(one.slice(3))] : []));
  for (const secret of secrets) {
    const key = await keyOf(secret);
    for (const one of given) {
      if (one === undefined || !(await crypto.subtle.verify('HMAC', key, one, signed))) continue;
      return { id, event: eventIn(bytes) as Event };
    }
  }
  throw new WebhookRefused('None of its signatures is by one of the secrets.');
}

/** Not everybody who hands headers on writes their names in lower case. */
function headerOf(headers: Delivery['headers'], name: string): string {
  const [value, ...others] =
    headers instanceof Headers
      ? [headers.get(name)]
      : Object.entries(headers).flatMap(([one, its]) => (one.toLowerCase() === name ? [its] : []));
  if (typeof value === 'string' && value !== '' && others.length === 0) return value;
  throw new WebhookRefused(`It has no ${name}, or several.`);
}

function joined(one: Uint8Array, other: Uint8Array): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(one.length + other.length);
  bytes.set(one);
  bytes.set(other, one.length);
  return bytes;
}

function bytesOf(base64: string): Uint8Array<ArrayBuffer> | undefined {
  try {
    return Uint8Array.from(atob(base64), (sign) => sign.charCodeAt(0));
  } catch {
    return undefined;
  }
}

/** A secret that is none is a fault of whoever configured it, and no reason to refuse what came. */
function keyOf(secret: string) {
  const bytes = secret.startsWith('whsec_') ? bytesOf(secret.slice('whsec_'.length)) : undefined;
  if (bytes === undefined || bytes.length < 24)
    throw new TypeError('A secret is "whsec_" and at least 24 bytes in base64.');
  return crypto.subtle.importKey('raw', bytes, { name: 'HMAC', hash: 'SHA-256' }, false, ['verify']);
}

function eventIn(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  } catch {
    throw new WebhookRefused('It is signed, and no JSON.');
  }
}
