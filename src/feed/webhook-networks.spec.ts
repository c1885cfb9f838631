import { describe, expect, it } from '@jest/globals';
import { AddressRefused, WebhookNetworks } from './webhook-networks.js';
import type { Resolved } from './webhook-networks.js';

const resolving = (...answers: Resolved[][]) => {
  let asked = 0;
  return async () => answers[asked++] ?? [];
};
const public4: Resolved = { address: '93.184.216.34', family: 4 };
const within: Resolved = { address: '10.0.0.8', family: 4 };
const asking = { whose: 'somebody', signal: new AbortController().signal };
const url = new URL('https://receiver.example/');

describe('The addresses to which webhooks may lead', () => {
  it.each([
    '0.0.0.0',
    '10.1.2.3',
    '100.64.0.1',
    '127.0.0.1',
    '169.254.169.254',
    '172.31.255.255',
    '192.168.0.1',
    '198.18.0.1',
    '224.0.0.1',
    '255.255.255.255',
    '[::]',
    '[::1]',
    '[::ffff:10.0.0.1]',
    '[64:ff9b::a00:1]',
    '[fe80::1]',
    '[fd00::1]',
    '[ff02::1]',
    '[2002:a00:1::]',
    '[2001:db8::1]',
    '2130706433',
    '0x7f000001',
    '0177.0.0.1',
  ])('are not %s, however it is written', async (host) => {
    await expect(new WebhookNetworks([]).addressOf(new URL(`https://${host}/`), asking)).rejects.toThrow(
      AddressRefused,
    );
  });

  it.each(['93.184.216.34', '[2606:2800:220:1::1]'])(
    'are those of the internet, such as %s',
    async (host) => {
      await expect(
        new WebhookNetworks([]).addressOf(new URL(`https://${host}/`), asking),
      ).resolves.toBeTruthy();
    },
  );

  it('are looked at anew each time, for a name may lead elsewhere by then', async () => {
    const networks = new WebhookNetworks([], resolving([public4], [within], [public4, within], []));
    await expect(networks.addressOf(url, asking)).resolves.toEqual(public4);
    for (const _ of ['within', 'to both', 'nowhere'])
      await expect(networks.addressOf(url, asking)).rejects.toThrow(AddressRefused);
  });

  it('are those within that the settings name, and without TLS no others', async () => {
    const networks = new WebhookNetworks(['10.0.0.0/24'], resolving([within], [within], [public4]));
    await expect(networks.addressOf(url, asking)).resolves.toEqual(within);
    await expect(networks.addressOf(new URL('http://receiver.example/'), asking)).resolves.toEqual(within);
    await expect(networks.addressOf(new URL('http://receiver.example/'), asking)).rejects.toThrow(/TLS/);
    await expect(networks.addressOf(new URL('https://10.0.1.1/'), asking)).rejects.toThrow(
      /ENTENTE_WEBHOOK_NETWORKS/,
    );
  });

  it('are looked up for each principal one at a time, so that names without an answer hold up nobody else', async () => {
    const asked: string[] = [];
    const never = Promise.withResolvers<readonly Resolved[]>();
    const networks = new WebhookNetworks([], async (host) => {
      asked.push(host);
      return host.startsWith('slow') ? never.promise : [public4];
    });
    const ended = new AbortController();
    const theirs = { whose: 'the one', signal: ended.signal };
    const slow = ['slow-1', 'slow-2', 'slow-3'].map((host) =>
      networks.addressOf(new URL(`https://${host}.example/`), theirs).catch((error: unknown) => error),
    );
    await expect(networks.addressOf(url, { ...asking, whose: 'the other' })).resolves.toEqual(public4);
    const late = new Error('late');
    ended.abort(late);
    expect(await Promise.all(slow)).toEqual([late, late, late]);
    // Nobody waits for the others any more, so they are never asked for.
    never.resolve([]);
    await expect(networks.addressOf(url, { ...asking, whose: 'the one' })).resolves.toEqual(public4);
    expect(asked).toEqual(['slow-1.example', 'receiver.example', 'receiver.example']);
  });
});
