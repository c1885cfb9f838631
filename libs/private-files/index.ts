export {
  createPrivately,
  makePrivate,
  NotPrivate,
  syncEntriesOf,
  syncFile,
  tightenFolder,
} from './private-files.js';
