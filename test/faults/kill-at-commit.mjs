import { DatabaseSync } from 'node:sqlite';

/**
 * Ends the program with SIGKILL just before or just after a commit, whichever thread makes it: KILL_AT is "before 3" or
 * "after 3", counted from its start. The kernel leaves the file as it is then.
 */
const [when, count] = (process.env['KILL_AT'] ?? '').split(' ');
const { exec } = DatabaseSync.prototype;
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
