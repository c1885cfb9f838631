import { EventStoreError } from '#libs/event-store';

/** Says what is wrong with the connection string, and quotes nothing of it that may be secret. */
export class ConnectionStringInvalid extends EventStoreError {}

/** What a connection string asks for; of the user only whether there is one. */
export interface ConnectionFacts {
  readonly hosts: readonly string[];
  /** Finds the node by gossip, starting from one address that stands for all. */
  readonly discovers: boolean;
  readonly tls: boolean;
  readonly hasUser: boolean;
  readonly nodePreference: string;
  readonly authorityFile: string | undefined;
}

/** In the writing of the client, which takes them in any case. */
const options = [
  'connectionName',
  'defaultDeadline',
  'discoveryInterval',
  'gossipTimeout',
  'keepAliveInterval',
  'keepAliveTimeout',
  'maxDiscoverAttempts',
  'nodePreference',
  'throwOnAppendFailure',
  'tls',
  'tlsCAFile',
  'userCertFile',
  'userKeyFile',
] as const;

const preferences = ['leader', 'follower', 'read_only_replica', 'random'];
const flat = (text: string) => text.toLowerCase().replaceAll(/[_-]/g, '');
const shape = /^(?:esdb|kurrentdb|kdb)(\+discover)?:\/\/(?:([^/?]*)@)?([^@/?]+)\/?(?:\?(.*))?$/;
const hostShape = /^[\w.-]+(?::\d{1,5})?$/;

/**
 * Reads the string before the client does: the client takes only the older scheme, and prints the whole string, its
 * password included, where it warns of an option that it does not know.
 */
export function readConnectionString(text: string): ConnectionFacts {
  const [, discovers, credentials, hosts = '', query = ''] = shape.exec(text.trim()) ?? [];
  if (hosts === '') {
    throw new ConnectionStringInvalid(
      'The connection string must read like esdb://user:password@host:2113?tls=true.',
    );
  }
  if (credentials !== undefined && !/^[^:@]+:[^:@]+$/.test(credentials)) {
    throw new ConnectionStringInvalid(
      'Before the "@" the connection string must have a user and a password, user:password, with ":", "@", "/" and "?" in them percent-encoded.',
    );
  }
  const given = readOptions(query);
  const named = hosts.split(',').map((host) => host.trim());
  if (!named.every((host) => hostShape.test(host))) {
    throw new ConnectionStringInvalid(
      'The connection string must name its hosts as host:port, with commas between them.',
    );
  }
  const nodePreference = given.get('nodePreference') ?? 'leader';
  if (!preferences.map(flat).includes(flat(nodePreference))) {
    throw new ConnectionStringInvalid(`nodePreference must be one of ${preferences.join(', ')}.`);
  }
  const tls = given.get('tls') ?? 'true';
  if (tls !== 'true' && tls !== 'false') throw new ConnectionStringInvalid('tls must be true or false.');
  return {
    hosts: named,
    discovers: discovers !== undefined,
    tls: tls === 'true',
    hasUser: credentials !== undefined,
    nodePreference: flat(nodePreference),
    authorityFile: given.get('tlsCAFile'),
  };
}

/** As the client takes it. */
export function forClient(text: string): string {
  readConnectionString(text);
  return text.trim().replace(/^(?:kurrentdb|kdb)/, 'esdb');
}

function readOptions(query: string): ReadonlyMap<string, string> {
  const given = new Map<string, string>();
  for (const pair of query === '' ? [] : query.split('&')) {
    const [name = '', value = '', ...others] = pair.split('=');
    const option = options.find((known) => flat(known) === flat(name));
    if (option === undefined) {
      throw new ConnectionStringInvalid(
        `The connection string has an option that there is not; the options are ${options.join(', ')}.`,
      );
    }
    if (value === '' || others.length > 0)
      throw new ConnectionStringInvalid(`The option ${option} must have one value.`);
    given.set(option, decoded(option, value));
  }
  return given;
}

function decoded(option: string, value: string): string {
  try {
    return decodeURIComponent(value);
  } catch {
    throw new ConnectionStringInvalid(`The value of ${option} is not percent-encoded as it should be.`);
  }
}
