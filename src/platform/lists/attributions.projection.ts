import type { ProjectionDefinition, RecordReader, Sequenced, Tables } from '#libs/projections';
import { isOut, standingsIn } from '../record/dropping.js';
import type { Standings } from '../record/dropping.js';
import { targetOf } from '../record/redating.js';
import { takesOut } from '../record/taking.js';
import { Unheard } from '../record/unheard.js';
import type { EventsRead } from '../record/reading.js';
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

/** What is kept of each act: its state, and the word by which its recorder doubts it. */
function keptOf(event: Stored, standings: Standings) {
  return { state: stateOf(event, standings), doubt: standings.doubted.get(event.id)?.id ?? null };
}

/** Of an act: its party, in whose name it was recorded, and its place in the record. */
interface Attributed {
  readonly dialogue: string;
  readonly party: string;
  readonly ordinal: number;
}

function move(
  { dialogue, party, ordinal }: Attributed,
  from: readonly AttributionState[],
  to: AttributionState,
  tables: Tables,
): void {
  tables
    .prepare(
      `UPDATE {acts} SET state = ? WHERE dialogue = ? AND party = ? AND ordinal = ?
         AND state IN (SELECT value FROM json_each(?))`,
    )
    .run(to, dialogue, party, ordinal, JSON.stringify(from));
}

function mark({ dialogue, party, ordinal }: Attributed, doubt: string | null, tables: Tables): void {
  tables
    .prepare(
      `UPDATE {acts} SET doubt = ? WHERE dialogue = ? AND party = ? AND ordinal = ?
         AND state IN (SELECT value FROM json_each(?))`,
    )
    .run(doubt, dialogue, party, ordinal, JSON.stringify(attributionStates));
}

/** What the last event of a prefix took out fell with all that rested on it; and what had taken something out may be out. */
function settle(prefix: readonly Stored[], dialogue: string, tables: Tables, record: RecordReader): void {
  const before = standingsIn(prefix.slice(0, -1));
  const standings = standingsIn(prefix);
  for (const one of prefix) {
    const { party, capacity } = one.act;
    if (capacity !== 'attributed' || party === null) continue;
    const [was, { state, doubt }] = [keptOf(one, before), keptOf(one, standings)];
    if (state === was.state && doubt === was.doubt) continue;
    const ordinal = record.ordinalOf(one.stream, BigInt(one.revision));
    if (ordinal === undefined) continue;
    if (state !== was.state) move({ dialogue, party, ordinal }, attributionStates, state, tables);
    if (doubt !== was.doubt) mark({ dialogue, party, ordinal }, doubt, tables);
  }
}

/** The act that an amendment names, where it was recorded in the name of a party and may be amended so by whoever does. */
function attributed(
  amending: Stored,
  ordinal: number,
  reader: EventsRead,
  unheard: Unheard,
): Attributed | undefined {
  const {
    registry,
    projections: { record },
  } = reader;
  const found = record.byId(targetOf(amending));
  if (found?.event.stream !== amending.stream || found.ordinal >= ordinal) return undefined;
  const { party } = registry.read(found.event).act;
  if (party === null || unheard.has(reader, amending)) return undefined;
  return { dialogue: found.log, party, ordinal: found.ordinal };
}

/** What was recorded in the name of each party, by dialogue: the list that a party that joins late has to answer. */
export function attributionsProjection(registry: EventRegistry): ProjectionDefinition {
  const unheard = new Unheard();
  return {
    name: 'attributions',
    version: 8,
    schema: [
      // One tree, in the order in which it is read: each act in the name of a party is a row.
      `CREATE TABLE {acts} (
        dialogue TEXT NOT NULL, party TEXT NOT NULL, state TEXT NOT NULL, ordinal INTEGER NOT NULL, doubt TEXT,
        PRIMARY KEY (dialogue, party, state, ordinal)
      ) STRICT, WITHOUT ROWID`,
      `CREATE TABLE {cited} (
        source TEXT NOT NULL, by TEXT NOT NULL, act INTEGER NOT NULL, PRIMARY KEY (source, by, act)
      ) STRICT, WITHOUT ROWID`,
    ],
    apply(sequenced: Sequenced, tables, record) {
      const { ordinal, log, event } = sequenced;
      const reader = { registry, projections: { record } };
      const stored = storedOnce(registry)(sequenced);
      if (stored.unreadable !== undefined) return;
      const { party, capacity } = stored.act;
      const isInName = capacity === 'attributed' && party !== null;
      if (isInName && !unheard.has(reader, stored)) {
        tables
          .prepare(`INSERT OR REPLACE INTO {acts} (dialogue, party, state, ordinal) VALUES (?, ?, 'open', ?)`)
          .run(log, party, ordinal);
        const cites = tables.prepare(`INSERT OR IGNORE INTO {cited} (source, by, act) VALUES (?, ?, ?)`);
        for (const { sourceId } of stored.sources) cites.run(sourceId, party, ordinal);
      }
      if (stored.type === 'AttributionEndorsed' || stored.type === 'AttributionDoubted') {
        const act = attributed(stored, ordinal, reader, unheard);
        if (act !== undefined && stored.type === 'AttributionEndorsed')
          move(act, ['open'], 'endorsed', tables);
        if (act !== undefined && stored.type === 'AttributionDoubted') mark(act, stored.id, tables);
      }
      if (takesOut(stored)) {
        const prefix = registry.streamAt(record, event.stream, { uptoOrdinal: ordinal });
        settle(prefix, log, tables, record);
      }
    },
  };
}
