/** Stands in a body for the id that the server gave to what an earlier step recorded. */
export interface Reference {
  readonly ref: string;
}

export type Value = string | number | boolean | Reference | readonly Value[] | Fields;
export interface Fields {
  readonly [field: string]: Value;
}

export type Collection = 'dialogues' | 'sources' | 'irritants' | 'rounds' | 'exchanges' | 'assets';

interface Labelled {
  /** Names the step and what it records; unique within its record. */
  readonly as: string;
  readonly body: Fields;
}

/** `POST /v1/{collection}`. */
export interface Create extends Labelled {
  readonly create: Collection;
}

/** `POST /v1/{collection}/{id}/{act}`; `{label}` in the act stands for the id behind that label. */
export interface Act extends Labelled {
  readonly on: string;
  readonly act: string;
}

export type Step = Create | Act;

export function ref(label: string): Reference {
  return { ref: label };
}
