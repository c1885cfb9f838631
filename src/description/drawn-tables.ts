import { captionedTable } from './captioned-table.js';
import type { Described } from '../platform/shapes/described.js';
import type { Slice } from '../platform/record/slice.js';
import type { Drawn } from './guide-blocks.js';
import { metricsTable, projectionStatesTable } from './health-tables.js';
import { settingsTable } from './settings-table.js';
import { tracingTable } from './tracing-table.js';
import { takingBackTable } from './taking-back-table.js';

/** What a guide names and the program knows, so that it is written once: `::settings` on a line of its own. */
export function drawnTables(slices: readonly Slice[], described: readonly Described[]): Drawn {
  const tables = described.flatMap((one) => Object.entries(one.tables ?? {}));
  return {
    ...Object.fromEntries(
      tables.map(([name, { caption, columns, rows }]) => [
        name,
        () => captionedTable(caption, columns, rows),
      ]),
    ),
    metrics: metricsTable,
    'projection-states': projectionStatesTable,
    settings: settingsTable,
    'taking-back': () => takingBackTable(slices),
    'tracing-settings': tracingTable,
  };
}
