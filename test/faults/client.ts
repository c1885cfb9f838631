import { Agent, request } from 'node:http';
import type { IncomingHttpHeaders, IncomingMessage } from 'node:http';

export interface Answered {
  readonly kind: 'answered';
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly text: string;
}

/** `cut`: an answer began and broke off. `unanswered`: no answer began, whatever became of the request. */
export type Outcome =
  | Answered
  | { readonly kind: 'cut'; readonly status: number; readonly text: string }
  | { readonly kind: 'unanswered'; readonly code: string };

export interface Asked {
  readonly body?: unknown;
  readonly headers?: Record<string, string>;
}

/** A client that tells an answer which was cut from one that never began; `fetch` reports both alike. */
export class Client {
  readonly #agent: Agent;

  constructor(
    readonly url: string,
    readonly key: string,
    connections: number,
  ) {
    this.#agent = new Agent({ keepAlive: true, maxSockets: connections });
  }

  async ask(method: string, path: string, asked: Asked = {}): Promise<Outcome> {
    const begun = await this.begin(method, path, asked);
    if ('kind' in begun) return begun;
    const status = begun.statusCode ?? 0;
    let text = '';
    try {
      for await (const chunk of begun.setEncoding('utf8')) text += String(chunk);
      return { kind: 'answered', status, headers: begun.headers, text };
    } catch {
      return { kind: 'cut', status, text };
    }
  }

  /** The answer once its head has come, with its body still to be read. */
  begin(method: string, path: string, { body, headers = {} }: Asked = {}) {
    return new Promise<IncomingMessage | Extract<Outcome, { kind: 'unanswered' }>>((resolve) => {
      const sent = request(
        new URL(path, this.url),
        {
          method,
          agent: this.#agent,
          headers: {
            Authorization: `Bearer ${this.key}`,
            ...(body === undefined ? {} : { 'Content-Type': 'application/json' }),
            ...headers,
          },
        },
        resolve,
      );
      sent.on('error', (error: NodeJS.ErrnoException) =>
        resolve({ kind: 'unanswered', code: error.code ?? error.message }),
      );
      sent.end(body === undefined ? undefined : JSON.stringify(body));
    });
  }

  /** For what must succeed. */
  async get<T>(path: string): Promise<T> {
    return JSON.parse((await this.getText(path)).text) as T;
  }

  async getText(path: string): Promise<Answered> {
    const outcome = await this.ask('GET', path);
    if (outcome.kind === 'answered' && outcome.status === 200) return outcome;
    throw new Error(`GET ${path}: ${JSON.stringify(outcome)}`);
  }

  close(): void {
    this.#agent.destroy();
  }
}
