import type { Schema } from './contract.js';

export type Schemas = Readonly<Record<string, Schema>>;

/** A set of values as a schema gives it, with those that it refers to. */
export interface Side {
  readonly schema: Schema;
  readonly schemas: Schemas;
}

/** Why values of the one need not be of the other: where, and what about it. */
export interface Gap {
  readonly place: string;
  readonly kind:
    | { readonly is: 'value'; readonly values: readonly unknown[] }
    | { readonly is: 'type'; readonly type: string }
    | { readonly is: 'bound'; readonly keyword: string }
    | { readonly is: 'missing'; readonly member: string }
    | { readonly is: 'unknown'; readonly member: string }
    | { readonly is: 'unsaid'; readonly member: string }
    | { readonly is: 'variant' };
}

type Properties = Readonly<Record<string, Schema>>;

export function refOf(schema: Schema): string | undefined {
  return typeof schema['$ref'] === 'string' ? schema['$ref'].split('/').at(-1) : undefined;
}

const listed = (schema: Schema, keyword: string) => (schema[keyword] ?? []) as readonly Schema[];
const propertiesOf = (schema: Schema) => (schema['properties'] ?? {}) as Properties;
const requiredOf = (schema: Schema) => (schema['required'] ?? []) as readonly string[];

/** With what it refers to in its place, and all that must hold at once in one schema. */
function whole({ schema, schemas }: Side): Schema {
  const name = refOf(schema);
  const { $ref: _, allOf: __, ...own } = schema;
  const parts = [...(name === undefined ? [] : [schemas[name] ?? {}]), ...listed(schema, 'allOf')];
  return parts
    .map((one) => whole({ schema: one, schemas }))
    .reduce<Schema>(
      (all, one) => ({
        ...all,
        ...one,
        properties: { ...propertiesOf(one), ...propertiesOf(all) },
        required: [...new Set([...requiredOf(all), ...requiredOf(one)])],
      }),
      own,
    );
}

function valuesOf(schema: Schema): readonly unknown[] | undefined {
  if ('const' in schema) return [schema['const']];
  return schema['enum'] as readonly unknown[] | undefined;
}

function typesOf(schema: Schema): readonly string[] {
  const types = [schema['type'] ?? []].flat() as string[];
  return types.includes('number') ? [...types, 'integer'] : types;
}

const least = ['minimum', 'exclusiveMinimum', 'minLength', 'minItems', 'minProperties'];
const most = ['maximum', 'exclusiveMaximum', 'maxLength', 'maxItems', 'maxProperties'];
const form = ['pattern', 'format', 'contentEncoding', 'uniqueItems'];

function boundGaps(sub: Schema, sup: Schema, place: string): readonly Gap[] {
  if (valuesOf(sub) !== undefined) return [];
  const number = (schema: Schema, keyword: string, otherwise: number) =>
    (schema[keyword] as number | undefined) ?? otherwise;
  // No bound, and one that bounds nothing, are the same.
  const broken = [
    ...least.filter(
      (one) =>
        number(sup, one, one === 'minimum' ? -Infinity : 0) >
        number(sub, one, one === 'minimum' ? -Infinity : 0),
    ),
    ...most.filter((one) => number(sup, one, Infinity) < number(sub, one, Infinity)),
    ...form.filter((one) => sup[one] !== undefined && sup[one] !== sub[one]),
  ];
  return broken.map((keyword) => ({ place, kind: { is: 'bound', keyword } }));
}

function valueGaps(sub: Schema, sup: Schema, place: string): readonly Gap[] {
  const allowed = valuesOf(sup)?.map((one) => JSON.stringify(one));
  const types = typesOf(sup);
  const given = valuesOf(sub);
  if (allowed !== undefined) {
    const values = given?.filter((one) => !allowed.includes(JSON.stringify(one)));
    if (values === undefined) return [{ place, kind: { is: 'type', type: 'any value' } }];
    return values.length === 0 ? [] : [{ place, kind: { is: 'value', values } }];
  }
  if (types.length === 0 || (given !== undefined && sub['type'] === undefined)) return [];
  const own = typesOf(sub);
  if (own.length === 0) return [{ place, kind: { is: 'type', type: 'anything' } }];
  return own.filter((one) => !types.includes(one)).map((type) => ({ place, kind: { is: 'type', type } }));
}

