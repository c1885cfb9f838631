import { Ajv2020 } from 'ajv/dist/2020.js';
import type { ErrorObject, ValidateFunction } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import { described } from '../../src/described.js';
import { describe } from '../../src/description/document.js';
import { rights } from '../../src/rights.js';
import { slices } from '../../src/slices.js';
import { closed, closedComponents } from './closed-schema.js';
import type { Schema, Schemas } from './closed-schema.js';

/** One answer as it came, with what was asked. */
export interface Answered {
  readonly method: string;
  /** With its query, if it has one. */
  readonly path: string;
  readonly status: number;
  readonly contentType: string | null;
  readonly text: string;
}

interface Response {
  readonly $ref?: string;
  readonly description?: string;
  readonly content?: Readonly<Record<string, { readonly schema: Schema }>>;
}

interface Document {
  readonly paths: Readonly<
    Record<string, Readonly<Record<string, { operationId: string; responses: Record<string, Response> }>>>
  >;
  readonly components: { readonly schemas: Schemas; readonly responses: Readonly<Record<string, Response>> };
}

interface Operation {
  readonly operationId: string;
  readonly method: string;
  readonly address: RegExp;
  readonly responses: Readonly<Record<string, Response>>;
}

const problems = 'application/problem+json';
const lines = 'application/x-ndjson';
const events = 'text/event-stream';
/** What people are shown; it is no part of the interface for programs. */
const forPeople = ['text/html', 'text/css'];

/** A tile's place is a path of several steps, which a template of OpenAPI has no way to say. */
function addressOf(path: string): RegExp {
  const steps = path.replace(/[.]/g, '\\.').replace('{place}', '.+');
  return new RegExp(`^${steps.replace(/\{\w+\}/g, '[^/]+')}$`);
}

function operationsOf({ paths }: Document): readonly Operation[] {
  const parametersIn = (path: string) => path.split('{').length;
  return Object.entries(paths)
    .sort(([one], [other]) => parametersIn(one) - parametersIn(other))
    .flatMap(([path, methods]) =>
      Object.entries(methods).map(([method, { operationId, responses }]) => ({
        operationId,
        method: method.toUpperCase(),
        address: addressOf(path),
        responses,
      })),
    );
}

function told({ instancePath, message, params }: ErrorObject): string {
  const { additionalProperty, unevaluatedProperty } = params as Record<string, string | undefined>;
  const member = additionalProperty ?? unevaluatedProperty;
  return `${instancePath === '' ? 'the answer' : instancePath} ${message}${member === undefined ? '' : `: ${member}`}`;
}

/** The JSON texts in the body of a stream; the event `end` says only that it is whole. */
function framesOf(mediaType: string, text: string): readonly string[] {
  if (mediaType === lines) return text.split('\n').filter((line) => line !== '');
  return text
    .split('\n\n')
    .filter((block) => block !== '' && !block.includes('event: end'))
    .map((block) => /^data: (.*)$/m.exec(block)?.[1] ?? '');
}

/** The codes that an operation can refuse with stand in the words of its responses. */
function codeFaults(description: string, text: string): readonly string[] {
  const [, code = ''] = /"code":"([\w-]+)"/.exec(text) ?? [];
  return description.includes(`\`${code}\``) ? [] : [`the code ${code}, which is not described`];
}

const longText = 100_000;

