import type { Occurred } from './claimed.js';
import type { Fact } from './fact.js';

/**
 * Shapes of events, declared once: the TypeScript type, the check of stored events, the class that validates a
 * command's body and the published description are all drawn from these values.
 */

type Kind =
  | { readonly kind: 'id'; readonly of?: string; readonly owns?: true }
  | { readonly kind: 'hash' | 'party' | 'language' | 'text' | 'words' | 'occurred' | 'flag' | 'date' }
  | {
      readonly kind: 'line';
      readonly max: number;
      readonly pattern?: string;
      /** The pattern in words, for people. */
      readonly says?: string;
      /** Looked for and never kept, so it may hold characters that no text may. */
      readonly isQuery?: true;
    }
  | { readonly kind: 'choice'; readonly of: readonly string[] }
  | { readonly kind: 'integer'; readonly min: number; readonly max: number }
  | { readonly kind: 'list'; readonly of: Field; readonly min: number; readonly max: number }
  | { readonly kind: 'byParty'; readonly of: Field }
  | {
      readonly kind: 'texts';
      readonly max: number;
      readonly pattern: string;
      /** The pattern of the keys in words, for people. */
      readonly says: string;
    }
  | { readonly kind: 'shape'; readonly of: Shape };

export type Field = Kind & {
  readonly optional?: boolean;
  /** What it is, in a sentence for whoever fills it in or reads it. */
  readonly meaning?: string;
};

export interface Shape {
  readonly [field: string]: Field;
}

interface Meant {
  readonly meaning: string;
}

/** A shape of which every field says what it means. */
export interface MeantShape {
  readonly [field: string]: Field & Meant;
}

/** Wording in one or more languages: BCP 47 tag → text. */
export interface LangText {
  readonly [lang: string]: string;
}

type Plain<F extends Field> = F extends { kind: 'id' | 'hash' | 'party' | 'language' | 'line' | 'date' }
  ? string
  : F extends { kind: 'text' }
    ? LangText
    : F extends { kind: 'texts' }
      ? { readonly [key: string]: LangText }
      : F extends { kind: 'occurred' }
        ? Occurred
        : F extends { kind: 'words' }
          ? { readonly [field: string]: unknown }
          : F extends { kind: 'choice'; of: readonly (infer C)[] }
            ? C
            : F extends { kind: 'integer' }
              ? number
              : F extends { kind: 'flag' }
                ? boolean
                : F extends { kind: 'list'; of: infer I extends Field }
                  ? readonly Plain<I>[]
                  : F extends { kind: 'byParty'; of: infer I extends Field }
                    ? { readonly [party: string]: Plain<I> }
                    : F extends { kind: 'shape'; of: infer S extends Shape }
                      ? Infer<S>
                      : never;

type OptionalKeys<S extends Shape> = { [K in keyof S]: S[K] extends { optional: true } ? K : never }[keyof S];

/** The TypeScript type of a shape. */
export type Infer<S extends Shape> = {
  readonly [K in Exclude<keyof S, OptionalKeys<S>>]: Plain<S[K]>;
} & { readonly [K in OptionalKeys<S>]?: Plain<S[K]> };

export const id = { kind: 'id' } as const satisfies Field;
/** The id of an entry of another slice, by name or part, which must be there, in the same dialogue; `owns`: it is that dialogue. */
export const ref = <S extends string>(of: S, more: { readonly owns?: true } = {}) =>
  ({ kind: 'id', of, ...more }) as const satisfies Field;
/** The id of an entry of the slice whose prefix the `kind` beside it is. */
export const refOfKind = ref('kind');
/** A SHA-256 in lower-case hexadecimal. */
export const hash = { kind: 'hash' } as const satisfies Field;
/** Wording by language. */
export const text = { kind: 'text' } as const satisfies Field;
export const flag = { kind: 'flag' } as const satisfies Field;
/** An EDTF level 1 date or an instant with zone. */
export const date = { kind: 'date' } as const satisfies Field;
/** When something happened, as claimed: a date, or a date with its zone. */
export const occurred = { kind: 'occurred' } as const satisfies Field;
/** The words of an event as a whole, of whatever shape its own type gives them. */
export const words = { kind: 'words' } as const satisfies Field;
/** A party's code: ISO 3166-1 alpha-2, or an agreed code of up to eight characters. */
export const party = { kind: 'party' } as const satisfies Field;
/** A BCP 47 language tag in its canonical form, such as `sr-Latn`. */
export const language = { kind: 'language' } as const satisfies Field;

