import type { Slice } from '../platform/record/slice.js';
import type { Drawn } from './guide-blocks.js';
import { metricsTable, projectionStatesTable } from './health-tables.js';
import { principalsTable } from './principals-table.js';
import { settingsTable } from './settings-table.js';
import { takingBackTable } from './taking-back-table.js';

/** What a guide names and the program knows, so that it is written once: `::settings` on a line of its own. */
export function drawnTables(slices: readonly Slice[]): Drawn {
  return {
    metrics: metricsTable,
    principals: principalsTable,
    'projection-states': projectionStatesTable,
    settings: settingsTable,
    'taking-back': () => takingBackTable(slices),
  };
}
