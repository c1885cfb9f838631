import type { EventSchema, Field, Shape } from '#libs/decider';
import { array, byKey, described, flag, object, oneOfWords, ref, sometimes, uuid } from './json-schema.js';
import type { Properties, Schema, Sometimes } from './json-schema.js';

/** A field of an event or a body, as JSON Schema. What the server checks beyond it is in the field's description. */
export function schemaOf(field: Field): Schema {
  switch (field.kind) {
    case 'id':
      return uuid;
    case 'hash':
      return ref('Sha256');
    case 'party':
      return ref('Party');
    case 'language':
      return ref('Language');
    case 'line':
      return {
        type: 'string',
        minLength: 1,
        maxLength: field.max,
        ...(field.pattern === undefined ? {} : { pattern: field.pattern }),
      };
    case 'text':
      return ref('LangText');
    case 'words':
      return { type: 'object', additionalProperties: true };
    case 'occurred':
      return ref('OccurredGiven');
    case 'choice':
      return oneOfWords(field.of);
    case 'integer':
      return { type: 'integer', minimum: field.min, maximum: field.max };
    case 'flag':
      return flag;
    case 'date':
      return ref('EdtfDate');
    case 'list':
      return { ...array(schemaOf(field.of)), minItems: field.min, maxItems: field.max };
    case 'byParty':
      return byKey(schemaOf(field.of));
    case 'texts':
      return {
        ...byKey(ref('LangText')),
        propertyNames: { pattern: field.pattern },
        maxProperties: field.max,
      };
    case 'shape':
      return objectOf(field.of);
  }
}

function meant(field: Field): Schema {
  const schema = schemaOf(field);
  return field.meaning === undefined ? schema : described(schema, field.meaning);
}

function propertiesOf(shape: Shape, wanted: (field: Field) => boolean): Properties {
  return Object.fromEntries(
    Object.entries(shape)
      .filter(([, field]) => wanted(field))
      .map(([name, field]) => [name, meant(field)]),
  );
}

/** A member for each field that is not optional. */
export function required<S extends Shape>(shape: S) {
  return propertiesOf(shape, (field) => field.optional !== true) as {
    readonly [F in keyof S as S[F] extends { readonly optional: true } ? never : F]: Schema;
  };
}

export function optionalOf<S extends Shape>(shape: S) {
  const members = Object.entries(propertiesOf(shape, (field) => field.optional === true));
  return Object.fromEntries(members.map(([name, schema]) => [name, sometimes(schema)])) as {
    readonly [F in keyof S as S[F] extends { readonly optional: true } ? F : never]: Sometimes;
  };
}

export function objectOf(shape: Shape): Schema {
  return object(required(shape), optionalOf(shape));
}

/** A body: what it does not name is refused, so a client may be told of a misspelt field before it sends one. */
export function bodyOf(shape: Shape): Schema {
  return { ...objectOf(shape), additionalProperties: false };
}

/** The words of an event: any of them may be missing, for words can be erased. */
export function wordsOf(schema: EventSchema): Properties {
  return propertiesOf(schema.content, () => true);
}
