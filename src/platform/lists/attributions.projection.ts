import type { ProjectionDefinition, Sequenced, Tables } from '#libs/projections';
import { standingsIn, takesOut } from '../record/dropping.js';
import type { Stored } from '../record/envelope.js';
import type { EventRegistry } from '../record/event-registry.js';
import { targetOf } from '../record/redating.js';

/** What has become of an act that was recorded in the name of a party. `dropped`: taken back, contradicted, or what it rested on was. */
export const attributionStates = ['open', 'endorsed', 'disavowed', 'void', 'dropped'] as const;
export type AttributionState = (typeof attributionStates)[number];

/** The state that an answer gives its target. */
const answers: { readonly [type: string]: AttributionState } = {
  AttributionEndorsed: 'endorsed',
  AttributionDisavowed: 'disavowed',
  AttributionVoid: 'void',
};

function answer({ id }: { readonly id: string }, state: AttributionState, tables: Tables): void {
  tables.prepare(`UPDATE {acts} SET state = ? WHERE event = ? AND state = 'open'`).run(state, id);
}

/** What fell with something that was taken out of its stream, and what is back because that has fallen itself. */
function drop(prefix: readonly Stored[], tables: Tables): void {
  const { dropped, endorsed } = standingsIn(prefix);
  for (const { id, act } of prefix) {
    if (act.capacity !== 'attributed') continue;
    const [state, from] = dropped.has(id)
      ? ['dropped', `'open', 'endorsed'`]
      : [endorsed.has(id) ? 'endorsed' : 'open', `'dropped'`];
    tables.prepare(`UPDATE {acts} SET state = ? WHERE event = ? AND state IN (${from})`).run(state, id);
  }
}

/** What was recorded in the name of each party, by dialogue: the list that a party that joins late has to answer. */
export function attributionsProjection(registry: EventRegistry): ProjectionDefinition {
  return {
    name: 'attributions',
    version: 3,
    schema: [
      `CREATE TABLE {acts} (
        ordinal INTEGER PRIMARY KEY, dialogue TEXT NOT NULL, party TEXT NOT NULL, event TEXT NOT NULL, state TEXT NOT NULL
      ) STRICT`,
      `CREATE INDEX {acts_of_party} ON {acts} (dialogue, party, state, ordinal)`,
      `CREATE INDEX {acts_by_event} ON {acts} (event)`,
    ],
    apply({ ordinal, log, event }: Sequenced, tables, record) {
      const stored = registry.read(event);
      if (stored.unreadable !== undefined) return;
      const { party, capacity } = stored.act;
      if (capacity === 'attributed' && party !== null) {
        tables
          .prepare(
            `INSERT OR REPLACE INTO {acts} (ordinal, dialogue, party, event, state) VALUES (?, ?, ?, ?, 'open')`,
          )
          .run(ordinal, log, party, stored.id);
      }
      const state = answers[stored.type];
      if (state !== undefined) answer({ id: targetOf(stored) }, state, tables);
      if (takesOut(stored)) {
        drop(
          record.ofStream(event.stream, { uptoOrdinal: ordinal }).map((one) => registry.read(one.event)),
          tables,
        );
      }
    },
  };
}
