import { EventStoreDBClient } from '@eventstore/db-client';
import { Channel, connectivityState, type ChannelCredentials } from '@grpc/grpc-js';

import { ConnectionStringInvalid, forClient, readConnectionString } from './connection-string.js';
import { CallLost } from './failures.js';

/** Events may be this large at a server, whoever wrote them. */
const mostBytes = 17 * 1_048_576;
const never = 2 ** 31 - 1;

interface GrpcClient {
  getChannel(): Pick<Channel, 'getConnectivityState'>;
}

/** The parts of the client that its types keep to themselves, as of the one version that package.json allows. */
interface Inside {
  supports: (method: unknown, feature?: string) => Promise<boolean>;
  getGRPCClient: (kind: unknown, name: string) => Promise<GrpcClient>;
  handleError: (grpcClient: unknown, error: Error) => Promise<void>;
  createChannel: () => Promise<Channel>;
  execute: (
    kind: unknown,
    name: string,
    action: (client: GrpcClient) => Promise<unknown>,
  ) => Promise<unknown>;
}

/** The client's own words may quote the string, and with it a password. */
function clientOf(connectionString: string): EventStoreDBClient {
  try {
    return EventStoreDBClient.connectionString(connectionString);
  } catch {
    throw new ConnectionStringInvalid(
      'The connection string can not be used: compare it with esdb://user:password@host:2113?tls=true.',
    );
  }
}

/**
 * One client of one node, for as long as anybody works with it. Whoever owns it lends it out and retires it; only when
 * the last work that borrowed it is over its channel closes. A channel that closes under an append would throw inside
 * the client's own promise, where nobody can catch it, and end the process.
 */
export class Client {
  readonly #api: EventStoreDBClient;
  readonly #channel: Channel;
  readonly #ends = new Set<(reason: Error) => void>();
  #retired: Error | undefined;
  #closed = false;

  /** Throws `ConnectionStringInvalid`; connects at the first call. */
  constructor(
    connectionString: string,
    readonly node: string,
    credentials: ChannelCredentials,
  ) {
    this.#api = clientOf(forClient(connectionString));
    const { keepAliveInterval, keepAliveTimeout } = readConnectionString(connectionString);
    this.#channel = new Channel(node, credentials, {
      'grpc.keepalive_time_ms': keepAliveInterval < 0 ? never : keepAliveInterval,
      'grpc.keepalive_timeout_ms': keepAliveTimeout < 0 ? never : keepAliveTimeout,
      'grpc.max_receive_message_length': mostBytes,
      // Else the next client of the same node would go on with this one's connection, dead or not.
      'grpc.use_local_subchannel_pool': 1,
    });
    this.#takeOver(this.#api as unknown as Inside);
  }

  /** The way to the server until the work is given back; `onRetired` hears when this client is no longer to be used. */
  borrow(onRetired: (reason: Error) => void): {
    readonly api: EventStoreDBClient;
    readonly giveBack: () => void;
  } {
    if (this.#retired !== undefined) throw new CallLost('The connection was given up.');
    const end = (reason: Error) => onRetired(reason);
    this.#ends.add(end);
    return {
      api: this.#api,
      giveBack: () => {
        this.#ends.delete(end);
        this.#closeIfIdle();
      },
    };
  }

  /** Tells all who work with it, and closes it once they are done. */
  retire(reason: Error): void {
    if (this.#retired !== undefined) return;
    this.#retired = reason;
    for (const end of [...this.#ends]) end(reason);
    this.#closeIfIdle();
  }

  /** At once, under whatever is under way: the calls that were made end, and no other is made. */
  close(reason: Error): void {
    this.retire(reason);
    this.#ends.clear();
    this.#closeIfIdle();
  }

  #closeIfIdle(): void {
    if (this.#retired === undefined || this.#ends.size > 0 || this.#closed) return;
    this.#closed = true;
    this.#channel.close();
    // Disposing cancels the calls at once, and then waits for the end of each: for ever, where one had failed before
    // the client began to listen to it.
    this.#api.dispose().catch(() => undefined);
  }

  #takeOver(inside: Inside): void {
    // Where the server offers batches, the client keeps all appends of the process waiting in one module-level map: a
    // failure of one call rejects the appends of every other client, and a reply that comes after that throws outside
    // of any promise and ends the process. Without batches, each append is a call of its own that fails alone. It also
    // spares the client's cached discovery of features, whose first failure would fail all later appends.
    inside.supports = async () => false;

    // Which node it is, is decided by the owner, who also sees when another is better. Left to itself the client
    // would look for minutes, and close its channel under the work of others as soon as one call fails.
    inside.createChannel = async () => this.#channel;
    inside.handleError = async () => undefined;

    // An append on a closed channel throws where nobody can catch it; between this look and the call nothing happens.
    inside.execute = async (kind, name, action) => {
      const grpcClient = await inside.getGRPCClient(kind, name);
      if (grpcClient.getChannel().getConnectivityState(false) === connectivityState.SHUTDOWN) {
        throw new CallLost('The connection was given up.');
      }
      return action(grpcClient);
    };
  }
}
