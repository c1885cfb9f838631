import type { Tables } from './definitions.js';
import { keptJson } from './faults.js';
import type { Body } from './record-table.js';
import type { Runtime } from './runtime.js';

/** Takes the content and the salt of these events out of the tables, and gives the ordinals of those that stand there. */
export function forgottenIn(tables: Tables, eventIds: readonly string[]): readonly number[] {
  return eventIds.flatMap((id) =>
    tables
      .prepare('SELECT ordinal, body FROM {events} WHERE id = ?')
      .all(id)
      .map(({ ordinal, body }) => {
        const left = { ...keptJson<Body>(body), content: null, salt: null };
        tables
          .prepare('UPDATE {events} SET body = ? WHERE ordinal = ?')
          .run(JSON.stringify(left), Number(ordinal));
        return Number(ordinal);
      }),
  );
}

interface Forgetful {
  readonly record: {
    expectNone(eventIds: readonly string[]): void;
    forget(eventIds: readonly string[]): readonly number[];
  };
  readonly projections: readonly {
    dropOthers(): void;
    forget(ordinals: readonly number[]): void;
  }[];
}

/**
 * Takes the content of events out of the record and of whatever follows it, at once or not at all; and of no page of the
 * file anything can be read afterwards.
 */
export function forgetEverywhere(
  { models }: Pick<Runtime, 'models'>,
  { record, projections }: Forgetful,
  eventIds: readonly string[],
): void {
  record.expectNone(eventIds);
  for (const one of projections) one.dropOthers();
  models.transaction(() => {
    const ordinals = record.forget(eventIds);
    for (const one of projections) one.forget(ordinals);
  });
  models.truncateLog();
}
