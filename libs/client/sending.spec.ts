import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { usualPatience } from './patience.js';
import { NoAnswer, NotUnderstood } from './problems.js';
import { sent } from './sending.js';
import type { Sender } from './sending.js';

/** What may become of one attempt: `done` says whether the server has recorded the act by then. */
const outcomes = {
  recorded: { status: 200, done: true },
  'recorded, and the answer lost': { status: undefined, done: true },
  'never arrived': { status: undefined, done: false },
  'too many requests': { status: 429, done: false },
  'recorded, and nobody knows': { status: 503, done: true },
  'not now': { status: 503, done: false },
  'recorded, and a gateway gave up': { status: 504, done: true },
  refused: { status: 409, done: false },
} as const;
type Outcome = keyof typeof outcomes;

const problem = { type: '/problems/x', title: 'X', detail: 'X.', code: 'x', traceId: '1' };

interface Played {
  readonly attempts: number;
  readonly acts: number;
  readonly waits: readonly number[];
  readonly ended: unknown;
}

/** A server of which each attempt goes as told, and which knows a key again where one is sent. */
async function play(
  course: readonly Outcome[],
  hasKey: boolean,
  retryAfter: number | string = 0,
): Promise<Played> {
  let [attempts, acts] = [0, 0];
  const waits: number[] = [];
  const sender: Sender = {
    url: new URL('http://127.0.0.1:1'),
    key: 'k',
    patience: usualPatience,
    wait: async (ms) => void waits.push(ms),
    fetch: async () => {
      const { status, done } = outcomes[course[attempts++] ?? 'recorded'];
      if (done && !(hasKey && acts > 0)) acts += 1;
      if (status === undefined) throw new TypeError('fetch failed');
      const headers = { 'Content-Type': 'application/problem+json', 'Retry-After': String(retryAfter) };
      return new Response(JSON.stringify({ ...problem, status }), { status, headers });
    },
  };
  const address = new URL('http://127.0.0.1:1/v1/irritants');
  const headers: Record<string, string> = hasKey ? { 'Idempotency-Key': '1' } : {};
  const ended = await sent(sender, { method: 'POST', address, headers, body: '{}' }).catch(
    (error: unknown) => error,
  );
  return { attempts, acts, waits, ended };
}

describe('An act that is sent', () => {
  const courses = fc.array(fc.constantFrom(...(Object.keys(outcomes) as Outcome[])), { maxLength: 12 });

  it('is recorded once at the most, whatever becomes of its answers', async () => {
    await fc.assert(
      fc.asyncProperty(courses, fc.boolean(), async (course, hasKey) => {
        expect((await play(course, hasKey)).acts).toBeLessThanOrEqual(1);
      }),
      { numRuns: 300 },
    );
  });

  it('is sent six times at the most, and after what a refusal mends not once more', async () => {
    await fc.assert(
      fc.asyncProperty(courses, fc.integer({ min: 0, max: 90 }), async (course, seconds) => {
        const { attempts, waits } = await play(course, true, seconds);
        expect(attempts).toBeLessThanOrEqual(6);
        const refused = course.indexOf('refused');
        if (refused !== -1) expect(attempts).toBeLessThanOrEqual(refused + 1);
        expect(waits.reduce((sum, one) => sum + one, 0)).toBeLessThanOrEqual(usualPatience.pausesMs);
      }),
      { numRuns: 300 },
    );
  });

  it('waits as long as Retry-After says, and gives up rather than come sooner', async () => {
    expect((await play(['not now'], true, 7)).waits).toEqual([7_000]);
    for (const never of [61, '99999999999', '9'.repeat(400)]) {
      const { attempts, ended } = await play(['too many requests'], true, never);
      expect([attempts, ended]).toEqual([1, expect.objectContaining({ code: 'x', status: 429 })]);
    }
    const inTenSeconds = new Date(Date.now() + 10_000).toUTCString();
    const [waited = 0] = (await play(['not now'], true, inTenSeconds)).waits;
    expect(waited > 8_000 && waited <= 10_000).toBe(true);
  });

  it.each(['-5', '5.5', 'soon', '', 'Thu, 01 Jan 1970 00:00:00 GMT'])(
    'takes a Retry-After of %j for none',
    async (retryAfter) => {
      const [waited = 0] = (await play(['not now'], true, retryAfter)).waits;
      expect(waited >= usualPatience.firstPauseMs / 2 && waited <= usualPatience.firstPauseMs).toBe(true);
    },
  );

  it('ends with NoAnswer, and the key by which it is safe to repeat, wherever it may be recorded', async () => {
    const gaveUp = [
      ...Array.from({ length: 5 }, () => 'not now' as const),
      'recorded, and a gateway gave up',
    ];
    for (const last of ['too many requests', 'recorded, and nobody knows'] as const) {
      const { ended } = await play(['recorded, and the answer lost', last], true, 61);
      expect(ended).toBeInstanceOf(NoAnswer);
      expect(ended).toMatchObject({ mayBeRecorded: true, idempotencyKey: '1' });
    }
    const { attempts, ended } = await play(gaveUp as Outcome[], true);
    expect([attempts, ended]).toEqual([6, expect.any(NoAnswer)]);
    expect((ended as NoAnswer).cause).toMatchObject({ code: 'x', status: 504 });
    // The server knows the key: what it refuses in the end was not done before.
    expect((await play(['recorded, and the answer lost', 'refused'], true)).ended).toMatchObject({
      code: 'x',
      status: 409,
    });
  });

  it('says what nobody knows', async () => {
    const lost = await play(['recorded, and the answer lost'], false);
    expect(lost.attempts).toBe(1);
    expect(lost.ended).toBeInstanceOf(NoAnswer);
    expect(lost.ended).toMatchObject({ mayBeRecorded: true, idempotencyKey: undefined });
  });
});

