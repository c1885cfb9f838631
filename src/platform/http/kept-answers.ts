import { Injectable } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { isHeld } from '#libs/preconditions';
import type { Principal } from '../record/principal.js';
import { StoredStreams } from '../record/stored-streams.js';
import { sayForm } from './packed-answers.js';
import type { Again, WrittenAnswer } from './written-answer.js';

export const json = 'application/json; charset=utf-8';

/** How much memory kept answers take all in all, and one of them at the most. */
const bytesKept = 32 * 1_048_576;
const bytesOfOneMax = 2 * 1_048_576;
/** What an answer takes beside its text and its address. */
const bytesBeside = 1_024;

interface Kept {
  readonly again: Again;
  readonly bytes: number;
}

/** What decides about rights and sight of whoever asks; nothing else of a principal changes an answer. */
const named = new WeakMap<Principal, string>();

function nameOf(principal: Principal): string {
  const { id, party, roles, dialogues } = principal;
  const name = named.get(principal) ?? JSON.stringify([id, party, roles, dialogues ?? 'all']);
  named.set(principal, name);
  return name;
}

/**
 * Reads as they were answered, each for one principal and one address, query included: the guard let that principal read
 * it, and on what it decided that is among what the answer rests on. Whichever was not asked for the longest time makes
 * room. When words are erased, all of them go.
 */
@Injectable()
export class KeptAnswers {
  readonly #kept = new Map<string, Kept>();
  #bytes = 0;

  constructor(streams: StoredStreams) {
    streams.whenForgotten(() => this.#forgetAll());
  }

  /** Undefined where it has to be made. */
  of(request: FastifyRequest): WrittenAnswer | undefined {
    const name = nameIn(request);
    const found = name === undefined ? undefined : this.#kept.get(name);
    if (name === undefined || found === undefined) return undefined;
    this.#kept.delete(name);
    if (found.again.holds()) {
      this.#kept.set(name, found);
      return found.again.make();
    }
    this.#bytes -= found.bytes;
    return undefined;
  }

  keep(request: FastifyRequest, { text, again }: WrittenAnswer): void {
    const name = nameIn(request);
    if (name === undefined || again === undefined || !again.holds()) return;
    // Two bytes a character, as V8 keeps what is not Latin.
    const bytes = 2 * (text.length + name.length) + bytesBeside;
    if (bytes > bytesOfOneMax) return;
    this.#forget(name);
    this.#kept.set(name, { again, bytes });
    this.#bytes += bytes;
    for (const [oldest] of this.#kept) {
      if (this.#bytes <= bytesKept) break;
      this.#forget(oldest);
    }
  }

  #forget(name: string): void {
    this.#bytes -= this.#kept.get(name)?.bytes ?? 0;
    this.#kept.delete(name);
  }

  #forgetAll(): void {
    this.#kept.clear();
    this.#bytes = 0;
  }
}

/** Whether `If-Match` holds is asked of the stream, which tells what came in between. */
function nameIn({ method, url, principal, headers }: FastifyRequest): string | undefined {
  const isPlain = method === 'GET' && headers['if-match'] === undefined;
  return isPlain && principal !== undefined ? `${nameOf(principal)} ${url}` : undefined;
}

/** Sets what stands beside a read, and gives its body; none where the reader has it already (304, RFC 9110 §15.4.5). */
export function bodyOf(
  { text, headers }: WrittenAnswer,
  request: FastifyRequest,
  reply: FastifyReply,
): string | undefined {
  void reply.headers(headers);
  const { ETag: tag } = headers;
  const given = request.headers['if-none-match'];
  const isAged = request.reading?.present.silentMs !== undefined;
  if (tag === undefined || given === undefined || isAged || !isHeld(given, tag)) {
    void reply.type(json);
    return text;
  }
  void reply.status(304);
  sayForm(request, reply, text);
  return undefined;
}
