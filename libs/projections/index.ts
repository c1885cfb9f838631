export { PutOff } from './put-off.js';
export type {
  Aside,
  Incident,
  PolicyHandler,
  ProjectionDefinition,
  ProjectionState,
  ProjectionStatus,
  Beside,
  RecordReader,
  Report,
  Sequenced,
  Tables,
  Waited,
  WaitOptions,
} from './definitions.js';
export {
  CheckpointMoved,
  PassingFault,
  ProjectionNotReady,
  ReadModelsDamaged,
  ReadModelsDiffer,
  ReadModelsForeign,
  ReadModelsReplaced,
  RebuildStalled,
  RecordGap,
} from './errors.js';
export { keptJson, passingReason, readModelsDamage } from './faults.js';
export { inspectReadModels } from './inspection.js';
export type { ReadModelsFound, RecordRow } from './inspection.js';
export { Projections } from './projections.js';
export type { Around, ProjectionsOptions } from './options.js';
export type { RebuildProgress } from './rebuild-watch.js';
export { ReadModels } from './read-models.js';
export type { ReadModelsOptions } from './read-models.js';
export { withTablesApart } from './tables-apart.js';
