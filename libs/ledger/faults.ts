/** What can be wrong with a ledger, as a word that programs may look at; the sentence beside it is for people. */
export type FaultCode =
  | 'malformed'
  | 'too-large'
  | 'not-canonical'
  | 'key-malformed'
  | 'key-twice'
  | 'key-ended'
  | 'signature-wrong'
  | 'signature-missing'
  | 'quorum-missing'
  | 'origin-wrong'
  | 'size-wrong'
  | 'index-wrong'
  | 'id-twice'
  | 'root-wrong'
  | 'leaf-wrong'
  | 'proof-wrong'
  | 'chain-broken'
  | 'payload-wrong'
  | 'payload-missing'
  | 'content-wrong'
  | 'erased-without-event'
  | 'time-wrong'
  | 'act-wrong'
  | 'tile-wrong'
  | 'path-refused'
  | 'file-missing'
  | 'report-wrong'
  | 'receipt-broken'
  | 'consistency-wrong';

/**
 * The first thing that is wrong. Everything in this library that checks throws it, so that no check can be forgotten by
 * whoever calls it; `at` is the index of the leaf, where the fault is one of a leaf.
 */
export class LedgerFault extends Error {
  override readonly name = 'LedgerFault';

  constructor(
    readonly code: FaultCode,
    words: string,
    readonly at?: number,
  ) {
    super(words);
  }
}

/** Runs a check and names the leaf that it was about, where the fault does not name one. */
export function at<T>(index: number, check: () => T): T {
  try {
    return check();
  } catch (error) {
    if (!(error instanceof LedgerFault) || error.at !== undefined) throw error;
    throw new LedgerFault(error.code, error.message, index);
  }
}
