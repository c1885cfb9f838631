import { scrubbing, takeOut } from './taken-out.mjs';

/**
 * The program without the ledger: no leaf is derived, no words are hashed, nothing is scrubbed. Without a key nothing is
 * signed and no receipt is given.
 */
takeOut({
  'the leaves': [/(CREATE TABLE \{stopped\}[^]{0,200}?apply: )\(sequenced.*\)$/m, '$1() => undefined'],
  'the hashes of words': [/hasWords \? \{ contentHash: .* \} : \{\}/, '{}'],
  ...scrubbing,
});
