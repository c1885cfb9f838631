import type { Answered, Body } from './client.js';
import { levelMs, longestMs, probeMs } from './pace.js';
import { storedSince } from './stored.js';
import type { StoredEvent } from './stored.js';
import type { Told } from './told.js';
import { Violated } from './violated.js';
import type { Writing } from './writing.js';

function must(holds: boolean, words: string): asserts holds {
  if (!holds) throw new Violated(words);
}

/** Whatever happens to the cluster and to our servers. */
export async function holds(told: Told, writing: Writing): Promise<void> {
  const stored = storedSince(told.world, told.eventsBefore);
  for (const answer of told.client.answers) answersAreTrue(answer, stored);
  acknowledgedOnce(told, stored);
  inOrder(told, stored);
  consequencesOnce(told, stored);
  await listsAreTheRecord(told, stored, writing);
  must(
    told.levelAfterMs <= levelMs,
    `All was level only ${Math.round(told.levelAfterMs)} ms after the cause was gone.`,
  );
}

const traceOf = ({ headers }: Answered) => headers.get('trace-id') ?? 'none';

function answersAreTrue(answer: Answered, stored: readonly StoredEvent[]): void {
  const { method, path, status, headers, body, tookMs } = answer;
  const what = `${method} ${path} → ${status} ${JSON.stringify(status < 300 ? '' : body)}`;
  must(status < 500 || status === 503, what);
  const isProbe = path === '/readyz';
  must(tookMs <= (isProbe ? probeMs : longestMs), `${what} took ${Math.round(tookMs)} ms.`);
  if (status < 400) return;
  const detail = String(body['detail']);
  must(status !== 503 || headers.get('retry-after') !== null, `${what} does not say when to come again.`);
  must(!/127\.0\.0\.1|localhost/.test(detail), `${what} tells an address.`);
  must(method !== 'GET' || !/was recorded/.test(detail), `${what} speaks of recording to whoever reads.`);
  must(
    status !== 412 || (body['events'] as unknown[]).length > 0,
    `${what} does not say what came in between.`,
  );
  // Whoever is not told that the outcome is unknown takes it that nothing came of it.
  const isRecorded = stored.some(({ correlationId }) => correlationId === traceOf(answer));
  must(body['code'] === 'outcome-unknown' || !isRecorded, `${what} was recorded.`);
}

/** Each act that was acknowledged is there once, on the revision on which it was decided. */
function acknowledgedOnce({ acknowledged }: Told, stored: readonly StoredEvent[]): void {
  const ids = new Set<string>();
  for (const { id, stream } of stored) {
    must(!ids.has(id), `The event ${id} in ${stream} is there twice.`);
    ids.add(id);
  }
  for (const { write, id, etag, answer, headers } of acknowledged) {
    const what = `${write.path} (${id}, ${etag})`;
    const there = stored.filter((one) => one.stream.endsWith(id));
    const last = there.find(({ revision }) => revision === Number(unquoted(etag)));
    must(last !== undefined, `${what} was acknowledged, and is not there.`);
    const own = there.filter(({ correlationId }) => correlationId === traceOf(answer));
    const isReplay = answer.headers.get('idempotent-replayed') === 'true';
    must(own.includes(last) !== isReplay, `${what} was acknowledged by what another request recorded.`);
    const decidedOn = Number(unquoted(headers['If-Match'] ?? '-1'));
    must(isReplay || own[0]?.revision === decidedOn + 1, `${what} was decided on ${decidedOn}.`);
  }
  const known = new Set(acknowledged.map(({ id, etag }) => `${id} ${etag}`));
  const recorded = new Set(
    stored
      .filter(({ isDerived, stream }) => !isDerived && /^(?:irritant|source|round)-/.test(stream))
      .map(({ correlationId, stream }) => `${stream} ${correlationId}`),
  );
  const acts = known.size - joinings;
  must(recorded.size === acts, `${recorded.size} acts were recorded, and ${acts} were acknowledged.`);
}

/** The opening of a dialogue, and the joining of the other party, stand in a stream with what the server notes itself. */
const joinings = 2;
const unquoted = (tag: string) => tag.replaceAll('"', '');

/** What somebody sent after another act had been acknowledged comes after it. */
function inOrder({ acknowledged }: Told, stored: readonly StoredEvent[]): void {
  const placed = acknowledged.map(({ id, etag, sentAt, knownAt, answer }) => {
    const revision = Number(unquoted(etag));
    const at = stored.find((one) => one.stream.endsWith(id) && one.revision === revision)?.at ?? -1;
    return { at, sentAt, knownAt, isReplay: answer.headers.get('idempotent-replayed') === 'true' };
  });
  for (const earlier of placed) {
    for (const later of placed) {
      if (later.isReplay || later.sentAt <= earlier.knownAt) continue;
      must(later.at > earlier.at, 'What was acknowledged before something was sent comes after it.');
    }
  }
}

function consequencesOnce({ discussed }: Told, stored: readonly StoredEvent[]): void {
  const drawn = new Set<string>();
  for (const { isDerived, causationId, type, stream } of stored) {
    if (!isDerived) continue;
    const consequence = `${type} in ${stream} of ${causationId}`;
    must(!drawn.has(consequence), `${consequence} was drawn twice.`);
    drawn.add(consequence);
  }
  const begun = stored.filter(
    ({ stream, type }) => stream.endsWith(discussed) && type === 'ConsultationBegan',
  );
  must(begun.length === 1, `Consultation of ${discussed} began ${begun.length} times.`);
}

/** Both servers show the same, and each entry as far as its stream goes. */
async function listsAreTheRecord(
  { dialogueId }: Told,
  stored: readonly StoredEvent[],
  writing: Writing,
): Promise<void> {
  for (const [name, prefix] of [
    ['irritants', 'irritant'],
    ['rounds', 'round'],
    ['sources', 'source'],
  ] as const) {
    const [one, other] = await Promise.all(
      [0, 1].map(async (server) => {
        const { body } = await writing.read(server, 'reader', `/v1/${name}?dialogue=${dialogueId}&limit=200`);
        return (body['items'] as (Body & { id: string; revision: number })[]).toSorted((a, b) =>
          a.id < b.id ? -1 : 1,
        );
      }),
    );
    must(JSON.stringify(one) === JSON.stringify(other), `The two servers show different ${name}.`);
    const ends = new Map<string, number>();
    for (const { stream, revision } of stored)
      if (stream.startsWith(`${prefix}-`)) ends.set(stream.slice(prefix.length + 1), revision);
    const shown = new Map(one?.map(({ id, revision }) => [id, revision]));
    for (const [id, end] of ends)
      must(shown.get(id) === end, `The list of ${name} shows ${shown.get(id)} of ${id}, which is at ${end}.`);
    must(shown.size === ends.size, `The list of ${name} shows ${shown.size} of ${ends.size}.`);
  }
}
