export { createPrivately, makePrivate, NotPrivate, syncEntriesOf, tightenFolder } from './private-files.js';
