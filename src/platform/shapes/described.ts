import type { WordsOf } from '#libs/decider';
import type { Entry } from './entry.js';
import type { Properties } from './json-schema.js';

/** An event as an auditor reads it, as far as others tell of it. */
interface RecordedEvent {
  readonly envelope: { readonly type: string; readonly stream: string; readonly recordedAt: string };
}

/** The story that the slices tell, folded: every example of an answer is drawn from it by what gives such answers. */
export interface Worked {
  /** The representation of the one entry of the slice with this prefix. */
  readonly document: (prefix: string) => object;
  /** What the slice's own views are drawn from. */
  readonly told: (prefix: string) => { readonly state: unknown; readonly wordsOf: WordsOf };
  /** The value that a field has in the examples, such as an id. */
  readonly value: (field: string) => string;
  /** An entry of a history: the first event of a matter. */
  readonly entry: { readonly seq: number; readonly summary: string; readonly event: RecordedEvent };
  readonly kept: object;
  /** What an answer says of the moment that it is of. */
  readonly moment: object;
  /** How an answer from lists names its moment. */
  readonly asOf: string;
}

/** A table that a guide names by `::name`, so that it is written once, where what it tells is known. */
export interface Tabled {
  readonly caption: string;
  readonly columns: readonly [string, ...string[]];
  readonly rows: readonly (readonly [string, ...string[]])[];
}

/** What part of the program adds to the description of the interface, beside acts and the reads that all slices have. */
export interface Described {
  readonly entries?: readonly Entry[];
  /** The schemas of its answers, by name. */
  readonly schemas?: Properties;
  /** An example for each of these schemas, by the same name. */
  readonly examples?: (worked: Worked) => { readonly [schema: string]: unknown };
  readonly tables?: { readonly [directive: string]: Tabled };
}
