import { beforeAll, describe, expect, it } from '@jest/globals';
import type { OpenApiDocument } from '../../src/description/document.js';
import { Api } from '../support/api.js';
import type { Answer } from '../support/api.js';
import { descriptionText } from '../support/described-answers.js';
import { openTalks } from '../support/scene.js';

let document: OpenApiDocument;
let answers: ReadonlyMap<string, Answer>;

interface Problems {
  readonly schemas: {
    readonly Problem: { readonly properties: { readonly code: { readonly enum: string[] } } };
  };
}

type Ask = (api: Api) => Promise<Answer>;

const press = {
  kind: 'press',
  issuers: ['RU'],
  lang: 'en',
  date: '2025-04-10',
  held: false,
  title: 'Talks in Istanbul',
  citation: 'A newspaper, page 3',
};
const asked: readonly (readonly [code: string, status: number, ask: Ask])[] = [
  ['unauthenticated', 401, (api) => api.ask('GET', '/v1/irritants', { as: 'nobody' })],
  ['forbidden', 403, (api) => api.create('/v1/sources', press, 'reader')],
  ['not-found', 404, (api) => api.get('/v1/irritants/NONE-1')],
  ['validation-failed', 400, (api) => api.create('/v1/irritants', { stage: 'resolved' })],
  ['idempotency-key-missing', 400, (api) => api.ask('POST', '/v1/sources', { body: press })],
  [
    'press-has-no-issuer',
    409,
    async (api) => {
      const { dialogueId } = await openTalks(api);
      return api.create('/v1/sources', { dialogueId, ...press });
    },
  ],
];

beforeAll(async () => {
  const api = await Api.start();
  ({ body: document } = await api.ask<OpenApiDocument>('GET', '/openapi.json', { as: 'nobody' }));
  const found = new Map<string, Answer>();
  for (const [code, , ask] of asked) found.set(code, await ask(api));
  answers = found;
  await api.stop();
});

function answerOf(code: string): Answer {
  const answer = answers.get(code);
  if (answer === undefined) throw new Error(`Nothing was asked for ${code}.`);
  return answer;
}

describe('What a server publishes', () => {
  it('is what all answers of the tests are held against', () => {
    expect(JSON.stringify(document)).toBe(descriptionText);
  });
});

describe('A problem that the server answers with', () => {
  // Each answer of a test is held against the description as it comes.
  it.each(asked)('is one that its description allows: %s', async (code, status) => {
    const { status: told, body } = answerOf(code);
    expect([told, body['code'], body['type']]).toEqual([status, code, `/problems/${code}`]);
    const { schemas } = document.components as unknown as Problems;
    expect(schemas.Problem.properties.code.enum).toContain(body['code']);
  });
});
