import { EventStoreDBClient } from '@eventstore/db-client';

import { ConnectionStringInvalid, forClient } from './connection-string.js';

/** The parts of the client that its types keep to themselves, as of the one version that package.json allows. */
interface Inside {
  supports: (method: unknown, feature?: string) => Promise<boolean>;
  getChannel: () => Promise<{ close(): void }>;
  handleError: (grpcClient: unknown, error: Error) => Promise<void>;
}

export interface Client {
  readonly api: EventStoreDBClient;
  /** Closes the connection and cancels every call. */
  close(): void;
}

/** The client's own words may quote the string, and with it a password. */
function clientOf(connectionString: string): EventStoreDBClient {
  try {
    return EventStoreDBClient.connectionString(connectionString);
  } catch (error) {
    const isAboutFile = error instanceof Error && error.message.startsWith('Failed to load certificate');
    throw new ConnectionStringInvalid(
      isAboutFile
        ? 'A certificate file that the connection string names is not there, or can not be read.'
        : 'The connection string can not be used: compare it with esdb://user:password@host:2113?tls=true.',
    );
  }
}

/** Throws `ConnectionStringInvalid`; connects at the first call. */
export function makeClient(connectionString: string): Client {
  // A failed append must throw: the result that the client gives instead reports a wrong revision. The last option
  // wins, so nobody can switch this off by the connection string.
  const text = forClient(connectionString);
  const api = clientOf(`${text}${text.includes('?') ? '&' : '?'}throwOnAppendFailure=true`);
  const inside = api as unknown as Inside;

  // Where the server offers batches, the client keeps all appends of the process waiting in one module-level map: a
  // failure of one call rejects the appends of every other client, and a reply that comes after that throws outside
  // of any promise and ends the process. Without batches, each append is a call of its own that fails alone. It also
  // spares the client's cached discovery of features, whose first failure would fail all later appends.
  inside.supports = async () => false;

  // After a failure the client waits for its next connection where nobody catches that one's failure.
  const handleError = inside.handleError;
  inside.handleError = (grpcClient, error) => handleError(grpcClient, error).catch(() => undefined);

  // Disposing of the client leaves its channels open, with their sockets and timers, and one may still be on its way.
  let closed = false;
  const channels = new Set<{ close(): void }>();
  const getChannel = inside.getChannel;
  inside.getChannel = async () => {
    const channel = await getChannel();
    channels.add(channel);
    if (closed) channel.close();

    return channel;
  };

  return {
    api,
    close() {
      closed = true;
      // First the channels: while one is open, the client made next would share its connection, dead or not.
      for (const channel of channels) channel.close();
      // Disposing cancels the calls at once, and then waits for the end of each: for ever, where one had failed before
      // the client began to listen to it.
      api.dispose().catch(() => undefined);
    },
  };
}
