import type { OpenRecord } from '../../src/platform/record.js';

/** The end of the record as an answer would name it, for questions about this moment that are asked later. */
export function momentOfNow({ projections, moments }: OpenRecord): string {
  const { record } = projections;
  const position = record.positionAt(record.headOrdinal);
  if (position === undefined) throw new Error('The record is empty, and has no moment yet.');
  return moments.sealed(position);
}

/** An answer without the moment that it is of: that is sealed for each answer anew. */
export function momentless(body: object): object {
  const { asOf: _, ...told } = body as { readonly asOf?: unknown };
  return told;
}
