import { registerHooks } from 'node:module';

/**
 * Takes the ledger out of the compiled program, so that it can be measured against itself: no leaf is derived, no words are
 * hashed, nothing is scrubbed. Without a key nothing is signed and no receipt is given. Where a piece to be taken out is
 * not there any more the program does not start, so that no run can measure the ledger against the ledger.
 */
const pieces = {
  '/src/ledger/ledger.projection.js': [/apply: \(sequenced.*\),/, 'apply: () => undefined,'],
  '/src/platform/record/envelope.js': [/hasWords \? \{ contentHash: .* \} : \{\}/, '{}'],
  '/src/ledger/scrubbing.service.js': [
    /if \(this\.parts !== undefined\)\s+this\.#running =/,
    'this.nothing =',
  ],
};

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
