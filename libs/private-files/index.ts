export {
  createPrivately,
  makePrivate,
  NotPrivate,
  removeDatabase,
  syncEntriesOf,
  syncFile,
  tightenFolder,
} from './private-files.js';
