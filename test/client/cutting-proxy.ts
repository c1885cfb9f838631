import { once } from 'node:events';
import { connect, createServer } from 'node:net';
import type { AddressInfo, Socket } from 'node:net';

/** Stands between a client and a server, and cuts connections where it is told to: the server has done by then what it was asked. */
export class CuttingProxy {
  /** So many of the next answers never arrive. */
  answersToCut = 0;
  /** After so many bytes of answers a connection is cut; each cut counts. */
  cutAfterBytes = Number.POSITIVE_INFINITY;
  cuts = 0;
  readonly #sockets = new Set<Socket>();
  readonly #server = createServer((client) => this.#join(client));

  private constructor(private readonly port: number) {}

  static async before(url: string): Promise<CuttingProxy> {
    const proxy = new CuttingProxy(Number(new URL(url).port));
    proxy.#server.listen(0, '127.0.0.1');
    await once(proxy.#server, 'listening');
    return proxy;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  #join(client: Socket): void {
    const server = connect(this.port, '127.0.0.1');
    let sent = 0;
    const end = () => {
      client.destroy();
      server.destroy();
    };
    for (const socket of [client, server]) {
      this.#sockets.add(socket);
      socket.on('error', end).on('close', end);
    }
    client.pipe(server);
    server.on('data', (bytes: Buffer) => {
      if (this.answersToCut > 0) {
        this.answersToCut -= 1;
        this.cuts += 1;
        end();
        return;
      }
      client.write(bytes.subarray(0, this.cutAfterBytes - sent));
      sent += bytes.length;
      if (sent < this.cutAfterBytes) return;
      this.cuts += 1;
      client.end(end);
    });
  }

  stop(): void {
    for (const socket of this.#sockets) socket.destroy();
    this.#server.close();
  }
}
