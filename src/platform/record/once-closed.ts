import type { ServerResponse } from 'node:http';

/** Once nobody reads the answer any more; a reader who has gone already is told of by no event. */
export function onceClosed(answer: ServerResponse, then: () => void): void {
  if (answer.closed || answer.destroyed) then();
  else answer.once('close', then);
}
