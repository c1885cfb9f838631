import type { FastifyReply } from 'fastify';
import { htmlMediaType } from '../description/page.js';
import type { Principal } from '../platform/principal.js';
import { toProblem } from '../platform/problem.filter.js';
import { faultPage } from './fault.page.js';

/** A page, or a text of another media type. */
export type Shown = string | { readonly text: string; readonly type: string };

/** Without a referrer of its own a browser sends `Origin: null` with a form; to other sites nothing is told either way. */
export function sendPage(reply: FastifyReply, status: number, page: string, type = htmlMediaType): void {
  void reply.status(status).type(type).header('Referrer-Policy', 'same-origin').send(page);
}

/** Pages are for people, so what goes wrong is a page too; faults of our own go on to the log. */
export async function answered(
  reply: FastifyReply,
  reader: Principal,
  page: () => Promise<Shown>,
): Promise<void> {
  try {
    const shown = await page();
    if (typeof shown === 'string') sendPage(reply, 200, shown);
    else sendPage(reply, 200, shown.text, shown.type);
  } catch (error) {
    const problem = toProblem(error);
    if (problem.cause !== undefined) throw error;
    void reply.headers(problem.headers);
    sendPage(reply, problem.kind.status, faultPage(problem, reader.name));
  }
}
