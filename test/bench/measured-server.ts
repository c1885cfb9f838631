import { existsSync, mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Child, run } from '../faults/child.js';
import { cpuSecondsOf } from './processes.js';

const lookAgainMs = 20;

/** The compiled program in a process of its own, whose CPU the kernel counts. */
export class MeasuredServer {
  child!: Child;
  url = '';

  constructor(
    readonly directory: string,
    readonly storeUrl: string | undefined,
    private readonly nodeOptions = '',
    /** Further words of its command line. */
    readonly more: readonly string[] = [],
    /** Settings of the environment, in place of those that are common to all measurements. */
    readonly settings: Readonly<Record<string, string>> = {},
  ) {}

  /** Resolves once it listens. A record of its own is made first where there is none. */
  async start(): Promise<this> {
    mkdirSync(this.directory, { recursive: true });
    if (this.storeUrl === undefined && !existsSync(join(this.directory, 'keys.json')))
      await run(['init', '--data', this.directory], { cwd: this.directory });
    this.child = await Child.start(['serve', '--data', this.directory, '--port', '0', ...this.more], {
      cwd: this.directory,
      settings: {
        ...(this.storeUrl === undefined ? {} : { EVENTSTORE_URL: this.storeUrl }),
        ...(this.nodeOptions === '' ? {} : { NODE_OPTIONS: this.nodeOptions }),
        ENTENTE_REQUESTS_PER_MINUTE: '10000000',
        ENTENTE_LOG: 'error',
        ...this.settings,
      },
    });
    const [, url = ''] = await this.child.printed(/ on (http:\S+)\n[^]*\/docs/);
    this.url = url;
    return this;
  }

  keys(): { readonly [principal: string]: string } {
    return JSON.parse(readFileSync(join(this.directory, 'keys.json'), 'utf8')) as Record<string, string>;
  }

  /** What all its threads have had of the processors since it began. */
  cpuSeconds(): number {
    return cpuSecondsOf(this.child.pid);
  }

  /** Until the read models have reached the end of the store. */
  async ready(): Promise<void> {
    for (;;) {
      const response = await fetch(`${this.url}/readyz`);
      await response.text();
      if (response.status === 200) return;
      await new Promise((resolve) => void setTimeout(resolve, lookAgainMs));
    }
  }

  async stop(): Promise<void> {
    await this.child.stop();
  }
}
