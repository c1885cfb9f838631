import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

/** Until whoever waited for the start has had a first answer. */
const afterMs = 1_000;

/**
 * What reading the program and putting it together leaves behind is a third of the heap, and V8 would hold it for days where
 * little comes after. It is collected once, which takes some 45 ms; V8 then gives the pages back by itself within ten seconds.
 */
export function collectStartGarbage(): void {
  setTimeout(() => {
    setFlagsFromString('--expose-gc');
    const collect = runInNewContext('gc') as (options: { type: 'major' }) => void;
    // With another flag than at the next start, what is kept of the program would not be taken.
    setFlagsFromString('--no-expose-gc');
    collect({ type: 'major' });
  }, afterMs).unref();
}
