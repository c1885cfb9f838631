import type { Position } from './port.js';

/** The errors of the event store port. Each says whether anything was stored and who may retry. */
export abstract class EventStoreError extends Error {
  constructor(message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = new.target.name;
  }
}

/** The stream is not at the expected revision; nothing was stored. `actual` is undefined where there is no stream. */
export class Conflict extends EventStoreError {
  constructor(
    readonly stream: string,
    readonly actual: bigint | undefined,
  ) {
    super(
      `The stream ${stream} is at ${actual === undefined ? 'no revision: it does not exist' : `revision ${actual}`}.`,
    );
  }
}

/** Nobody knows whether the events were stored: read again, then send the same ids at the same revision. */
export class OutcomeUnknown extends EventStoreError {}

export class StreamNotFound extends EventStoreError {
  constructor(readonly stream: string) {
    super(`There is no stream ${stream}.`);
  }
}

/** An event or a batch is larger than the store takes; nothing was stored. */
export class TooLarge extends EventStoreError {}

/** The store can't be reached or takes no writes now; nothing was stored. The caller may retry later. */
export class Unavailable extends EventStoreError {}

/** The store answers and refuses us: nothing was stored, and it passes once somebody has mended what it refuses. */
export class Refused extends Unavailable {}

/** The store answers, and does not show what was read from it before: nothing of it is given until that is cleared up. */
export class Doubted extends Unavailable {}

/** The position is of another life of the store: whoever holds it must start again from the beginning. */
export class PositionForeign extends EventStoreError {}

/** Where an event stands that can't be read. */
export interface DamagedPlace {
  readonly stream: string;
  readonly revision: bigint;
  readonly position: Position;
}

/** A stored event can't be read as what was stored: somebody else has written into the store, or its disk lies. */
export class Damaged extends EventStoreError {
  /** Undefined where it can't be said. */
  readonly place: DamagedPlace | undefined;

  constructor(message: string, options: ErrorOptions & { readonly place?: DamagedPlace } = {}) {
    const { place, ...rest } = options;
    super(message, rest);
    this.place = place;
  }
}

/** The store can't go on (a failed fsync, a damaged file): the process must stop. */
export class Fatal extends EventStoreError {}