describe('What is no answer of such a server', () => {
  const asked = async (response: Response, key = 'k') => {
    const sender = { url: new URL('http://h'), key, patience: usualPatience, wait: async () => undefined };
    return sent(
      { ...sender, fetch: async () => response },
      { method: 'GET', address: new URL('http://h/v1') },
    );
  };

  it.each([
    ['a page', new Response('<p>Not found.</p>', { status: 404, headers: { 'Content-Type': 'text/html' } })],
    [
      'a problem without a code',
      new Response('{}', { status: 400, headers: { 'Content-Type': 'application/problem+json' } }),
    ],
    [
      'a problem that is none',
      new Response('{', { status: 400, headers: { 'Content-Type': 'application/problem+json' } }),
    ],
    ['nothing', new Response(null, { status: 403 })],
    [
      'the way elsewhere',
      new Response(null, { status: 307, headers: { Location: 'http://elsewhere.test/' } }),
    ],
    ['the way elsewhere, in a browser', { type: 'opaqueredirect', status: 0, body: null } as Response],
  ])('is told apart: %s', async (_, response) => {
    await expect(asked(response)).rejects.toThrow(NotUnderstood);
  });

  it.each(['two\nlines', 'with blank', '', 'ключ'])(
    'and no key is sent that would be a header of its own: %j',
    async (key) => {
      await expect(asked(new Response('{}'), key)).rejects.toThrow(TypeError);
    },
  );

  it('and a stream that falls silent is left, and one that goes on is not', async () => {
    const stream = (ends: boolean) =>
      new ReadableStream<Uint8Array>({
        start(controller) {
          controller.enqueue(new TextEncoder().encode('{}'));
          if (ends) controller.close();
        },
      });
    const as = { headers: { 'Content-Type': 'application/x-ndjson' } };
    expect(await (await asked(new Response(stream(true), as))).text()).toBe('{}');
    const hanging: typeof fetch = async (_, init) => {
      const body = stream(false).pipeThrough(new TransformStream(), { signal: init!.signal! });
      return new Response(body, as);
    };
    const sender = { url: new URL('http://h'), key: 'k', patience: { ...usualPatience, attemptMs: 20 } };
    const address = new URL('http://h/v1');
    const wait = async () => undefined;
    const response = await sent({ ...sender, wait, fetch: hanging }, { method: 'GET', address });
    await expect(response.text()).rejects.toThrow('fell silent');
  });
});
