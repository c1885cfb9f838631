import { Readable } from 'node:stream';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { htmlMediaType } from '#libs/html';
import type { Problem } from '#libs/problem-details';
import { toProblem } from '../platform/http/problem.filter.js';
import { faultPage } from './fault.page.js';
import type { PageReader } from './reader-bar.js';

/** What can be sent at once, or as it is made. */
type Text = string | AsyncGenerator<string>;

/** A page, one with another status or media type, or the way to another page. */
export type Shown =
  | string
  | { readonly text: Text; readonly type?: string; readonly status?: number }
  | { readonly redirectedTo: string };

/** Without a referrer of its own a browser sends `Origin: null` with a form; to other sites nothing is told either way. */
export function sendPage(reply: FastifyReply, status: number, page: Text, type = htmlMediaType): void {
  const sent = typeof page === 'string' ? page : Readable.from(page);
  void reply.status(status).type(type).header('Referrer-Policy', 'same-origin').send(sent);
}

/** Whoever signed in to this page; undefined before that is known. */
function readerOf({ principal, reading }: FastifyRequest): PageReader | undefined {
  return principal && { name: principal.name, silentMs: reading?.present.silentMs };
}

/** The same page as of now, where another moment was asked for and that is what is wrong. */
function presentOf({ url }: FastifyRequest, { kind }: Problem): string | undefined {
  const [path = '', search = ''] = url.split('?');
  const query = new URLSearchParams(search);
  const clocks = ['knownAt', 'effectiveAt', 'grade'].filter((one) => query.has(one));
  const isMended = kind.status === 400 || kind.code === 'NOT_YET';
  if (clocks.length === 0 || !isMended) return undefined;
  for (const one of clocks) query.delete(one);
  return query.size === 0 ? path : `${path}?${query.toString()}`;
}

/** Pages only read, and are for people: what goes wrong is a page too; faults of our own go on to the log. */
export async function answered(
  request: FastifyRequest,
  reply: FastifyReply,
  page: () => Promise<Shown>,
): Promise<void> {
  try {
    const shown = await page();
    if (typeof shown === 'string') sendPage(reply, 200, shown);
    else if ('text' in shown) sendPage(reply, shown.status ?? 200, shown.text, shown.type);
    else void reply.status(303).header('Location', shown.redirectedTo).send();
  } catch (error) {
    const problem = toProblem(error, { method: 'GET' });
    if (problem.cause !== undefined) throw error;
    void reply.headers(problem.headers);
    sendPage(reply, problem.kind.status, faultPage(problem, readerOf(request), presentOf(request, problem)));
  }
}
