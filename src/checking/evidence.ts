import { join } from 'node:path';
import { writeWhole } from './plain-files.js';

export interface Evidence {
  /** What it proves, in a sentence. */
  readonly line: string;
  /** Both signed statements as they were served. */
  readonly one: Uint8Array;
  readonly other: Uint8Array;
  /** Where it takes more than the two. */
  readonly proof?: Uint8Array;
}

const readme = ({ line, proof }: Evidence) => `${line}

one, other   what the log has signed (c2sp.org/signed-note), as it was served; a receipt has its promise and
             the proof of it before the note
${proof === undefined ? '' : 'proof        what the greater tree holds in that place, then the RFC 9162 proof of it; base64, one hash a line\n'}
Whoever has the key of the log checks it with

  entente compare one other${proof === undefined ? '' : ' --proof proof'} --policy POLICY

where POLICY names the log's key as it was known before, and not as anybody sends it along with this.
`;

/** Writes what proves a split view into a folder, so that it can be shown to anybody; nothing in it is secret. */
export async function keepEvidence(folder: string, evidence: Evidence): Promise<void> {
  const { one, other, proof } = evidence;
  const files = {
    one,
    other,
    ...(proof === undefined ? {} : { proof }),
    'README.txt': Buffer.from(readme(evidence)),
  };
  for (const [name, bytes] of Object.entries(files)) await writeWhole(join(folder, name), bytes);
}