/** One line of text; `pattern` with `says`, what it wants in words. */
export const line = (
  max = 300,
  pattern?: string,
  says?: string,
): { kind: 'line'; max: number; pattern?: string; says?: string } => ({
  kind: 'line',
  max,
  ...(pattern === undefined ? {} : { pattern }),
  ...(says === undefined ? {} : { says }),
});
export const choice = <const C extends readonly string[]>(...of: C): { kind: 'choice'; of: C } => ({
  kind: 'choice',
  of,
});
export const integer = (min: number, max: number): { kind: 'integer'; min: number; max: number } => ({
  kind: 'integer',
  min,
  max,
});
export const list = <const F extends Field>(
  of: F,
  min = 0,
  max = 100,
): { kind: 'list'; of: F; min: number; max: number } => ({ kind: 'list', of, min, max });
/** An object whose keys are party codes. */
export const byParty = <const F extends Field>(of: F): { kind: 'byParty'; of: F } => ({
  kind: 'byParty',
  of,
});
/** Wordings by key, where one event holds many of them: `pattern` is what a key looks like, `says` that in words. */
export const texts = (
  max: number,
  pattern: string,
  says: string,
): { kind: 'texts'; max: number; pattern: string; says: string } => ({ kind: 'texts', max, pattern, says });
export const shape = <const S extends Shape>(of: S): { kind: 'shape'; of: S } => ({ kind: 'shape', of });
/** Says what a field is, where it is declared; the published description is drawn from it. */
export const means = <const F extends Field>(field: F, meaning: string): F & Meant => ({
  ...field,
  meaning,
});

/** A field that may be left out; what it means may be said at once. */
export function optional<const F extends Field>(
  field: F,
  meaning: string,
): F & Meant & { readonly optional: true };
export function optional<const F extends Field>(field: F): F & { readonly optional: true };
export function optional(field: Field, meaning = field.meaning): Field {
  return { ...field, ...(meaning === undefined ? {} : { meaning }), optional: true };
}
/** 16 random bytes in base64. */
export const nonce = means(
  line(24, '^[A-Za-z0-9+/]{22}==$'),
  'Random, kept beside a text that is hashed, so that a short text cannot be guessed from its hash.',
);

/** `data` is what the rules read and is never changed; `content` is what people read: correctable, erasable. */
export interface EventSchema {
  readonly version: number;
  readonly data: MeantShape;
  readonly content: MeantShape;
  /** Data holds a hash of the content: the content can't be corrected, a new claim or version is made instead. */
  readonly sealed: boolean;
  /** Fields that the service fills: nobody sends them, and a correction leaves them as they are in the content. */
  readonly drawn: readonly string[];
  /** What an event of the type says; absent where the act that records it says so. */
  readonly meaning?: string;
}

export interface EventSchemas {
  readonly [type: string]: EventSchema;
}

export function event<const D extends MeantShape, const C extends MeantShape = Record<never, never>>(
  data: D,
  content: C = {} as C,
  options: { version?: number; sealed?: boolean; drawn?: readonly string[] } = {},
): { version: number; data: D; content: C; sealed: boolean; drawn: readonly string[] } {
  const { version = 1, sealed = false, drawn = [] } = options;
  return { version, data, content, sealed, drawn };
}

/** An event that no act records, with what it says: there is no summary of an act to tell it. */
export function derived<const S extends EventSchema>(schema: S, meaning: string): S & Meant {
  return { ...schema, meaning };
}

/** The union of new events, `{type, data, content}`, that a slice's schemas describe. */
export type NewEventOf<S extends EventSchemas> = {
  [T in keyof S & string]: {
    readonly type: T;
    readonly data: Infer<S[T]['data']>;
    readonly content: Infer<S[T]['content']>;
  };
}[keyof S & string];

/** The union of facts (recorded events without their content) that a slice's schemas describe. */
export type FactOf<S extends EventSchemas> = {
  [T in keyof S & string]: Fact<T, Infer<S[T]['data']>>;
}[keyof S & string];
