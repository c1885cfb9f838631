import {
  formatCheckpoint,
  LedgerFault,
  nodeCrypto,
  parseNote,
  signatureTypes,
  verifyNote,
} from '#libs/ledger';
import type { Head } from './guard.js';
import type { LogKeys } from './log-keys.js';

/** A checkpoint as it is served, and what it says. */
export interface Release extends Head {
  readonly note: string;
  /** The latest time at which the log says to have cosigned anything up to here, in seconds since 1970. */
  readonly until?: number;
}

/** `unknown`: by none of the present keys, as after a key was changed, so that nobody can tell whether the log signed it. */
export type ReleaseFound = 'signed' | 'unknown' | { readonly fault: string };

/** Whether a checkpoint that the store gives is what the log has signed, as far as the keys that are there can tell. */
export function foundOf(origin: string, keys: LogKeys | null, { size, root, note }: Release): ReleaseFound {
  const fault = (why: string) => ({
    fault: `The store’s last checkpoint, of ${size} leaves, was changed: ${why}`,
  });
  try {
    const parsed = parseNote(Buffer.from(note));
    if (parsed.text !== formatCheckpoint({ origin, size, root: Buffer.from(root, 'base64') }))
      return fault('its note says something else.');
    if (keys === null) return 'signed';
    const known = keys.named(origin).flatMap((one) => [one.note, one.cosignature]);
    const signed = verifyNote(nodeCrypto, parsed, known);
    return signed.some(({ key }) => key.type === signatureTypes.note) ? 'signed' : 'unknown';
  } catch (error) {
    if (error instanceof LedgerFault) return fault(error.message);
    throw error;
  }
}

/** Ed25519 over the note; a countersignature has its time before it. */
const noteSignatureBytes = 64;

/** The ids of the log's keys by which a checkpoint of ours was signed; none where its note can't be read. */
export function keyIdsIn(note: string, origin: string): readonly string[] {
  try {
    const { signatures } = parseNote(Buffer.from(note));
    return signatures
      .filter(({ name, bytes }) => name === origin && bytes.length === noteSignatureBytes)
      .map(({ id }) => id);
  } catch (error) {
    if (error instanceof LedgerFault) return [];
    throw error;
  }
}
