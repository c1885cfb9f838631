import { isIP } from 'node:net';

/** Networks that have a name of their own. */
const named: readonly string[] = ['loopback', 'linklocal', 'uniquelocal'];

function isNetwork(one: string): boolean {
  const [address = '', bits, ...rest] = one.split('/');
  const family = isIP(address);
  if (family === 0 || rest.length > 0) return false;
  return bits === undefined || (/^\d{1,3}$/.test(bits) && Number(bits) <= (family === 4 ? 32 : 128));
}

function isProxy(one: string): boolean {
  return named.includes(one) || isNetwork(one);
}

export function proxiesFrom(list: string | undefined): readonly string[] {
  return list === undefined ? [] : list.split(',').map((one) => one.trim());
}

/** What is wrong with the list, without the value itself. */
export function proxyFaults(list: string | undefined): readonly string[] {
  return proxiesFrom(list).every(isProxy)
    ? []
    : [
        `ENTENTE_TRUSTED_PROXIES must list addresses or networks such as 10.0.0.7,172.16.0.0/12; ${named.join(', ')} name theirs`,
      ];
}

/** The same of the networks to which webhooks may lead, of which none has a name. */
export function webhookNetworkFaults(list: string | undefined): readonly string[] {
  return proxiesFrom(list).every(isNetwork)
    ? []
    : ['ENTENTE_WEBHOOK_NETWORKS must list addresses or networks such as 10.0.0.7,172.16.0.0/12'];
}
