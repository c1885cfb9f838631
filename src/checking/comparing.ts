import { isEarlierName, isSame, LedgerFault } from '#libs/ledger';
import type { Checkpoint, FileReader, Receipt } from '#libs/ledger';
import { checkHolding, formatHolding, holdingIn } from './claims.js';
import type { Claim, Holding } from './claims.js';
import { entries } from './counted.js';
import { hasher } from './log-nodes.js';

import type { Statement } from './statements.js';

/** What two statements of one log tell together. */
export type Comparison =
  | { readonly found: 'agreement'; readonly line: string }
  | { readonly found: 'split'; readonly line: string; readonly proof?: Uint8Array }
  | { readonly found: 'nothing'; readonly line: string };

/** Where to look for what a tree holds: a proof that somebody kept, and logs with their hashes. */
export interface Grounds {
  readonly holding?: Holding;
  readonly logs: readonly FileReader[];
}

const nothing = (line: string): Comparison => ({ found: 'nothing', line });

/** Holds two signed statements of one log against each other. */
export async function compared(one: Statement, other: Statement, grounds: Grounds): Promise<Comparison> {
  const [first, second] = [one.says, other.says].map((says) =>
    'receipt' in says ? says.receipt : says.checkpoint,
  ) as [Checkpoint | Receipt, Checkpoint | Receipt];
  if (first.origin !== second.origin)
    return nothing(
      `They are of two logs, ${first.origin} and ${second.origin}${isAnew(first.origin, second.origin) ? ', the one of which began anew as the other' : ''}: compare two of one log.`,
    );
  if ('receipt' in one.says && 'receipt' in other.says)
    return comparedReceipts(one.says.receipt, other.says.receipt);
  if ('receipt' in one.says && 'checkpoint' in other.says)
    return comparedReceipt(one.says.receipt, other.says.checkpoint, grounds);
  if ('receipt' in other.says && 'checkpoint' in one.says)
    return comparedReceipt(other.says.receipt, one.says.checkpoint, grounds);
  return comparedCheckpoints(first as Checkpoint, second as Checkpoint, grounds);
}

function isAnew(one: string, other: string): boolean {
  return isEarlierName(one, other) || isEarlierName(other, one);
}

function comparedReceipts(one: Receipt, other: Receipt): Comparison {
  if (one.seq !== other.seq)
    return nothing(`They promise entries #${one.seq} and #${other.seq}: compare each with a checkpoint.`);
  return isSame(one.leafHash, other.leafHash)
    ? { found: 'agreement', line: `Both promise the same entry #${one.seq} of ${one.origin}.` }
    : { found: 'split', line: `${one.origin} has promised two entries #${one.seq}.` };
}

async function comparedReceipt(
  receipt: Receipt,
  checkpoint: Checkpoint,
  grounds: Grounds,
): Promise<Comparison> {
  const { seq, leafHash, origin } = receipt;
  if (seq >= checkpoint.size)
    return nothing(
      `The checkpoint has ${entries(checkpoint.size)} and the receipt promises #${seq}: compare it with a checkpoint of more than ${entries(seq)}, which the log owes within a second.`,
    );
  return held({ of: 'leaf', seq, hash: leafHash }, checkpoint, grounds, {
    agreement: `The entry #${seq} that was promised stands in ${origin}.`,
    split: `${origin} promised another entry #${seq} than it holds: what it had accepted was dropped or changed.`,
  });
}

async function comparedCheckpoints(
  one: Checkpoint,
  other: Checkpoint,
  grounds: Grounds,
): Promise<Comparison> {
  const [older, newer] = one.size <= other.size ? [one, other] : [other, one];
  const { origin, size, root } = older;
  const isOneSize = size === newer.size;
  if (size === 0 && !isOneSize)
    return isSame(root, hasher.emptyRoot())
      ? { found: 'agreement', line: `${origin} begins with no entry for both.` }
      : {
          found: 'split',
          line: `${origin} has signed 0 entries with a root that no log without entries has.`,
        };
  return held({ of: 'beginning', size, hash: root }, newer, grounds, {
    agreement: isOneSize
      ? `Both are of the same ${entries(size)} of ${origin}.`
      : `The ${entries(newer.size)} of ${origin} begin with the ${entries(size)} of the other.`,
    split: isOneSize
      ? `${origin} has signed two histories of ${entries(size)}.`
      : `${origin} has signed ${entries(size)}, and then ${entries(newer.size)} that begin with others.`,
  });
}

interface Words {
  readonly agreement: string;
  readonly split: string;
}

async function held(claim: Claim, newest: Checkpoint, grounds: Grounds, words: Words): Promise<Comparison> {
  const holding = await firstHolding(claim, newest, grounds);
  if (holding === undefined)
    return nothing(
      `What the ${entries(newest.size)} of ${newest.origin} hold there can't be seen: name a mirror or server that has their hashes with --log, or a proof with --proof.`,
    );
  if (isSame(holding.hash, claim.hash)) return { found: 'agreement', line: words.agreement };
  const isPlain = claim.of === 'beginning' && claim.size === newest.size;
  return { found: 'split', line: words.split, ...(isPlain ? {} : { proof: formatHolding(holding) }) };
}

/** What is wrong with one of the grounds leaves the others. */
async function firstHolding(
  claim: Claim,
  newest: Checkpoint,
  { holding, logs }: Grounds,
): Promise<Holding | undefined> {
  if (claim.of === 'beginning' && claim.size === newest.size) return { hash: newest.root, proof: [] };
  const tries = [
    ...(holding === undefined ? [] : [() => Promise.resolve(holding)]),
    ...logs.map((log) => () => holdingIn(log, claim, newest)),
  ];
  for (const next of tries)
    try {
      const one = await next();
      checkHolding(one, claim, newest);
      return one;
    } catch (error) {
      if (!(error instanceof LedgerFault)) throw error;
    }
  return undefined;
}
