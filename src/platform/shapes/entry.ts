import { ref } from './json-schema.js';
import type { Schema } from './json-schema.js';

export interface Parameter {
  readonly name: string;
  readonly in: 'path' | 'query' | 'header';
  readonly required: boolean;
  readonly description: string;
  readonly schema: Schema;
  readonly example?: unknown;
  /** How several values stand in an address (OpenAPI 3.1, 4.8.12). */
  readonly style?: 'form';
  readonly explode?: boolean;
}

export interface Body {
  readonly mediaType: string;
  readonly schema: Schema;
  readonly example?: unknown;
}

export interface Content {
  readonly mediaType: string;
  readonly schema: Schema;
  /** The name of a worked example, or the example itself. */
  readonly example?: { readonly worked: string } | { readonly value: unknown };
}

export interface Answer {
  readonly status: number;
  readonly description: string;
  readonly headers: readonly string[];
  readonly content: readonly Content[];
}

/** One operation, in the form from which both the OpenAPI document and the page on the interface are drawn. */
export interface Entry {
  readonly operationId: string;
  readonly tag: string;
  readonly method: 'get' | 'post';
  /** With its parameters in braces. */
  readonly path: string;
  readonly summary: string;
  /** What it does, in sentences. */
  readonly does: string;
  readonly parameters: readonly Parameter[];
  readonly body?: Body;
  readonly answer: Answer;
  /** With another status, to whoever asks for it by a parameter. */
  readonly otherwise?: Answer;
  /** The codes of the problems that it can answer with. */
  readonly problems: readonly string[];
}

export const json = 'application/json';

export function pathParameter(name: string, description: string, schema: Schema): Parameter {
  return { name, in: 'path', required: true, description, schema };
}

/** `/v1/irritants/:id` → `/v1/irritants/{id}`. */
export function templated(route: string): string {
  return route.replace(/:(\w+)/g, '{$1}');
}

export function answer(
  status: number,
  description: string,
  content: readonly Content[],
  headers: string[] = [],
): Answer {
  return { status, description, headers: [...headers, 'Trace-Id'], content };
}

/** An answer whose schema and example have the same name. */
export const worked = (name: string): Content => ({
  mediaType: json,
  schema: ref(name),
  example: { worked: name },
});
