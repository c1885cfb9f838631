import type { ProjectionDefinition, Sequenced, Tables } from '#libs/projections';
import { isOut, standingsIn } from '../record/dropping.js';
import type { Standings } from '../record/dropping.js';
import { targetOf } from '../record/redating.js';
import { takesOut } from '../record/taking.js';
import type { Stored } from '../record/envelope.js';
import type { EventRegistry } from '../record/event-registry.js';
import { storedOnce } from './stored-once.js';

/** What has become of an act that was recorded in the name of a party. `dropped`: taken back, contradicted, or what it rested on was. */
export const attributionStates = ['open', 'endorsed', 'disavowed', 'void', 'dropped'] as const;
export type AttributionState = (typeof attributionStates)[number];

/** The state that an event gives what it takes out; others only drop it. */
const takenBy: { readonly [type: string]: AttributionState } = {
  AttributionDisavowed: 'disavowed',
  AttributionVoid: 'void',
};

/** What has become of an act, by what took it out, or by its endorsement. */
function stateOf({ id }: Stored, standings: Standings): AttributionState {
  const taker = standings.takers.get(id);
  if (taker !== undefined) return takenBy[taker.type] ?? 'dropped';
  if (isOut(standings, id)) return 'dropped';
  return standings.endorsed.has(id) ? 'endorsed' : 'open';
}

/** What the last event of a prefix took out fell with all that rested on it; and what had taken something out may be out. */
function settle(prefix: readonly Stored[], tables: Tables): void {
  const before = standingsIn(prefix.slice(0, -1));
  const standings = standingsIn(prefix);
  for (const one of prefix) {
    if (one.act.capacity !== 'attributed') continue;
    const state = stateOf(one, standings);
    if (state === stateOf(one, before)) continue;
    tables.prepare(`UPDATE {acts} SET state = ? WHERE event = ?`).run(state, one.id);
  }
}

/** What was recorded in the name of each party, by dialogue: the list that a party that joins late has to answer. */
export function attributionsProjection(registry: EventRegistry): ProjectionDefinition {
  return {
    name: 'attributions',
    version: 4,
    schema: [
      `CREATE TABLE {acts} (
        ordinal INTEGER PRIMARY KEY, dialogue TEXT NOT NULL, party TEXT NOT NULL, event TEXT NOT NULL, state TEXT NOT NULL
      ) STRICT`,
      `CREATE INDEX {acts_of_party} ON {acts} (dialogue, party, state, ordinal)`,
      `CREATE INDEX {acts_by_event} ON {acts} (event)`,
      `CREATE TABLE {cited} (
        source TEXT NOT NULL, by TEXT NOT NULL, act INTEGER NOT NULL, PRIMARY KEY (source, by, act)
      ) STRICT, WITHOUT ROWID`,
    ],
    apply(sequenced: Sequenced, tables, record) {
      const { ordinal, log, event } = sequenced;
      const stored = storedOnce(registry)(sequenced);
      if (stored.unreadable !== undefined) return;
      const { party, capacity } = stored.act;
      if (capacity === 'attributed' && party !== null) {
        tables
          .prepare(
            `INSERT OR REPLACE INTO {acts} (ordinal, dialogue, party, event, state) VALUES (?, ?, ?, ?, 'open')`,
          )
          .run(ordinal, log, party, stored.id);
        const cites = tables.prepare(`INSERT OR IGNORE INTO {cited} (source, by, act) VALUES (?, ?, ?)`);
        for (const { sourceId } of stored.sources) cites.run(sourceId, party, ordinal);
      }
      if (stored.type === 'AttributionEndorsed') {
        tables
          .prepare(`UPDATE {acts} SET state = 'endorsed' WHERE event = ? AND state = 'open'`)
          .run(targetOf(stored));
      }
      if (takesOut(stored)) settle(registry.streamAt(record, event.stream, { uptoOrdinal: ordinal }), tables);
    },
  };
}