/** What a server publishes of its answers, each operation's by status and media type, to hold answers against. */
export class DescribedAnswers {
  readonly #ajv = new Ajv2020({
    strict: false,
    validateSchema: false,
    allErrors: false,
    inlineRefs: false,
    code: { optimize: false },
  });
  readonly #operations: readonly Operation[];
  readonly #shared: Readonly<Record<string, Response>>;
  readonly #compiled = new Map<string, ValidateFunction>();
  /** Long answers that were looked at, by their paths: the same one is looked at once. */
  readonly #right = new Map<string, string>();

  constructor(text: string) {
    const document = JSON.parse(text) as Document;
    addFormats.default(this.#ajv);
    this.#ajv.addSchema({ $id: 'published', $defs: closedComponents(document.components.schemas) });
    this.#operations = operationsOf(document);
    this.#shared = document.components.responses;
  }

  /** What in the answer is not as it is published; nothing, where all of it is. */
  faultsIn(answered: Answered): readonly string[] {
    const method = answered.method === 'HEAD' ? 'GET' : answered.method;
    const [address = ''] = answered.path.split('?');
    const found = this.#operations.find((one) => one.method === method && one.address.test(address));
    const isKnown = this.#right.get(answered.path) === answered.text && answered.status === 200;
    if (isKnown) return [];
    const faults = found === undefined ? this.#unpublished(answered) : this.#published(found, answered);
    if (faults.length === 0 && answered.status === 200 && answered.text.length > longText)
      this.#right.set(answered.path, answered.text);
    const asked = `${answered.method} ${answered.path.slice(0, 160)} answers ${answered.status}`;
    return faults.map((fault) => `${found?.operationId ?? 'no operation'}: ${asked}: ${fault}`);
  }

  /** Pages for people, redirects between them, and refusals at addresses that are none. */
  #unpublished({ method, status, contentType, text }: Answered): readonly string[] {
    const mediaType = mediaTypeOf(contentType);
    if (mediaType === problems && method === 'HEAD') return [];
    if (mediaType === problems) return this.#jsonFaults({ $ref: '#/components/schemas/Problem' }, text);
    if (forPeople.includes(mediaType) || (status === 303 && text === '')) return [];
    return [`${mediaType || 'no media type'} at an address that is not described`];
  }

  #published({ responses }: Operation, { method, status, contentType, text }: Answered): readonly string[] {
    const named = responses[String(status)];
    if (named === undefined) return ['a status that is not described'];
    const response = named.$ref === undefined ? named : this.#shared[named.$ref.split('/').at(-1) ?? ''];
    const { content = {}, description = '' } = response ?? {};
    const mediaType = mediaTypeOf(contentType);
    if (Object.keys(content).length === 0) return text === '' ? [] : ['a body where none is described'];
    const media = content[mediaType];
    if (media === undefined)
      return [`${mediaType || 'no media type'}, and not ${Object.keys(content).join(' or ')}`];
    if (method === 'HEAD') return text === '' ? [] : ['a body where none may be'];
    if (mediaType === lines || mediaType === events) {
      const frame = content[lines]?.schema['items'] as Schema;
      return framesOf(mediaType, text).flatMap((one) => this.#jsonFaults(frame, one));
    }
    if (mediaType === problems)
      return [...this.#jsonFaults(media.schema, text), ...codeFaults(description, text)];
    return /[/+]json$/.test(mediaType) ? this.#jsonFaults(media.schema, text) : [];
  }

  #jsonFaults(schema: Schema, text: string): readonly string[] {
    let value: unknown;
    try {
      value = JSON.parse(text);
    } catch {
      return ['a text that is not JSON'];
    }
    const holds = this.#validatorOf(schema);
    return holds(value) ? [] : (holds.errors ?? []).map(told);
  }

  #validatorOf(schema: Schema): ValidateFunction {
    const key = JSON.stringify(schema);
    const known = this.#compiled.get(key);
    if (known !== undefined) return known;
    const local = JSON.stringify(closed(schema)).replaceAll('"#/$defs/', '"published#/$defs/');
    const compiled = this.#ajv.compile(JSON.parse(local) as Schema);
    this.#compiled.set(key, compiled);
    return compiled;
  }
}

function mediaTypeOf(contentType: string | null): string {
  return (contentType ?? '').split(';')[0]?.trim().toLowerCase() ?? '';
}

/** What every server of this program publishes; `test/description/problem-answers` holds a server to it. */
export const descriptionText = JSON.stringify(describe(slices, described, rights));

/** One for all servers, for to compile what it says takes longer than most tests. */
export const publishedAnswers = new DescribedAnswers(descriptionText);
