import { registerHooks } from 'node:module';
import { isMainThread } from 'node:worker_threads';

/** How long a program may take to load what is to be taken out of it. */
const loadedWithinMs = 60_000;

/**
 * Takes pieces out of the compiled program, so that it can be measured against itself: by a name for people, what is found
 * and what stands there instead. The program is shipped in few files without the names of ours, so each piece is known by
 * its text. Where one is not found the program ends, so that nothing is ever measured against itself untouched.
 */
export function takeOut(pieces) {
  const left = new Map(Object.entries(pieces));
  registerHooks({
    load(url, context, next) {
      const loaded = next(url, context);
      if (!url.includes('/program/') || loaded.source === undefined || loaded.source === null) return loaded;
      let source =
        typeof loaded.source === 'string' ? loaded.source : new TextDecoder().decode(loaded.source);
      for (const [name, [found, instead]] of left) {
        if (!found.test(source)) continue;
        source = source.replace(found, instead);
        left.delete(name);
      }
      return { ...loaded, source };
    },
  });
  const refuse = () => {
    if (left.size === 0) return;
    process.stderr.write(`Not found, to be taken out: ${[...left.keys()].join(', ')}.\n`);
    process.exit(1);
  };
  // Other threads load what they need and no more.
  if (isMainThread) setTimeout(refuse, loadedWithinMs).unref();
}

/** Nothing is held against the logs. */
export const scrubbing = {
  'the scrubber': [
    /if \(this\.parts !== (?:undefined|void 0)\)\s+this\.#running = this\.#run\(this\.parts\)/,
    'this.nothing = 0',
  ],
};