export class Containment {
  /** Schemas of one name on both sides are compared once, by themselves. */
  readonly met = new Set<string>();

  /** A gap that keeps a value from no form, since whoever reads it has to leave it. */
  constructor(private readonly isTolerated: (gap: Gap) => boolean) {}

  /** Why not every value of the first is one of the second; nothing where it is. */
  gaps(sub: Side, sup: Side, place = ''): readonly Gap[] {
    const name = refOf(sub.schema);
    if (name !== undefined && name === refOf(sup.schema)) {
      this.met.add(name);
      return [];
    }
    if (place.split('/').length > 24) return [];
    const [inner, outer] = [whole(sub), whole(sup)];
    const variants = [...listed(inner, 'anyOf'), ...listed(inner, 'oneOf')];
    if (variants.length > 0)
      return variants.flatMap((schema) => this.gaps({ ...sub, schema }, { ...sup, schema: outer }, place));
    const allowed = [...listed(outer, 'anyOf'), ...listed(outer, 'oneOf')];
    if (allowed.length > 0) return this.#inOne(sub, allowed, sup.schemas, place);
    return [
      ...valueGaps(inner, outer, place),
      ...boundGaps(inner, outer, place),
      ...this.#memberGaps({ ...sub, schema: inner }, { ...sup, schema: outer }, place),
    ];
  }

  #inOne(sub: Side, variants: readonly Schema[], schemas: Schemas, place: string): readonly Gap[] {
    const name = refOf(sub.schema);
    if (name !== undefined && variants.some((one) => refOf(one) === name)) {
      this.met.add(name);
      return [];
    }
    const each = variants.map((schema) => this.gaps(sub, { schema, schemas }, place));
    if (each.some((gaps) => gaps.every(this.isTolerated))) return [];
    // Where one alone is of its kind, what keeps it from being that says more.
    const types = typesOf(whole(sub));
    const alike = each.filter((_, index) =>
      typesOf(whole({ schema: variants[index] ?? {}, schemas })).some((one) => types.includes(one)),
    );
    return alike.length === 1 ? (alike[0] ?? []) : [{ place, kind: { is: 'variant' } }];
  }

  #memberGaps(sub: Side, sup: Side, place: string): readonly Gap[] {
    const [mine, theirs] = [propertiesOf(sub.schema), propertiesOf(sup.schema)];
    const always = requiredOf(sub.schema);
    const gaps: Gap[] = requiredOf(sup.schema)
      .filter((member) => !always.includes(member))
      .map((member) => ({ place, kind: { is: 'missing', member } }));
    for (const [member, schema] of Object.entries(mine)) {
      const other = theirs[member];
      const isOpen =
        sup.schema['additionalProperties'] !== undefined && sup.schema['additionalProperties'] !== false;
      if (other !== undefined)
        gaps.push(...this.gaps({ ...sub, schema }, { ...sup, schema: other }, `${place}/${member}`));
      else if (Object.keys(theirs).length > 0 && !isOpen)
        gaps.push({ place, kind: { is: 'unknown', member } });
    }
    for (const member of Object.keys(theirs))
      if (
        !(member in mine) &&
        Object.keys(mine).length > 0 &&
        sub.schema['additionalProperties'] === undefined
      )
        gaps.push({ place, kind: { is: 'unsaid', member } });
    for (const keyword of ['items', 'additionalProperties', 'propertyNames']) {
      const [own, other] = [sub.schema[keyword], sup.schema[keyword]].map((one) =>
        typeof one === 'object' ? (one as Schema) : undefined,
      );
      if (other !== undefined)
        gaps.push(...this.gaps({ ...sub, schema: own ?? {} }, { ...sup, schema: other }, `${place}/*`));
    }
    return gaps;
  }
}
