/** Stands in a body for what an earlier step made: its id, or where `field` is given that field of it. */
export interface Reference {
  readonly ref: string;
  readonly field?: string;
}

export type Value = string | number | boolean | Reference | readonly Value[] | Fields;
export interface Fields {
  readonly [field: string]: Value;
}

export type Collection =
  | 'dialogues'
  | 'sources'
  | 'irritants'
  | 'rounds'
  | 'exchanges'
  | 'proposals'
  | 'roadmaps'
  | 'commitments'
  | 'assets';

interface Labelled {
  /** Names the step and what it records; unique within its record. */
  readonly as: string;
  /** The principal that records it, by name, where it is not the one that loads the record. */
  readonly by?: string;
}

/** `POST /v1/{collection}`. */
export interface Create extends Labelled {
  readonly create: Collection;
  readonly body: Fields;
}

/** `POST /v1/{collection}/{id}/{act}`; `{label}` in the act stands for the id behind that label. */
export interface Act extends Labelled {
  readonly on: string;
  readonly act: string;
  readonly body: Fields;
}

/** `POST /v1/dialogues/{id}/bytes`: what a held source names by its `bytesId`. It is no act, for nobody says it. */
export interface Upload extends Labelled {
  /** The label of the dialogue. */
  readonly of: string;
  readonly upload: string;
}

export type Step = Create | Act | Upload;

export function ref(label: string, field?: string): Reference {
  return { ref: label, ...(field === undefined ? {} : { field }) };
}

/** Stands for the id of the event that the step recorded, the last one where more followed from it. */
export function eventOf(label: string): Reference {
  return ref(label, 'eventId');
}
