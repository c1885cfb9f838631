import type { Ids } from '../record/ids.js';
import { nonceFrom } from '../record/seal.js';
import { keyHolder } from './request.js';
import type { CommandRequest } from './request.js';

/** What is new with an act: the ids of what it brings in, and what a text of it is hashed with. */
export interface Draws {
  /** For the field that holds it. */
  id(field: string): string;
  nonce(): string;
}

/**
 * An act with a key has the same ids whenever it is judged, and one that brings its salt the same nonce: so whoever tries
 * it first knows what will be recorded, and can sign that. The same key may come on another stream, for another act.
 */
export function drawsFor(
  ids: Ids,
  request: Pick<CommandRequest, 'broughtIn' | 'idempotencyKey' | 'principal' | 'route' | 'salt'>,
  stream: string,
): Draws {
  const { idempotencyKey, route, salt } = request;
  return {
    id: (field) =>
      idempotencyKey === undefined
        ? ids.next()
        : ids.drawnFrom('field', keyHolder(request), route, idempotencyKey, stream, field),
    nonce: () => (salt === undefined ? ids.nonce() : nonceFrom(salt)),
  };
}
