// The import is computed, because a fresh checkout has nothing built yet and the import rules are checked on one.
const built = (path) => import(new URL(`../../dist/${path}`, import.meta.url).href);
const { startServer } = await built('src/server.js');
const { readEnvironment } = await built('config/environment.js');

/**
 * What a wrong correction costs before and after ten thousand of them, over HTTP: a class that was drawn for each and
 * kept for ever would make every check dearer. Medians of the CPU time of this thread, client included.
 */
const refusals = 10_000;
const perRound = 300;
const rounds = 7;

// Whatever else there is to be set is as it is for whoever sets nothing.
const settings = {
  ...readEnvironment({}),
  directory: undefined,
  port: 0,
  requestsPerMinute: 10_000_000,
  logLevel: 'silent',
};
const server = await startServer({ settings });
const { key } = await server.record.credentials.issue(
  { name: 'bench', party: null, roles: ['secretariat'], days: 1 },
  { as: 'demonstration' },
);

let keys = 0;
async function post(path, body, headers = {}) {
  keys += 1;
  const response = await fetch(`${server.url}${path}`, {
    method: 'POST',
    headers: {
      Authorization: `Bearer ${key}`,
      'Content-Type': 'application/json',
      'Idempotency-Key': `bench-${keys}`,
      ...headers,
    },
    body: JSON.stringify(body),
  });
  return { status: response.status, body: await response.json() };
}

const dialogue = await post('/v1/dialogues', {
  parties: ['RU', 'US'],
  keyPrefix: 'BENCH',
  name: { en: 'A dialogue' },
});
const dialogueId = dialogue.body.id;
const source = {
  dialogueId,
  kind: 'press',
  issuers: [],
  lang: 'en',
  held: false,
  title: 'Talks',
  citation: 'p. 3',
};
const made = await post('/v1/sources', source);
if (made.status !== 201) throw new Error(`The source was answered ${made.status}: ${made.body.detail}`);
const [first] = await server.record.streams.events(`source-${made.body.id}`);
const correction = { target: first.id, content: { title: 7, more: 1 } };
const correct = () => post(`/v1/sources/${made.body.id}/correct`, correction, { 'If-Match': '"0"' });

async function costMs() {
  const costs = [];
  for (let round = 0; round < rounds; round += 1) {
    const before = process.threadCpuUsage();
    for (let asked = 0; asked < perRound; asked += 1) {
      const { status } = await correct();
      if (status !== 400) throw new Error(`A wrong correction was answered ${status}.`);
    }
    const { user, system } = process.threadCpuUsage(before);
    costs.push((user + system) / 1_000 / perRound);
  }
  return costs.sort((one, other) => one - other)[rounds >> 1];
}

await costMs();
const before = await costMs();
for (let refused = 0; refused < refusals; refused += 1) await correct();
const after = await costMs();
process.stdout.write(
  `A refused correction costs ${before.toFixed(3)} ms of CPU (client included) at first, ` +
    `${after.toFixed(3)} ms after ${refusals} of them: ${(after / before).toFixed(2)} times as much.\n`,
);
await server.stop();
