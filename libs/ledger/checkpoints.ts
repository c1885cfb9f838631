import type { Checkpoint } from './checkpoint.js';
import type { Crypto } from './crypto.js';
import { LedgerFault } from './faults.js';
import { checkListed, paths, readFile } from './files.js';
import type { FileReader } from './files.js';
import { parseNote } from './note.js';
import type { PartyKeys } from './party-keys.js';
import { checkPolicy } from './policy.js';
import type { Policy, Trusted } from './policy.js';
import type { WitnessedTime } from './witnessed-times.js';

/** Whom the verifier trusts, from outside of what it verifies. */
export interface Trust {
  readonly policy: Policy;
  readonly partyKeys?: PartyKeys;
  /** The sizes of which earlier checkpoints are there, where nothing can list them. */
  readonly earlier?: readonly number[];
}

/** What was signed: the newest checkpoint, those before it, and when each stood. */
export interface Checkpoints {
  readonly trusted: Trusted;
  readonly before: readonly Trusted[];
  readonly times: readonly WitnessedTime[];
}

/** Of a bundle or mirror. The newest has to satisfy the policy whole, an earlier one has to be the log's. */
export async function readCheckpoints(crypto: Crypto, files: FileReader, trust: Trust): Promise<Checkpoints> {
  const { policy, partyKeys, earlier = [] } = trust;
  const sizes = new Set([...earlier, ...(await checkListed(files))]);
  const read = async (path: string, under: Policy) =>
    checkPolicy(crypto, parseNote(await readFile(files, path)), under);
  const trusted = await read(paths.checkpoint, policy);
  const before: Trusted[] = [];
  for (const size of [...sizes].sort((one, other) => one - other)) {
    const one = await read(paths.earlier(size), { ...policy, quorum: 'none' });
    checkOlder(size, one.checkpoint, trusted.checkpoint);
    before.push(one);
  }
  const late = partyKeys?.late ?? new Set();
  return { trusted, before, times: [trusted, ...before].flatMap((one) => witnessedTimes(one, late)) };
}

/** The times that a checkpoint was cosigned at, and by whom. */
function witnessedTimes(
  { checkpoint, log, witnesses }: Trusted,
  late: ReadonlySet<string>,
): readonly WitnessedTime[] {
  const { size } = checkpoint;
  const ofLog = log.map(({ key, time }) => ({ by: key.name, time, isLate: false }));
  const ofWitnesses = witnesses.map(({ name, verified: { time } }) => ({
    by: `witness ${name}`,
    time,
    isLate: late.has(name),
  }));
  return [...ofLog, ...ofWitnesses].flatMap(({ by, time, isLate }) =>
    time ? [{ size, by, time, isLate }] : [],
  );
}

function checkOlder(size: number, older: Checkpoint, newest: Checkpoint): void {
  if (older.size !== size)
    throw new LedgerFault('size-wrong', `The checkpoint of ${size} leaves is one of ${older.size}.`);
  if (older.origin !== newest.origin)
    throw new LedgerFault(
      'origin-wrong',
      `A checkpoint is of the log ${older.origin} and not of ${newest.origin}.`,
    );
  if (older.size > newest.size)
    throw new LedgerFault(
      'size-wrong',
      `A checkpoint of ${older.size} leaves is said to be earlier than one of ${newest.size}.`,
    );
}
