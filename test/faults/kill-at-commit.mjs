import { DatabaseSync } from 'node:sqlite';

/**
 * Ends the program with SIGKILL just before or just after a commit, whichever thread makes it: it is imported with `?at=before-3` or
 * `?at=after-3`, counted from the start. The kernel leaves the file as it is then.
 */
const [when, count] = (new URL(import.meta.url).searchParams.get('at') ?? '').split('-');
const exec = Reflect.get(DatabaseSync.prototype, 'exec');
let commits = 0;

function kill() {
  process.kill(process.pid, 'SIGKILL');
}

DatabaseSync.prototype.exec = function (sql) {
  const isIt = sql === 'COMMIT' && (commits += 1) === Number(count);
  if (isIt && when === 'before') kill();
  const done = exec.call(this, sql);
  if (isIt) kill();
  return done;
};
