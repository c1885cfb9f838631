import { LedgerFault, parseCheckpoint, parseNote } from '#libs/ledger';

/** The time before an Ed25519 signature in a cosignature/v1 (c2sp.org/tlog-cosignature), both in bytes. */
const [timeBytes, signatureBytes] = [8, 64];

/**
 * When the log says that it cosigned its own checkpoint, in seconds since 1970; by whichever key, so that a former one,
 * which nobody can verify any more, still says it. Undefined where it does not.
 */
export function cosignedAt(note: string): number | undefined {
  try {
    const { text, signatures } = parseNote(Buffer.from(note));
    const { origin } = parseCheckpoint(text);
    const own = signatures.find(
      ({ name, bytes }) => name === origin && bytes.length === timeBytes + signatureBytes,
    );
    return own && Number(Buffer.from(own.bytes).readBigUInt64BE());
  } catch (error) {
    if (error instanceof LedgerFault) return undefined;
    throw error;
  }
}
