import { readFileSync } from 'node:fs';
import Fastify from 'fastify';

/**
 * Bare Fastify that answers with given bytes: the floor of every read.
 *
 * node answers.mjs FILE: JSON of `{path: {body, tag?}}`, where the path may have a query.
 */
const answers = JSON.parse(readFileSync(process.argv[2], 'utf8'));
const app = Fastify();
const routes = Map.groupBy(Object.keys(answers), (address) => address.split('?')[0]);
for (const [path, addresses] of routes) {
  const byAddress = new Map(addresses.map((one) => [one, answers[one]]));
  app.get(path, (request, reply) => {
    const { body, tag } = byAddress.get(request.url);
    if (tag !== undefined) {
      void reply.header('etag', tag);
      if (request.headers['if-none-match'] === tag) return reply.code(304).send();
    }
    return reply.type('application/json; charset=utf-8').send(body);
  });
}
await app.listen({ port: 0, host: '127.0.0.1' });
process.stdout.write(`on http://127.0.0.1:${app.server.address().port}\n`);
process.on('SIGTERM', () => process.exit(0));
