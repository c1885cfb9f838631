import type { Position } from '#libs/event-store';

import type { Sequenced } from './definitions.js';
import { keptJson } from './faults.js';
import type { Body } from './record-table.js';

/** An event of the record as its table holds it. */
export type Row = [
  ordinal: number,
  id: string,
  stream: string,
  revision: number,
  type: string,
  recordedAt: string,
  position: string,
  log: string,
  seq: number,
  body: string,
];

export const columns = 'ordinal, id, stream, revision, type, recorded_at, position, log, seq, body';

export function toSequenced([
  ordinal,
  id,
  stream,
  revision,
  type,
  recordedAt,
  position,
  log,
  seq,
  body,
]: Row): Sequenced {
  const { data, content, meta, salt } = keptJson<Body>(body);
  return {
    ordinal,
    log,
    seq,
    event: {
      id,
      type,
      data,
      content,
      salt,
      meta,
      stream,
      revision: BigInt(revision),
      position: position as Position,
      recordedAt,
    },
  };
}
