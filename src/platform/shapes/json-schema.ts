/** The few words of JSON Schema (2020-12, as OpenAPI 3.1 takes it) that the description is written in. */

export interface Schema {
  readonly [keyword: string]: unknown;
}

export interface Properties {
  readonly [name: string]: Schema;
}

export const array = (items: Schema): Schema => ({ type: 'array', items });
export const ref = (name: string): Schema => ({ $ref: `#/components/schemas/${name}` });
/** Who said it, when and on which evidence; words by language; parties of a dialogue. */
export const said = ref('Said');
export const text = ref('LangText');
export const parties = array(ref('Party'));
export const uuid: Schema = { type: 'string', format: 'uuid' };
export const instant: Schema = { type: 'string', format: 'date-time' };
export const plainText: Schema = { type: 'string' };
export const flag: Schema = { type: 'boolean' };
/** What is not real is marked on every representation, so that nobody takes it for the record of governments. */
export const synthetic: Schema = {
  ...flag,
  description: 'Whether it belongs to a dialogue that is an exercise: nothing in it happened.',
};
export const anything: Schema = {};
export const seq: Schema = { type: 'integer', minimum: 0 };
/** Up to which event the record was read. */
export const uptoSeq: Schema = {
  type: 'integer',
  minimum: -1,
  description: 'The `seq` of the last event of the dialogue that was looked at; -1 where there was none yet.',
};
/** A place in the order of the whole record, which tells nothing of what others write. */
export const moment: Schema = {
  type: 'string',
  pattern: '^m[A-Za-z0-9_-]{64}$',
  description: 'A moment of the record, opaque: `knownAt` with it asks for the record as it stood then.',
};
/** Where an answer from lists was taken: the ordinal only where the question names a dialogue. */
export const takenAt = {
  required: { asOf: { anyOf: [moment, { type: 'null' }], description: 'Null while nothing is recorded.' } },
  optional: { asOfSeq: uptoSeq },
} satisfies { required: Properties; optional: Properties };

export const oneOfWords = (values: readonly string[]): Schema => ({ type: 'string', enum: values });
export const only = (value: string): Schema => ({ type: 'string', const: value });
export const byKey = (value: Schema): Schema => ({ type: 'object', additionalProperties: value });
export const orNull = (schema: Schema): Schema => ({ anyOf: [schema, { type: 'null' }] });
export const all = (...schemas: readonly Schema[]): Schema => ({ allOf: schemas });
export const described = (schema: Schema, description: string): Schema => ({ ...schema, description });

const absent = Symbol('may be absent');
export interface Sometimes extends Schema {
  readonly [absent]: true;
}
/** Of a member that is not always there. */
export const sometimes = (schema: Schema): Sometimes => ({ ...schema, [absent]: true });

/** A schema for each member of what a view gives: none is forgotten, and what the view may leave out says so. */
export type Published<V extends (...state: never[]) => object> = {
  readonly [member in keyof ReturnType<V>]-?: undefined extends ReturnType<V>[member] ? Sometimes : Schema;
};

/** Members beyond these may come with later versions, so a reader ignores what it does not know. */
export const object = (required: Properties, optional: Properties = {}): Schema => ({
  type: 'object',
  ...requiring(Object.keys(required).filter((name) => required[name]?.[absent as never] === undefined)),
  properties: { ...required, ...optional },
});
const requiring = (names: readonly string[]) => (names.length === 0 ? {} : { required: names });

/** How a dialogue is kept, as every answer out of it says; null where its stream can't be read. */
export const kept: Schema = orNull(ref('Kept'));

/** By what the moment of an answer was found, where the question named it. */
export const gradeMembers = {
  grade: sometimes(
    described(plainText, 'By what the instant was told: only where the request named a `grade`.'),
  ),
  checkpoint: sometimes(ref('RestsOn')),
} satisfies Properties;

/** The moment that an answer is of, as every such answer names it. */
export const momentMembers = {
  knownSeq: described(
    uptoSeq,
    'The ordinal of the dialogue that the moment came to: `knownAt=s…` with it gives the same again.',
  ),
  final: described(
    flag,
    'Whether the answer never changes any more, the erasure of words aside. It is so once something was recorded after the moment.',
  ),
  effectiveAt: orNull(plainText),
  ...gradeMembers,
} satisfies Properties;
