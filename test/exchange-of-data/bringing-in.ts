import { setTimeout as wait } from 'node:timers/promises';
import { readImport } from '../../src/exchange-of-data/import-job.js';
import type { ImportJob } from '../../src/exchange-of-data/import-job.js';
import type { Answer, Api, Body, PrincipalName } from '../support/api.js';
import { backstopMs } from '../support/pace.js';

export interface Import {
  readonly id: string;
  readonly state: string;
  readonly line: number;
  readonly counts: {
    readonly rows: number;
    readonly recorded: number;
    readonly unchanged: number;
    readonly refused: number;
  };
  readonly faults: number;
  readonly endedAt?: string;
  readonly failure?: { readonly code: string; readonly detail: string };
}

export interface FaultOfRow {
  readonly line: number;
  readonly field?: string;
  readonly code: string;
  readonly detail: string;
}

let keys = 0;

export interface Sent {
  readonly dialogue: string;
  readonly act?: string;
  readonly dryRun?: 'true';
  readonly mapping?: object;
  readonly as?: PrincipalName;
  readonly type?: string;
  readonly key?: string;
  readonly traceparent?: string;
}

export function send(api: Api, file: string | Uint8Array, sent: Sent): Promise<Answer> {
  const { as = 'ru-negotiator', type = 'text/csv', key, mapping, traceparent, ...query } = sent;
  keys += 1;
  const asked = new URLSearchParams({
    ...query,
    ...(mapping === undefined ? {} : { mapping: JSON.stringify(mapping) }),
  });
  return api.ask('POST', `/v1/imports?${asked.toString()}`, {
    as,
    body: file,
    headers: {
      'Content-Type': type,
      'Idempotency-Key': key ?? `import-${keys}`,
      ...(traceparent === undefined ? {} : { traceparent }),
    },
  });
}

/** Until it has come to its end, with what was wrong with its rows. */
export async function ended(api: Api, id: unknown, as: PrincipalName = 'ru-negotiator') {
  const began = performance.now();
  for (;;) {
    const { body } = await api.get<Import & Body>(`/v1/imports/${String(id)}`, as);
    if (body.endedAt !== undefined) {
      const faults = await api.get<{ items: readonly FaultOfRow[] } & Body>(
        `/v1/imports/${String(id)}/faults`,
        as,
      );
      return { job: body as Import, faults: faults.body.items };
    }
    if (performance.now() - began > backstopMs) throw new Error(`The import is ${body.state} for too long.`);
  }
}

export async function bringIn(api: Api, file: string | Uint8Array, sent: Sent) {
  const { status, body } = await send(api, file, sent);
  if (status !== 202) throw new Error(`The file was not taken: ${JSON.stringify(body)}`);
  return ended(api, body['id'], sent.as);
}

/** Until the import is as it is waited for, as its stream tells whoever sent it or not. */
export async function reaching(api: Api, id: string, holds: (job: ImportJob | undefined) => boolean) {
  const began = performance.now();
  for (;;) {
    const job = await readImport(api.server.record.store, id);
    if (holds(job)) return job;
    if (performance.now() - began > backstopMs) throw new Error(`The import is ${job?.state} for too long.`);
    await wait(10);
  }
}
