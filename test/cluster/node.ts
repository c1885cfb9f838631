import { mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import { Child } from '../faults/child.js';

type Body = Record<string, unknown>;

/** One server of a cluster, in a process of its own, with read models of its own. */
export class ClusterNode {
  child!: Child;
  url = '';

  constructor(
    readonly directory: string,
    private readonly storeUrl: string,
  ) {}

  async start(): Promise<void> {
    mkdirSync(this.directory, { recursive: true });
    this.child = await Child.start(['serve', '--data', this.directory, '--port', '0'], {
      cwd: dirname(this.directory),
      settings: {
        EVENTSTORE_URL: this.storeUrl,
        ENTENTE_REQUESTS_PER_MINUTE: '10000000',
        ENTENTE_LOG: 'error',
      },
    });
    const [, url = ''] = await this.child.printed(/ on (http:\S+)\n[^]*\/docs/);
    this.url = url;
  }

  async kill(): Promise<void> {
    this.child.signal('SIGKILL');
    await this.child.ended;
  }

  async stop(): Promise<number | null> {
    this.child.signal('SIGTERM');
    return (await this.child.ended).code;
  }

  async ask(key: string, method: string, path: string, body?: Body, headers: Record<string, string> = {}) {
    const response = await fetch(`${this.url}${path}`, {
      method,
      headers: {
        Authorization: `Bearer ${key}`,
        ...(body === undefined ? {} : { 'Content-Type': 'application/json' }),
        ...headers,
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const answered = (await response.json()) as Body;
    return { status: response.status, headers: response.headers, body: answered };
  }

  /** Whether the consequences are brought about by this server. */
  async runsPolicies(): Promise<boolean> {
    const { body } = await this.ask('', 'GET', '/readyz');
    const checks = (body['checks'] ?? []) as { name: string; detail: string }[];
    return checks.some((one) => one.name === 'policies' && one.detail === 'run here');
  }
}
