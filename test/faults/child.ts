import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { environmentOf } from './environment.js';
import { compiledProgram } from './program.js';

export interface Ended {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface Place {
  /** Where it runs; settings of the environment go with it. */
  readonly cwd: string;
  readonly settings?: Record<string, string>;
}

const children = new Set<Child>();

/** The program in a process of its own, with what it has printed so far. */
export class Child {
  stdout = '';
  stderr = '';
  readonly ended: Promise<Ended>;
  readonly #process: ChildProcess;

  private constructor(process: ChildProcess) {
    this.#process = process;
    process.stdout?.setEncoding('utf8').on('data', (text: string) => (this.stdout += text));
    process.stderr?.setEncoding('utf8').on('data', (text: string) => (this.stderr += text));
    this.ended = once(process, 'close').then(([code, signal]) => {
      children.delete(this);
      return {
        code: code as number | null,
        signal: signal as NodeJS.Signals | null,
        stdout: this.stdout,
        stderr: this.stderr,
      };
    });
    children.add(this);
  }

  static async start(args: readonly string[], { cwd, settings = {} }: Place): Promise<Child> {
    const env = environmentOf(settings);
    return new Child(spawn(process.execPath, [await compiledProgram(), ...args], { cwd, env }));
  }

  get pid(): number {
    return this.#process.pid ?? 0;
  }

  signal(name: NodeJS.Signals): void {
    this.#process.kill(name);
  }

  /** As `head` does once it has enough. */
  readNoMore(): void {
    this.#process.stdout?.destroy();
  }

  /** What stdout has once it matches; throws all that was printed if the program ends before. */
  async printed(pattern: RegExp): Promise<RegExpExecArray> {
    for (;;) {
      const found = pattern.exec(this.stdout);
      if (found !== null) return found;
      if (this.#process.exitCode !== null || this.#process.signalCode !== null) {
        throw new Error(`It ended before it printed ${pattern}:\n${this.stdout}${this.stderr}`);
      }
      await Promise.race([once(this.#process.stdout ?? this.#process, 'data'), this.ended]);
    }
  }

  /** Asks it to end, and waits for it. */
  async stop(): Promise<Ended> {
    this.signal('SIGTERM');
    return this.ended;
  }
}

/** Runs a command to its end. */
export async function run(args: readonly string[], place: Place): Promise<Ended> {
  return (await Child.start(args, place)).ended;
}

/** For afterAll: whatever a failed test left running. */
export async function endAll(): Promise<void> {
  const left = [...children];
  for (const child of left) child.signal('SIGKILL');
  await Promise.all(left.map((child) => child.ended));
}
