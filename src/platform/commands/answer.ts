import type { Position } from '#libs/event-store';

/** What stands in the headers beside a body. */
export interface Beside {
  /** Of the entry that is represented: its ETag. */
  readonly revision?: number;
  /** Of what is represented: where an act was recorded. */
  readonly stream?: string;
  /** Where the act stands in the order of the store, for whoever wants to read it in a list. */
  readonly position?: Position;
  /** The address of what was created. */
  readonly location?: string;
  /** Where the next page is, as `Link` says it. */
  readonly next?: string | undefined;
  /** False where the same was recorded before. */
  readonly recorded?: boolean;
  /** The stored answer to a repeated request. */
  readonly replayed?: boolean;
}

/** What a handler answers where more than a body belongs to it. */
export class Answer {
  constructor(
    readonly body: object,
    readonly beside: Beside,
  ) {}
}
