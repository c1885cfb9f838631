import { serverLog } from '../platform/http/log.js';
import type { Log } from '../platform/http/log.js';
import { shown } from './shown.js';

interface Line {
  readonly time: string;
  readonly msg: string;
  readonly detail?: string;
  readonly traceId?: string;
  readonly err?: { readonly type: string; readonly reason?: string };
}

/** The log of `demo`, which a person reads at the terminal: what goes wrong alone, and as words. */
export function terminalLog(): Log {
  return serverLog('warn', {
    write(line) {
      const { time, msg, detail, traceId, err } = JSON.parse(line) as Line;
      const reason = err === undefined ? '' : ` ${err.reason ?? err.type}`;
      const more = [detail, traceId].filter((one) => one !== undefined && one !== '').join(', ');
      process.stderr.write(shown`${time} ${msg}${reason}${more === '' ? '' : ` (${more})`}\n`.text);
    },
  });
}
