import { expect, it } from '@jest/globals';
import { fastify } from 'fastify';
import { answerInTime } from './answer-in-time.js';

/** What is told of an answer that never comes, though something of it was said already. */
async function overdueAnswer(headers: Record<string, string>) {
  const server = fastify();
  server.decorate('problemPage', ({ kind }) => `<h1>${kind.title}</h1>`);
  answerInTime(server, 20);
  server.get('/entry', (_request, reply) => {
    void reply.headers({ ETag: '"7"', 'Content-Disposition': 'attachment', 'Content-Type': 'text/csv' });
    return new Promise<never>(() => undefined);
  });
  const answer = await server.inject({ url: '/entry', headers });
  await server.close();
  return answer;
}

it('an answer that is overdue says nothing of the one in whose place it stands', async () => {
  const { statusCode, headers } = await overdueAnswer({ accept: 'application/json' });
  expect(statusCode).toBe(503);
  expect(headers['content-type']).toBe('application/problem+json');
  expect(headers).not.toHaveProperty('etag');
  expect(headers).not.toHaveProperty('content-disposition');
});

it('whoever waits for a page gets a page, also where it is overdue', async () => {
  const { headers, body } = await overdueAnswer({ accept: 'text/html' });
  expect(headers['content-type']).toBe('text/html; charset=utf-8');
  expect(body).toContain('<h1>');
});
