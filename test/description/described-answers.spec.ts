import { describe as group, expect, it } from '@jest/globals';
import { descriptionText, publishedAnswers as answers } from '../support/described-answers.js';
import type { Answered } from '../support/described-answers.js';

type Json = { [member: string]: Json } | Json[] | string | number | boolean | null;

const { paths, components } = JSON.parse(descriptionText) as {
  paths: Record<string, Record<string, { responses: Record<string, { content?: Record<string, object> }> }>>;
  components: { examples: Record<string, { value: Json }> };
};

const example = (name: string): Json => structuredClone(components.examples[name]?.value ?? null);
const answer = (path: string, body: unknown, over: Partial<Answered> = {}): Answered => ({
  method: 'GET',
  path,
  status: 200,
  contentType: 'application/json; charset=utf-8',
  text: typeof body === 'string' ? body : JSON.stringify(body),
  ...over,
});
const faults = (path: string, body: unknown, over?: Partial<Answered>) =>
  answers.faultsIn(answer(path, body, over)).join('\n');

const one = '/v1/irritants/RUUS-1';
const overview = () => example('Overview') as { linked: Record<string, Json>[]; key: Json };
const problem = {
  type: '/problems/not-found',
  title: 'Not found',
  status: 404,
  detail: 'There is none.',
  code: 'not-found',
  traceId: 'x',
};
const asProblem = { status: 404, contentType: 'application/problem+json' };

group('An answer that drifts from its description is found out', () => {
  it('not where it is as it is described', () => {
    expect(faults(one, example('Irritant'))).toBe('');
    expect(faults(`${one}?knownAt=r3`, { ...(example('Irritant') as object), knownSeq: 3 })).toBe('');
    expect(faults(`${one}/overview`, overview())).toBe('');
    expect(faults('/v1/irritants/NONE-1', problem, asProblem)).toBe('');
  });

  it('by a member that is not described, at the top and deep within', () => {
    expect(faults(one, { ...(example('Irritant') as object), mood: 'calm' })).toContain('mood');
    expect(faults(`${one}/overview`, { ...overview(), mood: 'calm' })).toContain('mood');
    const deep = overview();
    deep.linked[0]!['mood'] = 'calm';
    expect(faults(`${one}/overview`, deep)).toContain('/linked/0 must NOT have unevaluated properties: mood');
    expect(faults('/v1/irritants/NONE-1', { ...problem, mood: 'calm' }, asProblem)).toContain('mood');
  });

  it('by a value of another kind', () => {
    expect(faults('/v1/irritants/NONE-1', { ...problem, code: 'NOT_FOUND' }, asProblem)).toContain('/code');
    expect(faults(one, { ...(example('Irritant') as object), revision: '3' })).toContain(
      '/revision must be integer',
    );
    expect(faults(one, { ...(example('Irritant') as object), stage: 'calm' })).toContain('/stage');
    expect(faults(one, { ...(example('Irritant') as object), id: 'RUUS-1' })).toContain('uuid');
  });

  it('by a member that it lacks', () => {
    const { key: _, ...rest } = overview();
    expect(faults(`${one}/overview`, rest)).toContain("required property 'key'");
    const { traceId: __, ...untraced } = problem;
    expect(faults('/v1/irritants/NONE-1', untraced, asProblem)).toContain("required property 'traceId'");
  });

  it('by a refusal that the operation is not said to give', () => {
    const code = 'not-acceptable';
    expect(faults('/v1/irritants/NONE-1', { ...problem, code }, asProblem)).toContain(`the code ${code}`);
  });

  it('by its status, by its form, and by an address that is not described', () => {
    expect(faults(one, example('Irritant'), { status: 202 })).toContain('a status that is not described');
    expect(faults(one, '<html>', { contentType: 'text/html' })).toContain(
      'text/html, and not application/json',
    );
    expect(faults(one, 'no JSON')).toContain('not JSON');
    expect(faults('/v1/nothing', {})).toContain('an address that is not described');
    expect(faults('/docs', '<html>', { contentType: 'text/html; charset=utf-8' })).toBe('');
  });

  it('in each frame of a replay, in both of its forms', () => {
    const [frame] = example('Frames') as Record<string, Json>[];
    const strange = { ...frame, mood: 'calm' };
    const lines = (...frames: object[]) => frames.map((each) => `${JSON.stringify(each)}\n`).join('');
    const events = (...frames: object[]) =>
      `${frames.map((each) => `id: 1\nevent: frame\ndata: ${JSON.stringify(each)}\n\n`).join('')}event: end\ndata: {}\n\n`;
    const ndjson = { contentType: 'application/x-ndjson; charset=utf-8' };
    const sse = { contentType: 'text/event-stream; charset=utf-8' };
    expect(faults(`${one}/replay`, lines(frame!, frame!), ndjson)).toBe('');
    expect(faults(`${one}/replay`, lines(frame!, strange), ndjson)).toContain('mood');
    expect(faults(`${one}/replay`, events(frame!, frame!), sse)).toBe('');
    expect(faults(`${one}/replay`, events(frame!, strange), sse)).toContain('mood');
  });
});

