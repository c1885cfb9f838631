import gossipService from '@eventstore/db-client/generated/gossip_grpc_pb.js';
import gossip from '@eventstore/db-client/generated/gossip_pb.js';
import featuresService from '@eventstore/db-client/generated/serverfeatures_grpc_pb.js';
import features from '@eventstore/db-client/generated/serverfeatures_pb.js';
import shared from '@eventstore/db-client/generated/shared_pb.js';
import streamsService from '@eventstore/db-client/generated/streams_grpc_pb.js';
import type streams from '@eventstore/db-client/generated/streams_pb.js';
import {
  Server,
  ServerCredentials,
  status,
  type ServerReadableStream,
  type ServerUnaryCall,
  type sendUnaryData,
} from '@grpc/grpc-js';
import { once } from 'node:events';
import { createServer, type AddressInfo, type Server as TcpServer, type Socket } from 'node:net';

import { append, tombstone } from './facade-appends.js';
import { facadeCertificate, facadeKey } from './facade-certificate.js';
import type { FacadeDatabase } from './facade-database.js';
import { FacadeDatabases } from './facade-databases.js';
import { failure } from './facade-messages.js';
import { FacadeNode } from './facade-node.js';
import { read } from './facade-reads.js';
import type { ReadCall } from './facade-sending.js';

/** The server's own default: with 100 calls open on a connection, the next one waits. */
const mostCalls = 100;

/**
 * Enough of EventStoreDB, spoken over its real protocol, to test the adapter with the real client and without a
 * server. Alone it is a server of one node; several of them over the same databases are nodes of a cluster.
 */
export class Facade {
  readonly #grpc = new Server({ 'grpc.max_concurrent_streams': mostCalls });
  readonly #tcp: TcpServer;
  readonly #own = new Set<Socket>();
  /** Connections that are held: what comes on them is taken and never looked at. */
  #hole: Set<Socket> | undefined;
  readonly node = new FacadeNode(() => this.port);
  /** Discovery has no connection name; it fails for all databases alike. */
  failedDiscoveries = 0;
  /** Discovery answers once this is over. */
  slowDiscovery: Promise<void> = Promise.resolve();
  #port = 0;

