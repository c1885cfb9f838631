import { createHash } from 'node:crypto';
import { open, rm } from 'node:fs/promises';
import type { FileHandle } from 'node:fs/promises';
import type { IncomingMessage } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { Problem } from '#libs/problem-details';
import { platformProblems } from '../problems/platform.problems.js';
import { Ids } from '../record/ids.js';

/** Of files of rows, which are read row by row and may be long. */
export const spooledTypes = ['text/csv', 'application/x-ndjson', 'application/jsonl'];
export const spooledBytesMax = 50 * 1024 * 1024;

const readBytes = 64 * 1024;
/** How many files are taken at once: each takes room on the disk. */
const atOnceMax = 4;

/** What was sent, on the disk and not in memory; nobody else can open it, and it goes with its handle. */
export class SpooledFile {
  private constructor(
    private readonly handle: FileHandle,
    readonly bytes: number,
    readonly sha256: string,
  ) {}

  /** Throws the problem 413 where more is sent than is taken. */
  static async of(sent: AsyncIterable<Uint8Array>): Promise<SpooledFile> {
    const path = join(tmpdir(), `entente-${new Ids().trace()}`);
    const handle = await open(path, 'wx+', 0o600);
    try {
      await rm(path);
      const hash = createHash('sha256');
      let bytes = 0;
      for await (const chunk of sent) {
        bytes += chunk.length;
        if (bytes > spooledBytesMax) throw tooLarge();
        hash.update(chunk);
        await handle.write(chunk);
      }
      return new SpooledFile(handle, bytes, hash.digest('hex'));
    } catch (error) {
      await handle.close();
      throw error;
    }
  }

  async *chunks(size = readBytes): AsyncGenerator<Buffer, undefined> {
    for (let at = 0; at < this.bytes; at += size) {
      const { buffer, bytesRead } = await this.handle.read(Buffer.alloc(size), 0, size, at);
      yield buffer.subarray(0, bytesRead);
    }
  }

  async close(): Promise<void> {
    await this.handle.close().catch(() => undefined);
  }
}

function tooLarge(): Problem {
  return new Problem(platformProblems.TOO_LARGE, {
    detail: `A file of rows has at most ${spooledBytesMax / 1024 / 1024} MiB.`,
    headers: { Connection: 'close' },
  });
}

/** Files of rows are written to the disk as they come, before a handler sees them. */
export function spoolFiles(fastify: FastifyInstance): void {
  let underWay = 0;
  fastify.addContentTypeParser(spooledTypes, async (request: FastifyRequest, sent: IncomingMessage) => {
    if (Number(request.headers['content-length'] ?? 0) > spooledBytesMax) throw tooLarge();
    if (underWay >= atOnceMax) {
      throw new Problem(platformProblems.TOO_MANY_IMPORTS, {
        detail: `The server takes ${atOnceMax} files at once.`,
        headers: { 'Retry-After': '5', Connection: 'close' },
      });
    }
    underWay += 1;
    try {
      return await SpooledFile.of(sent as AsyncIterable<Uint8Array>);
    } finally {
      underWay -= 1;
    }
  });
  fastify.addHook('onResponse', async ({ body }) => {
    if (body instanceof SpooledFile) await body.close();
  });
}
