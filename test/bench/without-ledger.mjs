import { scrubbing, takeOut } from './taken-out.mjs';

/**
 * The program without the ledger: no leaf is derived, no words are hashed, nothing is scrubbed. Without a key nothing is
 * signed and no receipt is given.
 */
takeOut({
  '/src/ledger/ledger.projection.js': [/apply: \(sequenced.*\),/, 'apply: () => undefined,'],
  '/src/platform/record/envelope.js': [/hasWords \? \{ contentHash: .* \} : \{\}/, '{}'],
  ...scrubbing,
});
