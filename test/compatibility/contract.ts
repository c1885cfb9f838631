/** A schema without what is only said to people. */
export type Schema = { readonly [keyword: string]: unknown };

export interface Parameter {
  readonly required: boolean;
  readonly schema: Schema;
}

export interface Contents {
  readonly [mediaType: string]: Schema;
}

export interface OperationContract {
  readonly operationId: string;
  /** Whether it needs no key. */
  readonly open: boolean;
  /** By where it stands and what it is called: `query limit`. */
  readonly parameters: { readonly [place: string]: Parameter };
  readonly body?: { readonly required: boolean; readonly content: Contents };
  /** By status, of those that are no refusals. */
  readonly answers: {
    readonly [status: string]: { readonly headers: readonly string[]; readonly content: Contents };
  };
  /** The codes of problems, by status. */
  readonly refusals: { readonly [status: string]: readonly string[] };
}

/** What a client can rely on. */
export interface Contract {
  readonly version: string;
  /** By method and path. */
  readonly operations: { readonly [operation: string]: OperationContract };
  readonly schemas: { readonly [name: string]: Schema };
}

type Node = Record<string, unknown>;
interface Document {
  readonly info: { readonly version: string };
  readonly paths: Record<string, Record<string, Node>>;
  readonly components: { readonly schemas: Record<string, Schema>; readonly responses: Record<string, Node> };
}

const saidToPeople = new Set(['description', 'example', 'examples', 'title', 'default', '$comment']);
/** Under these stand names and not keywords. */
const named = new Set(['properties', 'patternProperties', '$defs']);

function bare(value: unknown, areNames = false): unknown {
  if (Array.isArray(value)) return value.map((one) => bare(one));
  if (value === null || typeof value !== 'object') return value;
  const kept = Object.entries(value).filter(([key]) => areNames || !saidToPeople.has(key));
  return Object.fromEntries(kept.map(([key, one]) => [key, bare(one, !areNames && named.has(key))]));
}

const schemasOf = (content: Node = {}): Contents =>
  Object.fromEntries(
    Object.entries(content).map(([type, one]) => [type, bare((one as Node)['schema'] ?? {}) as Schema]),
  );

/** As the description names them: each at the beginning of its paragraph, or all in one sentence. */
function codesIn(description: string): readonly string[] {
  const [first = ''] = description.split('\n');
  const all = first.startsWith('One of ')
    ? [...first.matchAll(/`([a-z0-9-]+)`/g)]
    : [...description.matchAll(/^`([a-z0-9-]+)`:/gm)];
  return all.map(([, code = '']) => code).toSorted();
}

function operationOf(operation: Node, responses: Document['components']['responses']): OperationContract {
  const {
    operationId,
    parameters = [],
    requestBody,
  } = operation as {
    operationId: string;
    parameters?: { in: string; name: string; required?: boolean; schema: Schema }[];
    requestBody?: { required?: boolean; content: Node };
  };
  const answered = Object.entries(operation['responses'] as Node).map(([status, one]) => {
    const { $ref } = one as { $ref?: string };
    const response = $ref === undefined ? one : responses[$ref.split('/').at(-1) ?? ''];
    return [status, response as { description: string; headers?: Node; content?: Node }] as const;
  });
  return {
    operationId,
    open: Array.isArray(operation['security']) && operation['security'].length === 0,
    parameters: Object.fromEntries(
      parameters.map((one) => [
        `${one.in} ${one.name}`,
        { required: one.required === true, schema: bare(one.schema) as Schema },
      ]),
    ),
    ...(requestBody === undefined
      ? {}
      : { body: { required: requestBody.required === true, content: schemasOf(requestBody.content) } }),
    answers: Object.fromEntries(
      answered
        .filter(([status]) => status < '400')
        .map(([status, { headers = {}, content }]) => [
          status,
          { headers: Object.keys(headers).toSorted(), content: schemasOf(content) },
        ]),
    ),
    refusals: Object.fromEntries(
      answered
        .filter(([status]) => status >= '400')
        .map(([status, { description }]) => [status, codesIn(description)]),
    ),
  };
}

/** What of a description of OpenAPI 3.1 a client can rely on; what is said to people may change at any time. */
export function contractOf(description: object): Contract {
  const { info, paths, components } = description as Document;
  const operations = Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(
      ([method, one]) => [`${method.toUpperCase()} ${path}`, operationOf(one, components.responses)] as const,
    ),
  );
  return {
    version: info.version,
    operations: Object.fromEntries(operations),
    schemas: bare(components.schemas, true) as Contract['schemas'],
  };
}
