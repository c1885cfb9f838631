import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface Received {
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  readonly id: string;
  readonly status: number;
}

/** Somebody who is told what is recorded, and answers with whatever it is told to. */
export class Receiver {
  readonly received: Received[] = [];
  status = 204;
  readonly #server = createServer((request, response) => {
    let body = '';
    request.setEncoding('utf8').on('data', (chunk: string) => (body += chunk));
    request.on('end', () => {
      const headers = request.headers as Record<string, string>;
      const { status } = this;
      this.received.push({ path: request.url ?? '', headers, body, id: headers['webhook-id'] ?? '', status });
      response.writeHead(status, status === 302 ? { Location: '/elsewhere' } : {}).end();
    });
  });

  static async start(): Promise<Receiver> {
    const receiver = new Receiver();
    receiver.#server.listen(0, '127.0.0.1');
    await once(receiver.#server, 'listening');
    return receiver;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  /** What came to that path and was taken. */
  taken(path: string): readonly Received[] {
    return this.received.filter((one) => one.path === path && one.status < 300);
  }

  at(path: string): readonly Received[] {
    return this.received.filter((one) => one.path === path);
  }

  stop(): void {
    this.#server.closeAllConnections();
    this.#server.close();
  }
}
