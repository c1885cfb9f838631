import type { IrritantFact } from './irritant.events.js';

export type Of<T extends IrritantFact['type']> = Extract<IrritantFact, { type: T }>;

/** One handler for each of these event types: it knows the parts of an irritant that it needs, and keeps all others. */
export type Handlers<Parts, N extends IrritantFact['type']> = {
  readonly [T in N]: <I extends Parts>(irritant: I, fact: Of<T>) => I;
};
