import { checkPayload, LedgerFault, nodeCrypto } from '#libs/ledger';
import type { Leaf, Payload } from '#libs/ledger';

/** Why words that a log does not hand on any more are not taken for erased. */
const unproven = 'the log handed on no words, and no event said that they were erased';

function lacksEvent(leaf: Leaf, { data, signature }: Payload): boolean {
  return data === null || (leaf.sig !== undefined && signature === undefined);
}

/** All that is known of one payload, from whoever had it; each part was held against the leaf before. */
export function together(leaf: Leaf, known: readonly Payload[]): Payload {
  const { content = null, salt = null } = known.find((one) => one.content !== null) ?? {};
  const signature = known.find((one) => one.signature !== undefined)?.signature;
  const bare: Payload = {
    seq: leaf.seq,
    data: known.find(({ data }) => data !== null)?.data ?? null,
    content,
    salt,
    ...(signature === undefined ? {} : { signature }),
  };
  const why = known.find((one) => one.withheld !== undefined)?.withheld;
  const lacksWords = leaf.content !== undefined && content === null;
  if (lacksWords || lacksEvent(leaf, bare)) return { ...bare, withheld: why ?? unproven };
  // Words from before the ledger have no hash, and the log says so where they would stand.
  return leaf.content === undefined && why !== undefined ? { ...bare, withheld: why } : bare;
}

/** Without the words, which an event of the log has erased. */
export function forgotten(leaf: Leaf, { seq, data, signature, withheld }: Payload): Payload {
  const bare = { seq, data, content: null, salt: null, ...(signature === undefined ? {} : { signature }) };
  return lacksEvent(leaf, bare) ? { ...bare, withheld: withheld ?? unproven } : bare;
}

/** How much of a payload a mirror has, or that it is not the one of the leaf. */
export function isHeld(leaf: Leaf, payload: Payload | undefined): 'whole' | 'in part' | 'wrong' {
  try {
    return checkPayload(nodeCrypto, leaf, payload) === 'withheld' ? 'in part' : 'whole';
  } catch (error) {
    if (!(error instanceof LedgerFault)) throw error;
    return 'wrong';
  }
}

/** Whether its words are said to be erased; what is not there, or not of the leaf, says nothing. */
export function isGone(leaf: Leaf, payload: Payload | undefined): boolean {
  return (
    isHeld(leaf, payload) === 'whole' &&
    payload !== undefined &&
    checkPayload(nodeCrypto, leaf, payload) === 'erased'
  );
}
