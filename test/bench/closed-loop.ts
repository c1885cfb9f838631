import { Agent, request } from 'node:http';
import { position, irritant, source } from '../faults/load.js';
import type { Ground, Write } from '../faults/load.js';
import type { MeasuredServer } from './measured-server.js';

interface Answer {
  readonly status: number;
  readonly id: string;
  readonly tag: string;
  readonly moment: string;
}

/** Acts of a secretariat over kept connections: each client waits for its answer before it asks again. */
export class ClosedLoop {
  readonly #agent = new Agent({ keepAlive: true });
  readonly #key: string;
  #sent = 0;
  #ground: Ground | undefined;
  /** How many acts are recorded. */
  recorded = 0;

  constructor(private readonly server: MeasuredServer) {
    this.#key = server.keys()['secretariat'] ?? '';
  }

  async begin(): Promise<void> {
    const body = { parties: ['RU', 'US'], keyPrefix: 'BENCH', name: { en: 'A dialogue' } };
    const { id: dialogueId } = await this.#post('/v1/dialogues', body);
    const { path, body: cited } = source('A statement', { dialogueId });
    const { id: sourceId } = await this.#post(path, cited);
    this.#ground = { dialogueId, sourceId, shared: '' };
  }

  /** One irritant for each client, so that nobody waits for anybody else. */
  async subjects(count: number): Promise<readonly Answer[]> {
    const made: Answer[] = [];
    for (let at = 0; at < count; at += 1) made.push(await this.#give(irritant(this.#name(), this.#there)));
    return made;
  }

  /** So many acts of each client, one after another; resolves once the read models show the last one. */
  async act(subjects: readonly Answer[], each: number): Promise<void> {
    const { sourceId } = this.#there;
    const latest = await Promise.all(
      subjects.map(async (subject) => {
        let last = subject;
        for (let given = 0; given < each; given += 1)
          last = await this.#give(position(this.#name(), subject.id, sourceId), last.tag);
        return last;
      }),
    );
    for (const { moment } of latest)
      await this.#send('GET', `/v1/irritants?limit=1&minPosition=${moment}`, undefined, {});
  }

  end(): void {
    this.#agent.destroy();
  }

  get #there(): Ground {
    if (this.#ground === undefined) throw new Error('Nothing was begun.');
    return this.#ground;
  }

  #name(): string {
    return `Act ${this.#sent}`;
  }

  #give({ path, body }: Write, tag = ''): Promise<Answer> {
    return this.#post(path, body, tag === '' ? {} : { 'If-Match': tag });
  }

  async #post(path: string, body: object, headers: Record<string, string> = {}): Promise<Answer> {
    this.#sent += 1;
    const key = { 'Idempotency-Key': `act-${this.#sent}` };
    const answer = await this.#send('POST', path, JSON.stringify(body), { ...key, ...headers });
    this.recorded += 1;
    return answer;
  }

  #send(
    method: string,
    path: string,
    body: string | undefined,
    headers: Record<string, string>,
  ): Promise<Answer> {
    return new Promise((resolve, reject) => {
      const sending = request(`${this.server.url}${path}`, {
        method,
        agent: this.#agent,
        headers: { Authorization: `Bearer ${this.#key}`, 'Content-Type': 'application/json', ...headers },
      });
      sending.on('error', reject).on('response', (response) => {
        let text = '';
        response.setEncoding('utf8').on('data', (part: string) => (text += part));
        response.on('end', () => {
          const { statusCode: status = 0 } = response;
          if (status >= 300) return reject(new Error(`${method} ${path} was answered ${status}: ${text}`));
          const { id = '' } = JSON.parse(text) as { id?: string };
          const { etag: tag = '', 'event-position': moment } = response.headers;
          resolve({ status, id, tag, moment: String(moment) });
        });
      });
      sending.end(body);
    });
  }
}
