/** JSON Schema (2020-12), read by its keywords. */
export interface Schema {
  readonly [keyword: string]: unknown;
}

export type Schemas = Readonly<Record<string, Schema>>;

const published = '#/components/schemas/';
const apart = ['allOf', 'anyOf', 'oneOf'] as const;

/** The name under which a component stands that others are put together with, so that it can't be shut by itself. */
const openName = (name: string) => `${name}.open`;

function mapped(of: unknown, closing: (schema: Schema) => Schema): Schemas {
  return Object.fromEntries(Object.entries(of as Schemas).map(([name, one]) => [name, closing(one)]));
}

/** What lies within is shut; the object itself still takes members that it does not name. */
function inner(schema: Schema): Schema {
  const { $ref, properties, items, additionalProperties } = schema;
  const isSchema = typeof additionalProperties === 'object' && additionalProperties !== null;
  return {
    ...schema,
    ...(typeof $ref === 'string' ? { $ref: $ref.replace(published, '#/$defs/').concat('.open') } : {}),
    ...(properties === undefined ? {} : { properties: mapped(properties, closed) }),
    ...(items === undefined ? {} : { items: closed(items as Schema) }),
    ...(isSchema ? { additionalProperties: closed(additionalProperties as Schema) } : {}),
    ...Object.fromEntries(
      apart
        .filter((keyword) => schema[keyword] !== undefined)
        .map((keyword) => [keyword, (schema[keyword] as Schema[]).map(inner)]),
    ),
  };
}

/**
 * The same schema, but what it does not name is refused. Published schemas are open, because a reader shall ignore what
 * later versions add; a server that answers with what it does not publish is at fault all the same.
 */
export function closed(schema: Schema): Schema {
  const { $ref, properties, additionalProperties } = schema;
  if (typeof $ref === 'string') return { ...schema, $ref: $ref.replace(published, '#/$defs/') };
  const isPutTogether = schema['allOf'] !== undefined || properties !== undefined;
  // A choice without members of its own leaves each of its branches whole.
  const [choice] = isPutTogether ? [] : (['anyOf', 'oneOf'] as const).filter((one) => schema[one]);
  if (choice !== undefined) return { ...schema, [choice]: (schema[choice] as Schema[]).map(closed) };
  return isPutTogether && additionalProperties === undefined
    ? { ...inner(schema), unevaluatedProperties: false }
    : inner(schema);
}

/** Every component as it stands by itself, and as a part of others. */
export function closedComponents(components: Schemas): Schemas {
  return Object.fromEntries(
    Object.entries(components).flatMap(([name, schema]) => [
      [name, closed(schema)],
      [openName(name), inner(schema)],
    ]),
  );
}
