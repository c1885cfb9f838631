import { describe } from '../../src/description/document.js';
import { rights } from '../../src/rights.js';
import type { RightsRow } from '../../src/platform/record/principal.js';
import { described as parts } from '../../src/described.js';
import { slices } from '../../src/slices.js';

interface Parameter {
  readonly name: string;
  readonly in: 'path' | 'query' | 'header';
  readonly required: boolean;
  readonly example?: string;
}

/** One operation as the published document tells it, with its row in the table of rights. */
export interface Described {
  readonly operationId: string;
  readonly method: 'get' | 'post';
  readonly path: string;
  readonly slice: string;
  readonly parameters: readonly Parameter[];
  readonly mediaType: string | undefined;
  readonly example: Readonly<Record<string, unknown>> | undefined;
  /** Undefined where the policy table has forgotten it, which a spec then says. */
  readonly row: RightsRow | undefined;
}

interface Member {
  readonly operationId: string;
  readonly tags: readonly string[];
  readonly parameters?: readonly Parameter[];
  readonly requestBody?: { readonly content: Readonly<Record<string, { readonly example?: object }>> };
}

function described(path: string, method: string, member: Member): Described {
  const [mediaType, body] = Object.entries(member.requestBody?.content ?? {})[0] ?? [];
  return {
    operationId: member.operationId,
    method: method as Described['method'],
    path,
    slice: member.tags[0] ?? '',
    parameters: member.parameters ?? [],
    mediaType,
    example: body?.example as Described['example'],
    row: (rights as Readonly<Record<string, RightsRow>>)[member.operationId],
  };
}

/** Every operation of the document, so that a new one is covered without a line being added anywhere. */
export const operations: readonly Described[] = Object.entries(describe(slices, parts, rights).paths).flatMap(
  ([path, methods]) =>
    Object.entries(methods).map(([method, member]) => described(path, method, member as unknown as Member)),
);

/** The path with ids in the place of its parameters; one that has no id there is a mistake of the spec. */
export function pathOf(operation: Described, ids: Readonly<Record<string, string>>): string {
  return operation.path.replace(/\{(\w+)\}/g, (_whole, name: string) => {
    const id = ids[name];
    if (id === undefined) throw new Error(`${operation.operationId} has no id for {${name}}.`);
    return id;
  });
}
