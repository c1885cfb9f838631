import { randomFill } from 'node:crypto';
import { createServer, connect, type AddressInfo, type Server, type Socket } from 'node:net';

/** Sends one byte over the loopback interface and one task to the thread pool, and knows when both are back. */
export class Echo {
  readonly #server: Server;
  #client: Socket | undefined;
  #missing = 1;

  constructor() {
    this.#server = createServer((socket) => {
      // Whoever stops with a byte under way resets the connection.
      socket.unref().on('error', () => undefined);
      socket.pipe(socket);
    });
    this.#server.unref().listen(0, '127.0.0.1', () => {
      const { port } = this.#server.address() as AddressInfo;
      this.#client = connect(port, '127.0.0.1', () => this.#back());
      this.#client.unref().on('error', () => undefined);
      this.#client.on('data', () => this.#back());
    });
  }

  get isBack(): boolean {
    return this.#missing === 0;
  }

  send(): void {
    this.#missing = 2;
    this.#client?.write('.');
    randomFill(Buffer.alloc(1), () => this.#back());
  }

  stop(): void {
    this.#client?.destroy();
    this.#server.close();
  }

  #back(): void {
    this.#missing -= 1;
  }
}
