import {
  consistencyProof,
  consistencyRanges,
  formatAddCheckpoint,
  formatNote,
  parseCheckpoint,
  parseNote,
  paths,
} from '#libs/ledger';
import type { FileReader } from '#libs/ledger';
import { CannotCheck } from './cannot-check.js';
import { hasher, nodesFor } from './log-nodes.js';
import type { Witness } from './witness.js';

/** What is carried to a witness without a network: the newest checkpoint, and that it goes on from the one it saw last. */
export async function requestFor(log: FileReader, oldSize: number): Promise<Uint8Array> {
  const checkpoint = await log.read(paths.checkpoint);
  if (checkpoint === undefined) throw new CannotCheck('There is no checkpoint to be cosigned.');
  const { size } = parseCheckpoint(parseNote(checkpoint).text);
  if (oldSize > size) throw new CannotCheck(`The log has ${size} entries, and --old says ${oldSize}.`);
  if (oldSize === 0) return formatAddCheckpoint({ oldSize, proof: [], checkpoint });
  const nodes = await nodesFor(log, size, consistencyRanges(oldSize, size));
  return formatAddCheckpoint({ oldSize, proof: consistencyProof(hasher, nodes, oldSize, size), checkpoint });
}

export interface Cosigned {
  /** The checkpoint with the cosignature beside those that it had. */
  readonly signed: Uint8Array;
  readonly size: number;
}

/** Cosigns what was carried here. Throws a sentence where the witness refuses. */
export function cosigned(witness: Witness, request: Uint8Array): Cosigned {
  const { status, body, cosigned: made } = witness.answer(request);
  if (status === 409)
    throw new CannotCheck(
      `This witness has cosigned ${body.trim()} entries of the log: make the request anew with --old ${body.trim()}.`,
    );
  if (made === undefined) throw new CannotCheck(`It is not cosigned (${status}): ${body.trim()}`);
  const { note, signature } = made;
  const signatures = [...note.signatures.filter(({ id }) => id !== signature.id), signature];
  return { signed: formatNote({ text: note.text, signatures }), size: parseCheckpoint(note.text).size };
}
