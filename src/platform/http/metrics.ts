import type { ProjectionStatus } from '#libs/projections';

/** What is measured; the guide for operators says of each when to tell somebody. */
export type Metric =
  | 'entente_projection_ordinal'
  | 'entente_projection_lag'
  | 'entente_projection_halted'
  | 'process_resident_memory_bytes';

function line(metric: Metric, value: number, projection?: string): string {
  return `${metric}${projection === undefined ? '' : `{projection="${projection}"}`} ${value}\n`;
}

/** Numbers for Prometheus, in its text format (version 0.0.4). */
export function metricsText(projections: readonly ProjectionStatus[], residentBytes: number): string {
  const ofEach = projections.map(
    ({ name, ordinal, lag, state }) =>
      line('entente_projection_ordinal', ordinal, name) +
      line('entente_projection_lag', lag ?? Number.NaN, name) +
      line('entente_projection_halted', state === 'halted' ? 1 : 0, name),
  );
  return `${ofEach.join('')}${line('process_resident_memory_bytes', residentBytes)}`;
}
