import { EventStoreError, PositionForeign } from './errors.js';
import type { Position } from './port.js';

/** The text is no position of any store: whoever sent it made it up or cut it short. */
export class PositionInvalid extends EventStoreError {
  constructor() {
    super('A position reads "<epoch>.<commit, 20 digits>.<prepare, 20 digits>"; this one does not.');
  }
}

export interface PositionParts {
  readonly epoch: string;
  readonly commit: bigint;
  readonly prepare: bigint;
}

const shape = /^([0-9A-Za-z-]{1,64})\.(\d{20})\.(\d{20})$/;

/** `prepare` equals `commit` for an event; a smaller one lies just before that event. */
export function formatPosition(epoch: string, commit: bigint, prepare: bigint = commit): Position {
  const text = `${epoch}.${commit.toString().padStart(20, '0')}.${prepare.toString().padStart(20, '0')}`;
  if (!shape.test(text)) throw new PositionInvalid();
  return text as Position;
}

/** Accepts any text, so that positions from outside (a header, a saved checkpoint) are checked by the same rule. */
export function parsePosition(text: string): PositionParts {
  const [, epoch, commit, prepare] = shape.exec(text) ?? [];
  if (epoch === undefined || commit === undefined || prepare === undefined) throw new PositionInvalid();
  return { epoch, commit: BigInt(commit), prepare: BigInt(prepare) };
}

/** Negative, zero or positive, like any comparator; positions of two epochs have no order. */
export function comparePositions(a: Position, b: Position): number {
  if (parsePosition(a).epoch !== parsePosition(b).epoch) {
    throw new PositionForeign('Positions of two lives of a store have no order.');
  }
  return a < b ? -1 : a > b ? 1 : 0;
}
