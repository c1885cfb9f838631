import { tableOf } from './captioned-table.js';
import type { Entry } from '../platform/shapes/entry.js';
import type { Properties, Schema } from '../platform/shapes/json-schema.js';
import { html } from '#libs/html';
import type { Html } from '#libs/html';

const refWords: { readonly [name: string]: string } = {
  Party: 'party code',
  LangText: 'text by language',
  Language: 'language tag',
  Sha256: 'SHA-256',
  EdtfDate: 'EDTF date',
  OccurredGiven: 'EDTF date, or {edtf, zone}',
};

/** The type of a field in a few words. */
function typeWords(schema: Schema): string {
  const { $ref, enum: values, type, format, items, additionalProperties, minimum, maximum } = schema;
  if (typeof $ref === 'string') {
    const name = $ref.split('/').at(-1) ?? '';
    return refWords[name] ?? name;
  }
  if (Array.isArray(values)) return values.join(' | ');
  if (type === 'array') return `list of ${typeWords(items as Schema)}`;
  if (type === 'object') {
    const { properties } = schema as { properties?: Properties };
    if (properties !== undefined) return `{${Object.keys(properties).join(', ')}}`;
    return typeof additionalProperties === 'object' ? 'object by party' : 'object';
  }
  if (type === 'integer') return `integer, ${String(minimum)} to ${String(maximum)}`;
  if (type === 'boolean') return 'true or false';
  return format === 'uuid' ? 'UUID' : 'text';
}

interface Row {
  readonly name: string;
  readonly type: string;
  readonly required: boolean;
  readonly words: string;
}

export function fieldRows({ body }: Entry): readonly Row[] {
  const { properties = {}, required = [] } = (body?.schema ?? {}) as {
    properties?: Properties;
    required?: readonly string[];
  };
  return Object.entries(properties)
    .map(([name, schema]) => ({
      name,
      type: typeWords(schema),
      required: required.includes(name),
      words: typeof schema['description'] === 'string' ? schema['description'] : '',
    }))
    .sort((one, other) => Number(other.required) - Number(one.required));
}

export function parameterRows({ parameters }: Entry): readonly Row[] {
  return parameters.map((one) => ({
    name: one.in === 'query' ? `?${one.name}` : one.name,
    type: typeWords(one.schema),
    required: one.required,
    words: one.description,
  }));
}

/** A table that scrolls by itself where it is too wide, and can be reached by keyboard to do so. */
export function table(caption: string, rows: readonly Row[]): Html | null {
  if (rows.length === 0) return null;
  const cells = rows.map(
    ({ name, type, required, words }) =>
      [html`<code>${name}</code>`, html`${type}`, required ? 'yes' : 'no', words] as const,
  );
  return html`<div class="scroll" role="region" aria-label="${caption}" tabindex="0">
    ${tableOf(caption, ['Name', 'Takes', 'Needed', 'Meaning'], cells)}
  </div>`;
}
