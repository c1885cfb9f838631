import { describe, expect, it } from '@jest/globals';
import { Webhook } from 'standardwebhooks';
import { verifyWebhook, WebhookRefused } from './webhooks.js';

const secretOf = (byte: number) => `whsec_${Buffer.alloc(32, byte).toString('base64')}`;
const [secret, next, other] = [secretOf(1), secretOf(2), secretOf(3)];
const now = Date.parse('2026-03-01T12:00:00Z');
const body = '{"type":"IrritantRaised","data":{"summary":"Двадцать виз"}}';

/** As the library signs it that the authors of Standard Webhooks give out. */
function signedBy(secrets: readonly string[], id = 'm1', at = now, text = body) {
  const signatures = secrets.map((one) => new Webhook(one).sign(id, new Date(at), text));
  return {
    'webhook-id': id,
    'webhook-timestamp': String(Math.floor(at / 1_000)),
    'webhook-signature': signatures.join(' '),
  };
}

describe('A delivery by Standard Webhooks', () => {
  it.each([
    ['one secret', [secret], [secret]],
    ['the old secret, while both sign', [next, secret], [secret]],
    ['the new secret, while both sign', [next, secret], [next]],
    ['both secrets, before the new one signs', [secret], [next, secret]],
  ])('is verified by %s', async (_, signing, secrets) => {
    const headers = signedBy(signing);
    const told = { id: 'm1', event: JSON.parse(body) as unknown };
    expect(await verifyWebhook({ headers, body, secrets, now })).toEqual(told);
    const bytes = new TextEncoder().encode(body);
    expect(await verifyWebhook({ headers: new Headers(headers), body: bytes, secrets, now })).toEqual(told);
  });

  const headers = signedBy([secret]);
  it.each([
    ['another body', { body: body.replace('IrritantRaised', 'IrritantResolved') }],
    ['another id', { headers: { ...headers, 'webhook-id': 'm2' } }],
    ['another time', { headers: { ...headers, 'webhook-timestamp': String(now / 1_000 + 1) } }],
    ['another secret', { secrets: [other] }],
    ['no secret', { secrets: [] }],
    ['a delivery of six minutes ago', { now: now + 360_000 }],
    ['a delivery of six minutes from now', { now: now - 360_000 }],
    ['a time that is none', { headers: { ...headers, 'webhook-timestamp': 'NaN' } }],
    ['no id', { headers: { ...headers, 'webhook-id': '' } }],
    ['no signature', { headers: { ...headers, 'webhook-signature': undefined } }],
    ['an id twice', { headers: { ...headers, 'Webhook-Id': 'm1' } }],
    [
      'a signature twice',
      { headers: { ...headers, 'webhook-signature': [headers['webhook-signature'], 'v1,x'] } },
    ],
    [
      'a signature of another kind',
      { headers: { ...headers, 'webhook-signature': headers['webhook-signature'].replace('v1,', 'v1a,') } },
    ],
    ['a signature that is no base64', { headers: { ...headers, 'webhook-signature': 'v1,???' } }],
    [
      'the right one behind too many',
      {
        headers: {
          ...headers,
          'webhook-signature': `${'v1,AAAA '.repeat(16)}${headers['webhook-signature']}`,
        },
      },
    ],
  ])('is refused for %s', async (_, over) => {
    const delivery = { headers, body, secrets: [secret], now, ...over };
    await expect(verifyWebhook(delivery)).rejects.toThrow(WebhookRefused);
  });

  it('is verified whatever case the names of its headers are in', async () => {
    const renamed = Object.fromEntries(
      Object.entries(headers).map(([name, value]) => [name.replace('webhook', 'Webhook'), value]),
    );
    expect((await verifyWebhook({ headers: renamed, body, secrets: [secret], now })).id).toBe('m1');
  });

  it.each([[JSON.parse(body)], [new TextEncoder().encode(body).buffer], [undefined]])(
    'that somebody has parsed is no matter of who sent it: %p',
    async (parsed) => {
      const delivery = { headers, body: parsed as string, secrets: [secret], now };
      await expect(verifyWebhook(delivery)).rejects.toThrow(/wanted as it came/);
    },
  );

  it('is no matter of a secret that is none: whoever configured it is told', async () => {
    await expect(verifyWebhook({ headers, body, secrets: ['whsec_AAAA'], now })).rejects.toThrow(TypeError);
  });
});
