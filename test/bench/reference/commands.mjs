import { createHash, randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import Fastify from 'fastify';

/**
 * What a bare program does with the same commands: it checks the body, knows the state of the irritant, checks `If-Match`,
 * decides, appends durably, and answers with as many bytes. Commits are grouped by turn of the event loop. It has no sign-in,
 * no evidence, no lists and no consequences.
 *
 * node commands.mjs FILE ANSWER: the file of its store, and a file with an answer of the product as a pattern of its own.
 */
const [file, answer] = process.argv.slice(2);
const pattern = JSON.parse(readFileSync(answer, 'utf8'));
const database = new DatabaseSync(file);
database.exec(`
  PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA wal_autocheckpoint = 20000;
  CREATE TABLE IF NOT EXISTS events (
    position INTEGER PRIMARY KEY, stream TEXT NOT NULL, revision INTEGER NOT NULL, id TEXT NOT NULL, type TEXT NOT NULL,
    data TEXT NOT NULL, content TEXT, meta TEXT NOT NULL, recorded_at TEXT NOT NULL, UNIQUE (stream, revision)) STRICT`);
const insert = database.prepare(
  'INSERT INTO events (stream, revision, id, type, data, content, meta, recorded_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?)',
);
const ofStream = database.prepare('SELECT revision, data FROM events WHERE stream = ? ORDER BY revision');
ofStream.setReturnArrays(true);

/** Streams by name, as they stand; a command that waits for its commit has moved its stream already. */
const states = new Map();
function load(stream) {
  let state = states.get(stream);
  if (state !== undefined) return state;
  const rows = ofStream.all(stream);
  if (rows.length === 0) return undefined;
  state = { revision: -1, positions: {}, keys: new Map() };
  for (const [revision, data] of rows) {
    state.revision = revision;
    state.positions = { ...state.positions, ...JSON.parse(data).positions };
  }
  states.set(stream, state);
  return state;
}

let waiting = [];
function commit() {
  const batch = waiting;
  waiting = [];
  const at = new Date().toISOString();
  database.exec('BEGIN IMMEDIATE');
  for (const { row } of batch) insert.run(...row, at);
  database.exec('COMMIT');
  for (const { done } of batch) done();
}
function append(row) {
  return new Promise((done) => {
    if (waiting.length === 0) setImmediate(commit);
    waiting.push({ row, done });
  });
}

const text = {
  type: 'object',
  minProperties: 1,
  additionalProperties: { type: 'string', minLength: 1, maxLength: 20_000 },
};
const act = {
  party: { type: 'string', pattern: '^[A-Z]{2,12}$' },
  occurred: { type: 'string', maxLength: 64 },
  sources: {
    type: 'array',
    maxItems: 20,
    items: {
      type: 'object',
      additionalProperties: false,
      required: ['sourceId'],
      properties: { sourceId: { type: 'string', format: 'uuid' }, locator: { type: 'string' } },
    },
  },
  wording: {
    type: 'array',
    maxItems: 20,
    items: {
      type: 'object',
      additionalProperties: false,
      required: ['as'],
      properties: { as: { enum: ['own', 'verbatim', 'translation', 'summary'] } },
    },
  },
};
const body = (required, properties) => ({
  body: { type: 'object', additionalProperties: false, required, properties: { ...act, ...properties } },
});

const app = Fastify({ ajv: { customOptions: { removeAdditional: false, coerceTypes: false } } });

function answered(reply, id, state, status) {
  reply.code(status).header('etag', `"${state.revision}"`).type('application/json; charset=utf-8');
  return JSON.stringify({ ...pattern, id, revision: state.revision });
}

/** The mark by which a repeat is known: kept with the event. */
function markOf(request) {
  const hash = (words) => createHash('sha256').update(words).digest('hex');
  return {
    keyHash: hash(String(request.headers['idempotency-key'])),
    bodyHash: hash(JSON.stringify(request.body)),
  };
}

const raising = body(['dialogueId', 'raisers', 'respondents', 'raisedBasis', 'category', 'title'], {
  dialogueId: { type: 'string', format: 'uuid' },
  raisers: { type: 'array', maxItems: 2, items: act.party },
  respondents: { type: 'array', maxItems: 2, items: act.party },
  raisedBasis: { enum: ['stated', 'first-recorded'] },
  category: { type: 'string' },
  title: text,
});
app.post('/v1/irritants', { schema: raising }, async (request, reply) => {
  const { party, sources, wording, occurred, title, ...data } = request.body;
  const id = randomUUID();
  const state = { revision: 0, positions: {}, keys: new Map() };
  states.set(`irritant-${id}`, state);
  const meta = { act: { party, occurred }, sources, wording, command: markOf(request) };
  await append([
    `irritant-${id}`,
    0,
    randomUUID(),
    'IrritantRaised',
    JSON.stringify(data),
    JSON.stringify({ title }),
    JSON.stringify(meta),
  ]);
  return answered(reply, id, state, 201);
});

const stating = body(['stance', 'text'], { stance: { type: 'string', maxLength: 40 }, text });
app.post('/v1/irritants/:id/state-position', { schema: stating }, async (request, reply) => {
  const { id } = request.params;
  const { party, sources, wording, occurred, text: words, stance } = request.body;
  const state = load(`irritant-${id}`);
  if (state === undefined) return reply.code(404).send({ code: 'not-found' });
  const command = markOf(request);
  if (state.keys.get(command.keyHash) === command.bodyHash) return answered(reply, id, state, 200);
  if (request.headers['if-match'] !== `"${state.revision}"`)
    return reply.code(412).send({ code: 'stale-revision' });
  state.revision += 1;
  state.positions[party] = { stance, revision: state.revision };
  state.keys.set(command.keyHash, command.bodyHash);
  const meta = { act: { party, occurred }, sources, wording, command };
  const data = { stance, positions: { [party]: { stance } } };
  await append([
    `irritant-${id}`,
    state.revision,
    randomUUID(),
    'PositionStated',
    JSON.stringify(data),
    JSON.stringify({ text: words }),
    JSON.stringify(meta),
  ]);
  return answered(reply, id, state, 200);
});

await app.listen({ port: 0, host: '127.0.0.1' });
process.stdout.write(`on http://127.0.0.1:${app.server.address().port}\n`);
process.on('SIGTERM', () => process.exit(0));
