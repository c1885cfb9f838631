import { isHearsay, refuse } from '#libs/decider';
import type { Act, CommandBase, Decided, Said } from '#libs/decider';

export interface On<D extends object> extends CommandBase {
  readonly event: Decided & { readonly data: D };
}
export type Naming = { readonly version: number; readonly contentHash: string };

/** What somebody else records in a party's name undoes nothing that the party has said itself. */
export function ownWordStands(act: Act, words: readonly (Said | undefined)[]) {
  const own = words.find((one) => isHearsay({ act }, one));
  return own === undefined
    ? undefined
    : refuse(
        'OWN_WORD_STANDS',
        `${act.party} has spoken here itself, in the event ${own.eventId}; only ${act.party} itself can go back on that.`,
      );
}
