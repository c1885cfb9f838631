import { registerHooks } from 'node:module';

/**
 * Takes pieces out of the compiled program, so that it can be measured against itself: by the end of a file's name, what is
 * found in it and what stands there instead. Where a piece is not there any more the program does not start.
 */
export function takeOut(pieces) {
  registerHooks({
    load(url, context, next) {
      const loaded = next(url, context);
      const [, piece] = Object.entries(pieces).find(([ending]) => url.endsWith(ending)) ?? [];
      if (piece === undefined) return loaded;
      const source = new TextDecoder().decode(loaded.source);
      const [found, instead] = piece;
      if (!found.test(source)) throw new Error(`${url} has no longer what the measurement takes out of it.`);
      return { ...loaded, source: source.replace(found, instead) };
    },
  });
}

/** Nothing is held against the logs. */
export const scrubbing = {
  '/src/ledger/scrubbing.service.js': [
    /if \(this\.parts !== undefined\)\s+this\.#running =/,
    'this.nothing =',
  ],
};
