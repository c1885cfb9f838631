import { refOfKind } from '#libs/decider';
import type { Field, Shape } from '#libs/decider';
import { schemaOf } from './amendment-events.js';
import type { Stored } from './envelope.js';
import { idOf } from './fold.js';
import type { Slice } from './slice.js';
import { madeOnce } from '../shapes/made-once.js';

type Fields = { readonly [field: string]: unknown };

/** What is needed of the registry, which gives these answers itself. */
interface Slices {
  readonly slices: readonly Slice[];
  ofStream(stream: string): Slice;
}

/** An entry that an event names in one of its fields. */
export interface Reference {
  readonly path: readonly (string | number)[];
  /** The slice of the entry. */
  readonly slice: string;
  readonly id: string;
  /** The slice follows from the `kind` beside the id. */
  readonly isByKind: boolean;
}

/** A field that has a value, wherever in the data it stands. */
interface Leaf {
  readonly path: Reference['path'];
  readonly field: Field;
  readonly value: unknown;
  /** The fields beside it. */
  readonly beside: Fields;
}

export function leavesIn(shape: Shape, data: Fields, at: Reference['path'] = []): readonly Leaf[] {
  const within = (field: Field, value: unknown, path: Reference['path']): readonly Leaf[] => {
    if (value === undefined) return [];
    if (field.kind === 'list')
      return (value as unknown[]).flatMap((one, index) => within(field.of, one, [...path, index]));
    if (field.kind === 'shape') return leavesIn(field.of, value as Fields, path);
    return [{ path, field, value, beside: data }];
  };
  return Object.entries(shape).flatMap(([name, field]) => within(field, data[name], [...at, name]));
}

function mayRefer(field: Field): boolean {
  if (field.kind === 'list') return mayRefer(field.of);
  return field.kind === 'shape' ? refers(field.of) : field.kind === 'id' && field.of !== undefined;
}

/** Whether the shape has a field in which an entry may be named: most have none. */
const refers = madeOnce((shape: Shape): boolean => Object.values(shape).some(mayRefer));

/** Everything that the data names in its fields, by their declarations. */
export function referencesIn(
  { slices }: Pick<Slices, 'slices'>,
  shape: Shape,
  data: Fields,
): readonly Reference[] {
  if (!refers(shape)) return [];
  return leavesIn(shape, data).flatMap(({ path, field, value, beside }) => {
    if (field.kind !== 'id' || field.of === undefined) return [];
    const isByKind = field.of === refOfKind.of;
    const slice = slices.find((one) =>
      isByKind ? one.prefix === beside['kind'] : one.name === field.of || one.part === field.of,
    );
    return slice === undefined ? [] : [{ path, slice: slice.name, id: value as string, isByKind }];
  });
}

/** What an event names; nothing where no schema can read it. */
export function namedBy(
  registry: Slices,
  { stream, type, data }: Pick<Stored, 'stream' | 'type' | 'data'>,
): readonly Reference[] {
  const schema = schemaOf(registry.ofStream(stream), type);
  return schema === undefined ? [] : referencesIn(registry, schema.data, data);
}

/** The entries of one slice that events name, each once. */
export function namesIn(
  registry: Slices,
  events: readonly Pick<Stored, 'stream' | 'type' | 'data'>[],
  { name }: Pick<Slice, 'name'>,
): readonly string[] {
  const named = events.flatMap((one) => namedBy(registry, one)).filter(({ slice }) => slice === name);
  return [...new Set(named.map(({ id }) => id))];
}

/** The slices whose entries name one of this slice, by its kind, as what they rest on. */
export function basedOn({ slices }: Pick<Slices, 'slices'>, { prefix }: Slice): readonly Slice[] {
  const mayName = (shape: Shape): boolean => {
    const { kind } = shape;
    const isByKind = Object.values(shape).some((one) => one.kind === 'id' && one.of === refOfKind.of);
    return (
      (isByKind && kind?.kind === 'choice' && kind.of.includes(prefix)) ||
      Object.values(shape).some((one) => one.kind === 'shape' && mayName(one.of))
    );
  };
  return slices.filter(({ schemas }) => Object.values(schemas).some(({ data }) => mayName(data)));
}

/** The field by which an entry of the slice names what owns it; none where nothing does. */
const ownerField = madeOnce(({ schemas }: Slice) => {
  const fields = Object.values(schemas).flatMap(({ data }) => Object.entries(data));
  return fields.find(([, field]) => field.kind === 'id' && field.owns === true)?.[0] ?? '';
});

/** The dialogue that an entry belongs to, by its fields or by those of its first event; a dialogue is its own. */
export function dialogueOf(slice: Slice, id: string, fields: unknown): string | undefined {
  if (slice.part === 'dialogue') return id;
  const owner = (fields as Fields | null | undefined)?.[ownerField(slice)];
  return typeof owner === 'string' ? owner : undefined;
}

/** The same of a stream, by its first event; undefined where there is none. */
export function dialogueOfStream(
  registry: Slices,
  stream: string,
  first: { readonly data: unknown } | undefined,
): string | undefined {
  return dialogueOf(registry.ofStream(stream), idOf(stream), first?.data);
}
