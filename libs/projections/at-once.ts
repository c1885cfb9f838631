import type { ProjectionDefinition, RecordReader, Tables } from './definitions.js';

/** The type lets an async function through, and what it wrote after its first wait would be outside the transaction. */
export function applyAtOnce(
  definition: Pick<ProjectionDefinition, 'name' | 'apply'>,
  ...applied: Parameters<ProjectionDefinition['apply']>
): void {
  const result: unknown = definition.apply(...applied);
  if (result instanceof Promise) {
    result.catch(() => {});
    throw new TypeError(`apply of the projection ${definition.name} must be synchronous.`);
  }
}

/** Has a projection take the content of these events, as far as it has applied them, out of its tables. */
export function forgetApplied(
  definition: Pick<ProjectionDefinition, 'forget'>,
  ordinals: readonly number[],
  tables: Tables,
  applied: RecordReader,
): void {
  const events = ordinals.flatMap((one) => applied.byOrdinal(one) ?? []);
  if (events.length > 0) definition.forget?.(events, tables, applied);
}
