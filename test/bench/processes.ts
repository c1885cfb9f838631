import { execFileSync, spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/** How many of the kernel's ticks make a second; the same on every Linux. */
const ticksPerSecond = 100;
const running = new Set<ChildProcess>();

/** What all threads of a process have had of the processors since it began. */
export function cpuSecondsOf(pid: number): number {
  const fields = readFileSync(`/proc/${pid}/stat`, 'utf8')
    .replace(/^.*\) /, '')
    .split(' ');
  return (Number(fields[11]) + Number(fields[12])) / ticksPerSecond;
}

/** What a process holds now, or the most that it has held at once, in MiB. */
export function memoryOf(pid: number, what: 'now' | 'most'): number {
  const line = what === 'now' ? /VmRSS:\s+(\d+)/ : /VmHWM:\s+(\d+)/;
  return Number(line.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? Number.NaN) / 1024;
}

/** Keeps all threads of a process to one core, where the system can: servers on the first, the load on the last. */
export function pin(pid: number, core: number): void {
  try {
    execFileSync('taskset', ['-a', '-c', '-p', String(core), String(pid)], { stdio: 'ignore' });
  } catch {
    // Without it load and server share the cores; CPU-seconds stay what they are.
  }
}

/** A reference program in a process of its own. */
export class Reference {
  private constructor(
    readonly url: string,
    readonly pid: number,
    private readonly child: ChildProcess,
  ) {}

  static async start(program: string, args: readonly string[]): Promise<Reference> {
    const file = fileURLToPath(new URL(`./reference/${program}`, import.meta.url));
    const child = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', file, ...args], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    running.add(child);
    const [printed] = (await once(child.stdout, 'data')) as [Buffer];
    const [, url = ''] = /on (http:\S+)/.exec(printed.toString()) ?? [];
    return new Reference(url, child.pid ?? 0, child);
  }

  cpuSeconds(): number {
    return cpuSecondsOf(this.pid);
  }

  async stop(): Promise<void> {
    running.delete(this.child);
    this.child.kill();
    await once(this.child, 'exit');
  }
}

export function endReferences(): void {
  for (const child of running) child.kill('SIGKILL');
}

/** What this process has of the processors, all its threads counted, while that is done. */
export async function cpuSeconds(work: () => unknown): Promise<number> {
  const begun = process.cpuUsage();
  await work();
  const { user, system } = process.cpuUsage(begun);
  return (user + system) / 1e6;
}
