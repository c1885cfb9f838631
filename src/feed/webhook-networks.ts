import { lookup } from 'node:dns/promises';
import { BlockList, isIP } from 'node:net';
import { Turns } from '../platform/record/turns.js';

/** What no address of the internet is: IANA's special-purpose registries (RFC 6890) and multicast. */
const special4 = [
  '0.0.0.0/8',
  '10.0.0.0/8',
  '100.64.0.0/10',
  '127.0.0.0/8',
  '169.254.0.0/16',
  '172.16.0.0/12',
  '192.0.0.0/24',
  '192.0.2.0/24',
  '192.88.99.0/24',
  '192.168.0.0/16',
  '198.18.0.0/15',
  '198.51.100.0/24',
  '203.0.113.0/24',
  '224.0.0.0/3',
];
/** Of what is global unicast, what leads into other networks, or nowhere: protocol assignments, examples, 6to4. */
const special6 = ['2001::/23', '2001:db8::/32', '2002::/16', '3fff::/20'];
const global6 = ['2000::/3'];

export interface Resolved {
  readonly address: string;
  readonly family: 4 | 6;
}

/** For whom a name is looked up, and until when. */
export interface Asking {
  readonly whose: string;
  readonly signal: AbortSignal;
}

type Resolve = (host: string) => Promise<readonly Resolved[]>;

function listOf(networks: readonly string[]): BlockList {
  const list = new BlockList();
  for (const one of networks) {
    const [address = '', bits] = one.split('/');
    const family = isIP(address) === 6 ? 'ipv6' : 'ipv4';
    list.addSubnet(address, Number(bits ?? (family === 'ipv6' ? 128 : 32)), family);
  }
  return list;
}

async function resolved(host: string): Promise<readonly Resolved[]> {
  return (await lookup(host, { all: true })) as readonly Resolved[];
}

/** Why an address is not called; its sentence holds nothing of the network within. */
export class AddressRefused extends Error {}

/**
 * Which addresses may be called. Nobody who subscribes shall reach through the server what only the server reaches: so none
 * of the own network, unless the settings name it; and the address that was looked at is the one that is connected to.
 */
export class WebhookNetworks {
  readonly #special4 = listOf(special4);
  readonly #special6 = listOf(special6);
  readonly #global6 = listOf(global6);
  readonly #allowed: BlockList;
  readonly #turns = new Turns();

  constructor(
    allowed: readonly string[],
    private readonly resolve: Resolve = resolved,
  ) {
    this.#allowed = listOf(allowed);
  }

  /** The one to connect to. Throws `AddressRefused`, what the names' service throws, and the reason of the signal. */
  async addressOf({ protocol, hostname }: URL, asking: Asking): Promise<Resolved> {
    const host = hostname.replace(/^\[(.*)\]$/, '$1');
    const family = isIP(host);
    const found =
      family === 0 ? await this.#found(host, asking) : [{ address: host, family: family as 4 | 6 }];
    const [first] = found;
    if (first === undefined) throw new AddressRefused('the name has no address');
    // One of them is enough: a name that leads to both is made to lead within.
    if (!found.every((one) => this.#mayBeCalled(one)))
      throw new AddressRefused(
        'it leads to an address that is none of the internet; the operator may allow networks with ENTENTE_WEBHOOK_NETWORKS',
      );
    if (protocol === 'http:' && !found.every((one) => this.#isAllowed(one)))
      throw new AddressRefused('without TLS only networks are called that ENTENTE_WEBHOOK_NETWORKS names');
    return first;
  }

  /**
   * The system looks two names up at once, and a name that nobody answers for holds its place for many seconds: so each
   * principal has one looked up at a time, and none that nobody waits for any more.
   */
  async #found(host: string, { whose, signal }: Asking): Promise<readonly Resolved[]> {
    const { promise: late, reject } = Promise.withResolvers<never>();
    late.catch(() => undefined);
    const end = () => reject(signal.reason as Error);
    signal.addEventListener('abort', end, { once: true });
    const found = this.#turns.take(whose, () => {
      signal.throwIfAborted();
      return this.resolve(host);
    });
    try {
      return await Promise.race([found, late]);
    } finally {
      signal.removeEventListener('abort', end);
      found.catch(() => undefined);
    }
  }

  #isAllowed({ address, family }: Resolved): boolean {
    return this.#allowed.check(address, family === 6 ? 'ipv6' : 'ipv4');
  }

  #mayBeCalled(one: Resolved): boolean {
    if (this.#isAllowed(one)) return true;
    if (one.family === 4) return !this.#special4.check(one.address, 'ipv4');
    return this.#global6.check(one.address, 'ipv6') && !this.#special6.check(one.address, 'ipv6');
  }
}
