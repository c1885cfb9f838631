import { faultsMax } from './import-run.js';
import { keptDays } from './import-clearing.js';
import type { ImportJob } from './import-job.js';

const dayMs = 86_400_000;

/** What whoever sent the file is told of it. */
export function importView(job: ImportJob) {
  const { asked, endedAt, failure } = job;
  return {
    id: job.id,
    dialogueId: asked.dialogueId,
    format: asked.format,
    dryRun: asked.dryRun,
    state: job.state,
    bytes: job.bytes,
    sha256: job.sha256,
    receivedAt: job.receivedAt,
    line: job.line,
    counts: job.counts,
    faults: job.faults,
    faultsKept: Math.min(job.faults, faultsMax),
    ...(asked.mapping.act === undefined ? {} : { act: asked.mapping.act }),
    ...(failure === undefined ? {} : { failure }),
    ...(job.isCancelled === true && job.state !== 'done' ? { cancelled: true } : {}),
    ...(endedAt === undefined
      ? {}
      : { endedAt, keptUntil: new Date(Date.parse(endedAt) + keptDays * dayMs).toISOString() }),
  };
}
