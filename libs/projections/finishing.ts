import { firstValueFrom } from 'rxjs';

import { recordName } from './record-table.js';
import { backOffMs, pause } from './retries.js';
import type { Runtime } from './runtime.js';

/** Once all is built the file of the read models is made one that outlives a crash; a disk that does not take it is waited for. */
export async function finishOnceBuilt(
  { models, progress, report, retryDelayMs: firstDelayMs, longestDelayMs, signal }: Runtime,
  isBuilt: () => boolean,
): Promise<void> {
  if (!models.isUnfinished) return;
  await firstValueFrom(
    progress.until(() => signal.aborted || isBuilt()),
    { defaultValue: true },
  );
  for (let attempt = 1; !signal.aborted; attempt += 1) {
    try {
      return await models.finish();
    } catch (error) {
      if (attempt === 1) report({ projection: recordName, ordinal: -1, error });
      await pause(backOffMs(attempt, { firstDelayMs, longestDelayMs }), signal);
    }
  }
}
