import { describe, expect, it } from '@jest/globals';
import { EntenteOf, given } from './client.js';
import type { EntenteOptions } from './client.js';
import { pause } from './patience.js';
import { EntenteProblem, NotUnderstood } from './problems.js';

interface Irritant {
  readonly id: string;
  readonly revision: number;
}
type Answer<B> = { responses: { 200: { content: { 'application/json': B } } } };
interface Paths {
  '/v1/irritants': {
    get: { parameters: { query?: { stage?: string[]; cursor?: string; minPosition?: string } } } & Answer<{
      items: Irritant[];
    }>;
    post: { requestBody: { content: { 'application/json': object } } } & Answer<Irritant>;
  };
  '/v1/irritants/{id}': { get: { parameters: { path: { id: string } } } & Answer<Irritant> };
  '/v1/irritants/{id}/history': { get: { parameters: { path: { id: string } } } & Answer<object> };
}

interface Heard {
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
}

/** A client of a server that answers so; and what it was sent. */
function talking(answers: readonly Response[], told: Partial<EntenteOptions> = {}) {
  const heard: Heard[] = [];
  const left = [...answers];
  const send = async (address: unknown, init?: RequestInit) => {
    heard.push({ url: String(address), headers: init?.headers as Record<string, string> });
    return left.shift() ?? Response.json({ items: [] });
  };
  const url = 'https://record.test/entente/';
  return { heard, client: new EntenteOf<Paths>({ url, key: 'k', fetch: send, ...told }) };
}

describe('The address of a server', () => {
  it.each([
    'https://record.test',
    'https://record.test/',
    'https://record.test/entente',
    'https://record.test/entente/',
  ])('may be %s, and nothing that is asked leaves it', async (url) => {
    const { client, heard } = talking([], { url });
    const base = url.replace(/\/$/, '');
    const stage = ['raised', 'under consultation'];
    await Array.fromAsync(client.list('/v1/irritants', { query: { stage } }));
    await client.api.GET('/v1/irritants', { params: { query: { stage } } });
    expect(heard.map((one) => new URL(one.url).searchParams.getAll('stage'))).toEqual([
      ['raised,under consultation'],
      ['raised,under consultation'],
    ]);
    for (const id of [
      '//elsewhere.test',
      'a/../../b',
      '%2e%2e',
      'https://elsewhere.test',
      'a?b#c',
      '\\\\x',
    ]) {
      await client.open('irritants', id).catch(() => undefined);
      await client.api.GET('/v1/irritants/{id}', { params: { path: { id } } });
      const paths = heard.splice(0).map((one) => one.url);
      for (const path of paths.slice(-2)) expect(path).toBe(`${base}/v1/irritants/${encodeURIComponent(id)}`);
    }
    for (const id of ['', '.', '..']) {
      await expect(client.open('irritants', id)).rejects.toThrow(TypeError);
      await expect(client.api.GET('/v1/irritants/{id}', { params: { path: { id } } })).rejects.toThrow(
        TypeError,
      );
    }
    expect(heard).toEqual([]);
  });

  it.each([
    ['record.test', /Invalid URL/],
    ['ftp://record.test', /must begin with https:/],
    ['https://somebody:secret@record.test', /no name and no password/],
    ['https://record.test/?a=b', /end with its host or a path/],
    ['https://record.test//elsewhere.test/', /two slashes/],
  ])('is refused where it can’t be meant: %s', (url, says) => {
    expect(() => talking([], { url })).toThrow(says);
    expect(() => talking([], { url })).not.toThrow(/secret/);
  });

  it.each([
    ['none', undefined, /There is no key/],
    ['an empty one', '', /There is no key/],
    ['one with the end of a line', 'entente_k\n', /end of a line/],
  ])('sends nothing with a key that is none: %s', async (_, key, says) => {
    const { client, heard } = talking([], { key: key as string });
    await expect(client.open('irritants', 'RUUS-1')).rejects.toThrow(says);
    expect(heard).toEqual([]);
  });
});

describe('The patience of a client', () => {
  it.each([
    ['attempts', 0],
    ['attempts', Number.NaN],
    ['attemptMs', 0],
    ['pausesMs', -1],
    ['firstPauseMs', 0],
  ])('is refused where it would never end or never begin: %s of %d', (name, value) => {
    expect(() => talking([], { patience: { [name]: value } })).toThrow(`"patience.${name}" must be`);
  });

  it('without an end is none that ends at once', async () => {
    const { client, heard } = talking([], { patience: { attemptMs: Number.POSITIVE_INFINITY } });
    expect((await client.api.GET('/v1/irritants')).data).toEqual({ items: [] });
    expect(heard.length).toBe(1);
    const ending = new AbortController();
    const waiting = pause(Number.POSITIVE_INFINITY, ending.signal);
    const first = await Promise.race([waiting, pause(20).then(() => 'still waiting')]);
    expect(first).toBe('still waiting');
    ending.abort(new Error('enough'));
    await expect(waiting).rejects.toThrow('enough');
  });
});

describe('What an operation of api is asked with', () => {
  it('has one of each header, and of several names for one the caller’s', async () => {
    const { client, heard } = talking([]);
    await client.api.GET('/v1/irritants', { headers: { accept: 'text/csv', authorization: 'Bearer other' } });
    const headers = Object.entries(heard[0]!.headers).map(([name, value]) => [name.toLowerCase(), value]);
    expect(Object.fromEntries(headers)).toMatchObject({ accept: 'text/csv', authorization: 'Bearer k' });
    expect(headers.length).toBe(new Set(headers.map(([name]) => name)).size);
  });

  it('gives no success where none was answered', async () => {
    const empty = new Response(null, { status: 403, headers: { 'Content-Length': '0' } });
    const page = new Response('<p>Not here.</p>', { status: 404, headers: { 'Content-Type': 'text/html' } });
    const { client } = talking([empty, page]);
    for (const status of [403, 404]) {
      const answer = await client.api.GET('/v1/irritants');
      expect(() => given(answer)).toThrow(NotUnderstood);
      expect(() => given(answer)).toThrow(String(status));
    }
    const problem = { code: 'not-found', detail: 'There is none.', status: 404 };
    const { client: refused } = talking([Response.json(problem, { status: 404 })]);
    const answer = await refused.api.GET('/v1/irritants');
    expect(() => given(answer)).toThrow(EntenteProblem);
  });
});

describe('An entry of a record that was restored', () => {
  it('is what it is now once it is read anew, though the revision is an earlier one', async () => {
    const at = (revision: number) =>
      Response.json({ id: 'i', revision }, { headers: { ETag: `"${revision}"` } });
    const { client } = talking([at(7), at(3), at(4), at(2)]);
    const entry = await client.open('irritants', 'i');
    expect((await entry.reload()).revision).toBe(3);
    expect(entry.revision).toBe(3);
    // Of two readings at once the one that comes last may be the older one.
    await Promise.all([entry.reload(), entry.reload()]);
    expect(entry.revision).toBe(4);
  });
});