  constructor(
    private readonly databases = new FacadeDatabases(),
    credentials = ServerCredentials.createInsecure(),
  ) {
    const { sockets } = databases;
    const injector = this.#grpc.createConnectionInjector(credentials);
    this.#tcp = createServer((socket) => {
      const peer = `${socket.remoteAddress}:${socket.remotePort}`;
      sockets.set(peer, socket);
      this.#own.add(socket);
      socket.on('close', () => {
        sockets.delete(peer);
        this.#own.delete(socket);
      });
      socket.on('error', () => undefined);
      if (this.#hole === undefined) injector.injectConnection(socket);
      else this.#hole.add(socket);
    });
    this.#serve();
  }

  /** Speaks TLS, by a certificate of its own authority. */
  static withTls(databases?: FacadeDatabases): Facade {
    const [private_key, cert_chain] = [Buffer.from(facadeKey), Buffer.from(facadeCertificate)];
    return new Facade(databases, ServerCredentials.createSsl(null, [{ private_key, cert_chain }]));
  }

  /**
   * The way to the node swallows everything: connections come about and nothing is ever heard on them, and those that
   * there are die without a word. Until the returned function is called; then they end.
   */
  swallow(): () => void {
    const held = new Set<Socket>(this.#own);
    this.#hole = held;
    this.node.lose([...held].map((socket) => `${socket.remoteAddress}:${socket.remotePort}`));
    return () => {
      this.#hole = undefined;
      for (const socket of held) socket.destroy();
    };
  }

  async start(): Promise<void> {
    this.#tcp.listen(0, '127.0.0.1');
    await once(this.#tcp, 'listening');
  }

  async stop(): Promise<void> {
    this.#grpc.forceShutdown();
    if (this.#tcp.listening) await this.kill();
  }

  /** Ends the node as a kill does: its connections break, and nothing listens any more. */
  async kill(): Promise<void> {
    this.#port = this.port;
    for (const socket of this.#own) socket.destroy();
    this.#tcp.close();
    await once(this.#tcp, 'close');
  }

  /** Starts a node that was killed where it was. */
  async revive(): Promise<void> {
    this.#tcp.listen(this.port, '127.0.0.1');
    await once(this.#tcp, 'listening');
  }

  get port(): number {
    return this.#tcp.listening ? (this.#tcp.address() as AddressInfo).port : this.#port;
  }

  database(name: string): FacadeDatabase {
    return this.databases.of(name);
  }

  connectionString(name: string): string {
    return `esdb://127.0.0.1:${this.port}?tls=false&connectionName=${name}`;
  }

  /** Finds its node by gossip, as the client of a cluster does, and gives up after two attempts. */
  discoveringConnectionString(name: string): string {
    const options = `tls=false&connectionName=${name}&maxDiscoverAttempts=2&discoveryInterval=1`;
    return `esdb+discover://127.0.0.1:${this.port}?${options}`;
  }

  #serve(): void {
    this.#grpc.addService(streamsService.StreamsService, {
      read: (call: ReadCall) => void read(call, this.#databaseOf(call), this.node),
      append: (
        call: ServerReadableStream<streams.AppendReq, streams.AppendResp>,
        reply: sendUnaryData<streams.AppendResp>,
      ) => append(call, reply, this.#databaseOf(call), this.node),
      tombstone: (
        call: ServerUnaryCall<streams.TombstoneReq, streams.TombstoneResp>,
        reply: sendUnaryData<streams.TombstoneResp>,
      ) => void tombstone(call, reply, this.#databaseOf(call), this.node),
      // A real server takes batches. This one offers and refuses them, so that an adapter which lets the client use
      // them fails every test: see client.ts for why it must not.
      batchAppend: (call: { emit(event: 'error', error: Error): void }) =>
        call.emit('error', failure(status.INTERNAL, 'batches-are-not-to-be-used')),
    });
    this.#grpc.addService(featuresService.ServerFeaturesService, {
      getSupportedMethods: (_: unknown, reply: sendUnaryData<features.SupportedMethods>) => {
        const method = new features.SupportedMethod();
        method.setServiceName('event_store.client.streams.streams').setMethodName('batchappend');
        reply(
          null,
          new features.SupportedMethods().setEventStoreServerVersion('24.10.0').addMethods(method) as never,
        );
      },
    });
    this.#grpc.addService(gossipService.GossipService, {
      read: (_: unknown, reply: sendUnaryData<gossip.ClusterInfo>) => void this.#gossip(reply),
    });
  }

  async #gossip(reply: sendUnaryData<gossip.ClusterInfo>): Promise<void> {
    await this.node.awake();
    await this.slowDiscovery;
    if (this.failedDiscoveries === 0) return reply(null, this.#members());
    this.failedDiscoveries -= 1;
    reply(failure(status.UNAVAILABLE, 'starting'));
  }

  #members(): gossip.ClusterInfo {
    const members = this.node.members().map(({ port, leads, address = '127.0.0.1' }) => {
      const { LEADER, FOLLOWER } = gossip.MemberInfo.VNodeState;
      const member = new gossip.MemberInfo();
      member.setInstanceId(
        new shared.UUID().setString(`00000000-0000-0000-0000-${String(port).padStart(12, '0')}`),
      );
      member
        .setTimeStamp('0')
        .setState(leads ? LEADER : FOLLOWER)
        .setIsAlive(true);
      member.setHttpEndPoint(new gossip.EndPoint().setAddress(address).setPort(port));
      return member;
    });
    return new gossip.ClusterInfo().setMembersList(members);
  }

  #databaseOf(call: { metadata: { get(key: string): unknown[] }; getPeer(): string }): FacadeDatabase {
    const database = this.databases.of(String(call.metadata.get('connection-name')[0]));
    database.peers.add(call.getPeer());
    return database;
  }
}
