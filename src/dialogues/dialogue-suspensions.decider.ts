import { accept, alreadySaid, ending, nothing, ownWordStands, restingOn } from '#libs/decider';
import type { CommandBase, Decided, Said } from '#libs/decider';

interface Asked extends CommandBase {
  readonly event: Decided;
}

function ownOf(suspensions: readonly Said[], { act }: Asked): Said | undefined {
  return suspensions.find((one) => one.party === act.party);
}

/** Each side for itself; its own word takes the place of one that was attributed to it. */
export function suspend(command: Asked, suspensions: readonly Said[]) {
  return alreadySaid(suspensions, command.act)
    ? nothing
    : accept(ending(command.event, ownOf(suspensions, command)));
}

/** It rests on the suspension that it ends; what a side has suspended itself, only that side resumes. */
export function resume(command: Asked, suspensions: readonly Said[]) {
  const suspended = ownOf(suspensions, command);
  if (suspended === undefined) return nothing;
  return (
    ownWordStands(command.act, suspended, 'suspended the talks') ??
    accept(ending(restingOn(command.event, suspended), suspended))
  );
}
