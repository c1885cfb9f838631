import { ConnectionStringInvalid, flat, numberOf, readOptions } from './connection-options.js';

export { ConnectionStringInvalid } from './connection-options.js';

/** What a connection string asks for; of the user only whether there is one. */
export interface ConnectionFacts {
  /** Each with its port; an IPv6 address stands in brackets. */
  readonly hosts: readonly string[];
  /** Finds the node by gossip, starting from one address that stands for all. */
  readonly discovers: boolean;
  readonly tls: boolean;
  readonly hasUser: boolean;
  readonly nodePreference: string;
  readonly authorityFile: string | undefined;
  readonly userCertFile: string | undefined;
  readonly userKeyFile: string | undefined;
  /** How long a node may take to say who leads; undefined where the string does not say. */
  readonly gossipTimeoutMs: number | undefined;
  readonly keepAliveInterval: number;
  readonly keepAliveTimeout: number;
  readonly roundsEveryMs: number | undefined;
  /** How often all nodes are asked before a caller hears that none leads. */
  readonly mostRounds: number;
}

const preferences = ['leader', 'follower', 'read_only_replica', 'random'];
const shape = /^(?:esdb|kurrentdb|kdb)(\+discover)?:\/\/(?:([^/?]*)@)?([^@/?]+)\/?(?:\?(.*))?$/;
const hostShape = /^(?:[\w.-]+|\[[0-9A-Fa-f:.]+\])(?::(\d{1,5}))?$/;
const defaultPort = 2113;
/** As the client's own. */
const keepAliveMs = 10_000;

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
  const nodePreference = given.get('nodePreference') ?? 'leader';
  if (!preferences.map(flat).includes(flat(nodePreference))) {
    throw new ConnectionStringInvalid(`nodePreference must be one of ${preferences.join(', ')}.`);
  }
  const tls = given.get('tls') ?? 'true';
  if (tls !== 'true' && tls !== 'false') throw new ConnectionStringInvalid('tls must be true or false.');
  const gossipTimeout = numberOf(given, 'gossipTimeout');
  return {
    hosts: hosts.split(',').map((host) => withPort(host.trim())),
    discovers: discovers !== undefined,
    tls: tls === 'true',
    hasUser: credentials !== undefined,
    nodePreference: flat(nodePreference),
    authorityFile: given.get('tlsCAFile'),
    userCertFile: given.get('userCertFile'),
    userKeyFile: given.get('userKeyFile'),
    gossipTimeoutMs: gossipTimeout === undefined ? undefined : gossipTimeout * 1_000,
    keepAliveInterval: numberOf(given, 'keepAliveInterval') ?? keepAliveMs,
    keepAliveTimeout: numberOf(given, 'keepAliveTimeout') ?? keepAliveMs,
    roundsEveryMs: numberOf(given, 'discoveryInterval'),
    mostRounds: numberOf(given, 'maxDiscoverAttempts') ?? Number.POSITIVE_INFINITY,
  };
}

function withPort(host: string): string {
  const found = hostShape.exec(host);
  if (found === null) {
    throw new ConnectionStringInvalid(
      'The connection string must name its hosts as host:port, with commas between them.',
    );
  }
  const port = Number(found[1] ?? defaultPort);
  if (port < 1 || port > 65_535) {
    throw new ConnectionStringInvalid('The ports in the connection string must be from 1 to 65535.');
  }
  return found[1] === undefined ? `${host}:${defaultPort}` : host;
}

/** What the client needs to know of it. Node and certificates it is given apart: it knows no IPv6 address. */
export function forClient(text: string): string {
  const { tls } = readConnectionString(text);
  const [, , credentials, , query = ''] = shape.exec(text.trim()) ?? [];
  const given = readOptions(query);
  const user = credentials === undefined ? '' : `${credentials}@`;
  const kept = (['connectionName', 'defaultDeadline'] as const).flatMap((name) => {
    const value = given.get(name);
    return value === undefined ? [] : [`&${name}=${encodeURIComponent(value)}`];
  });
  // A failed append must throw: the result that the client gives instead reports a wrong revision.
  return `esdb://${user}node:${defaultPort}?tls=${tls}&throwOnAppendFailure=true${kept.join('')}`;
}