/** Every place in the value where an object stands, with the value as it is when a stranger stands there too. */
function* withStrangers(value: Json, at = ''): Generator<{ at: string; changed: Json }> {
  if (typeof value !== 'object' || value === null) return;
  if (!Array.isArray(value)) yield { at, changed: { ...value, stranger: 1 } };
  for (const [name, inner] of Object.entries(value)) {
    for (const found of withStrangers(inner, `${at}/${Array.isArray(value) ? '-' : name}`)) {
      const copy: Json = Array.isArray(value) ? [...value] : { ...value };
      (copy as Record<string, Json>)[name] = found.changed;
      yield { at: found.at, changed: copy };
    }
  }
}

interface Shown {
  readonly path: string;
  readonly method: string;
  readonly status: number;
  readonly contentType: string;
  readonly value: Json;
}

/** Each operation's answer as its own example shows it. */
function shownAnswers(): readonly Shown[] {
  return Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods).flatMap(([method, { responses }]) =>
      Object.entries(responses).flatMap(([status, { content = {} }]) =>
        Object.entries(content).flatMap(([contentType, media]) => {
          const { example: own, examples = {} } = media as {
            example?: Json;
            examples?: Record<string, unknown>;
          };
          const [name] = Object.keys(examples);
          const value = own ?? (name === undefined ? null : example(name));
          const isJson = contentType.endsWith('json') && !contentType.includes('ndjson');
          return value === null || !isJson
            ? []
            : [{ path, method: method.toUpperCase(), status: Number(status), contentType, value }];
        }),
      ),
    ),
  );
}

group('Of the answers that the description shows', () => {
  const shown = shownAnswers();
  const asked = ({ path, method, status, contentType }: Shown, value: Json) =>
    answers.faultsIn(answer(path.replace(/\{\w+\}/g, 'x'), value, { method, status, contentType }));

  it('each is as it is described', () => {
    expect(shown.flatMap((each) => asked(each, each.value))).toEqual([]);
    expect(shown.length).toBeGreaterThan(200);
  });

  it('none takes a member that is not described, but where the events of any kind are shown as they are', () => {
    const distinct = new Map(shown.map((each) => [JSON.stringify(each.value), each]));
    const open = [...distinct.values()].flatMap((each) =>
      [...withStrangers(each.value)]
        .filter(({ changed }) => asked(each, changed).length === 0)
        .map(({ at }) => `${each.path.split('/').at(-1)} ${at}`),
    );
    // A history and a feed have events of every type, of every version that was ever stored.
    const events = /^(history \/items\/-\/event|feed \/items\/-\/data)\/(data|content)\b/;
    // Schemas say what they like of what they describe.
    const schemas = /^(schema|event-types|\{type\}|openapi\.json) /;
    expect(open.filter((each) => !events.test(each) && !schemas.test(each))).toEqual([]);
    expect(open).toContain('openapi.json ');
  });
});
