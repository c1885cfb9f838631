import { statSync } from 'node:fs';
import { setImmediate as turnOfTheLoop, setTimeout as pause } from 'node:timers/promises';

import { Fatal, Unavailable } from '#libs/event-store';

import { AppendQueue, type QueuedAppend } from './append-queue.js';
import { WriterLink } from './writer-link.js';
import type {
  AppendRequest,
  AppendResult,
  EraseResult,
  Fault,
  FromWriter,
  ToWriter,
} from './writer-protocol.js';

/**
 * A commit of twenty costs hardly more than one of five, here and for all who follow the store. So where the last batch
 * had several, the next one waits for more: so long for each that the last one had, and never longer than that.
 */
const gatherMsForEach = 0.5;
const longestGatherMs = 5;
const emptyAgainMs = 1_000;

/** Called with the appends of a batch that stored something, and with what became of each. */
type Stored = (appends: readonly AppendRequest[], results: readonly AppendResult[]) => void;

/**
 * Group commit: what is asked for in one turn of the loop goes to the writer's thread as one batch, and while that
 * batch is being committed the next one gathers. One batch is one transaction and one sync of the disk.
 */
export class Writer {
  readonly #queue = new AppendQueue();
  readonly #tasks: (() => Promise<void>)[] = [];
  #link!: WriterLink;
  #running: Promise<void> | undefined;
  #refusal: Error | undefined;
  #closed: Promise<void> | undefined;
  /** Until the log is tried to be emptied again. */
  #owed: NodeJS.Timeout | undefined;

  private constructor(
    readonly now: () => string,
    readonly onStored: Stored,
    readonly onFatal: (error: Fatal) => void,
  ) {}

  /**
   * `now` is asked as each batch is sent and may throw, which refuses the batch; `stored` is called after each batch that
   * stored something, `fatal` once, when nothing will be written again.
   */
  static async start(
    file: string,
    now: () => string,
    on: { readonly stored: Stored; readonly fatal: (error: Fatal) => void },
  ): Promise<Writer> {
    const writer = new Writer(now, on.stored, on.fatal);
    writer.#link = await WriterLink.start(file, (reason) => writer.#stopForGood(reason));
    // Of a crash, where somebody else had the file open as well at this start: erased words may stand there.
    if ((statSync(`${file}-wal`, { throwIfNoEntry: false })?.size ?? 0) > 0) writer.#emptyLater();
    return writer;
  }

  async append(request: AppendRequest, bytes: number, signal?: AbortSignal): Promise<AppendResult> {
    if (this.#refusal !== undefined) throw this.#refusal;
    const result = this.#queue.add(request, bytes, signal);
    this.#run();
    return result;
  }

  async erase(stream: string, revision: bigint): Promise<EraseResult> {
    const reply = await this.#alone({ kind: 'erase', stream, revision });
    if (reply.kind !== 'erasure') throw this.#errorOf(reply);
    if (reply.result === 'still in the log') this.#emptyLater();
    return reply.result;
  }

  /** Tries it again and again: who keeps the log from being emptied, such as a backup, may do so for long. */
  #emptyLater(): void {
    this.#owed ??= setTimeout(() => {
      this.#owed = undefined;
      void this.#alone({ kind: 'empty' }).then(
        (reply) => {
          const isDone = reply.kind === 'fatal' || (reply.kind === 'erasure' && reply.result === 'erased');
          if (!isDone) this.#emptyLater();
        },
        () => undefined,
      );
    }, emptyAgainMs).unref();
  }

  async inject(fault: Fault): Promise<void> {
    await this.#alone({ kind: 'inject', fault });
  }

  /**
   * Lets what was asked for finish, refuses the rest, and waits for the thread to end. What is to be closed before the
   * writer is closed in between: whoever closes the file last writes its log into it, and only the writer may.
   */
  close(others: () => void): Promise<void> {
    this.#closed ??= (async () => {
      this.#refusal ??= new Unavailable('The store is closed.');
      clearTimeout(this.#owed);
      await this.#running;
      // After a failed sync nothing more may be written, not even by the last one to close.
      if (!(this.#refusal instanceof Fatal)) others();
      await this.#link.end();
      others();
    })();
    return this.#closed;
  }

  #run(): void {
    this.#running ??= this.#work();
  }

  async #work(): Promise<void> {
    let gatherMs = 0;
    do {
      await (gatherMs < 1 ? turnOfTheLoop() : pause(gatherMs));
      const batch = this.#queue.take();
      gatherMs = Math.min(batch.length * gatherMsForEach, longestGatherMs);
      if (batch.length > 0) await this.#commit(batch);
      await this.#tasks.shift()?.();
    } while (!this.#queue.empty || this.#tasks.length > 0);
    // In the same step as the look at the queue, so that what comes next starts the work anew.
    this.#running = undefined;
  }

  async #commit(batch: readonly QueuedAppend[]): Promise<void> {
    try {
      const appends = batch.map(({ request }) => request);
      const reply = await this.#link.send({ kind: 'append', now: this.now(), appends });
      if (reply.kind !== 'appended') throw this.#errorOf(reply);
      if (reply.results.some(({ kind }) => kind === 'appended')) this.onStored(appends, reply.results);
      for (const [index, result] of reply.results.entries()) batch[index]?.resolve(result);
    } catch (error) {
      for (const append of batch) append.reject(error);
    }
  }

  /** A message that goes between two batches. */
  async #alone(message: ToWriter): Promise<FromWriter> {
    if (this.#refusal !== undefined) throw this.#refusal;
    const reply = new Promise<FromWriter>((resolve) => {
      this.#tasks.push(async () => {
        const sent =
          this.#refusal instanceof Fatal ? Promise.reject(this.#refusal) : this.#link.send(message);
        resolve(sent);
        await sent.catch(() => undefined);
      });
    });
    this.#run();
    return reply;
  }

  #errorOf(reply: FromWriter): Error {
    if (reply.kind === 'unavailable') return new Unavailable(reply.reason);
    return this.#stopForGood(reply.kind === 'fatal' ? reply.reason : `unexpected reply "${reply.kind}"`);
  }

  /** Whatever waits is refused too: after a failure of the disk only a restart, which reads it anew, can go on. */
  #stopForGood(reason: string): Error {
    if (this.#refusal instanceof Fatal) return this.#refusal;
    const fatal = new Fatal(
      `The store can't write any more: ${reason}. Stop this process and look at the disk.`,
    );
    this.#refusal = fatal;
    this.#queue.rejectAll(fatal);
    this.onFatal(fatal);
    return fatal;
  }
}
