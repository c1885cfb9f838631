export {
  actField,
  formatParameters,
  isSeen,
  keyidOf,
  parseParameters,
  parseSeen,
  seenField,
  signedText,
  verifyAct,
} from './act-signature.js';
export type { ActObject, ActSignature, Parameters, Seen } from './act-signature.js';
export { ActCheck, actOf, skewSeconds } from './act-check.js';
export type { JudgedAct } from './act-check.js';
export { actPurpose, isOfKeys, isOwnWord, keyEvents, possessionText } from './act-keys.js';
export { HeardWords } from './heard-words.js';
export { base64, isSame } from './bytes.js';
export { verifyBundle } from './bundle.js';
export type { BundleSummary, Manifest } from './bundle.js';
export { bundleFiles } from './bundle-files.js';
export { canonicalHash, canonicalHex, canonicalText, contentHash } from './canonical.js';
export type { Json, JsonObject } from './canonical.js';
export { formatCheckpoint, isFork, parseCheckpoint } from './checkpoint.js';
export type { Checkpoint } from './checkpoint.js';
export type { Trust } from './checkpoints.js';
export { hashBytes, sha256 } from './crypto.js';
export type { Algorithm, Crypto } from './crypto.js';
export { at, LedgerFault } from './faults.js';
export type { FaultCode } from './faults.js';
export { fileBytesMax, paths } from './files.js';
export type { FileReader } from './files.js';
export { formatVerifierKey, parseVerifierKey, signatureTypes, verifierKey } from './keys.js';
export type { VerifierKey } from './keys.js';
export { formatLeaf, parseLeaf } from './leaf-form.js';
export { leafOf, payloadOf } from './leaf.js';
export type { Head, Leaf, LedgerEvent, LogState } from './leaf.js';
export { LogCheck } from './log-check.js';
export type { ActWatch, LogSummary } from './log-check.js';
export { firstName, isEarlierName, logEvents, originAfter, originsUpTo } from './log-names.js';
export type { LogNews } from './log-news.js';
export { Frontier, TreeHasher } from './merkle.js';
export { jwkOf, publicKeyOf, thumbprint } from './message-signature.js';
export { verifyMirror } from './mirror.js';
export type { MirrorSummary } from './mirror.js';
export { nodeCrypto } from './node.js';
export { formatNote, formatSignatures, parseNote, parseSignatures, signaturesMax } from './note.js';
export type { Note, NoteSignature } from './note.js';
export { checkedLater } from './page-crypto.js';
export type { VerifyLater } from './page-crypto.js';
export { parsePartyKeys } from './party-keys.js';
export type { PartyKeys } from './party-keys.js';
export { checkPayload, formatPayload, parsePayloads } from './payload.js';
export type { Payload } from './payload.js';
export { parsePolicy } from './policy-file.js';
export { checkPolicy } from './policy.js';
export type { Policy, Trusted } from './policy.js';
export { verifyConsistency, verifyInclusion } from './proof-check.js';
export {
  consistencyProof,
  consistencyRanges,
  inclusionProof,
  inclusionRanges,
  nodesOf,
  rangeHash,
} from './proofs.js';
export type { NodePlace, Nodes, Range } from './proofs.js';
export { RecordedOrder } from './recorded-order.js';
export { checkReceipt, formatReceipts, verifyReceipt } from './receipt.js';
export type { Promised, Receipt } from './receipt.js';
export { onOneLine, rendererVersion, renderReport } from './report.js';
export { signText, verifyNote } from './signing.js';
export type { Sign, Verified } from './signing.js';
export {
  formatEntries,
  nodesOfTiles,
  parseEntries,
  parseTilePath,
  tileBytes,
  tileFor,
  tilePath,
  tilesAt,
  tilesBetween,
  tileWidth,
} from './tiles.js';
export type { Tile } from './tiles.js';
export { formatTlogProof, parseHashLines, parseTlogProof, verifyTlogProof } from './tlog-proof.js';
export type { TlogProof } from './tlog-proof.js';
export { Tree } from './tree.js';
export { Erasures, erasureTypes } from './erased-words.js';
export { neverTakenOut, VoidActs, voidedBy } from './void-acts.js';
export {
  formatAddCheckpoint,
  judgeCheckpoint,
  parseAddCheckpoint,
  parseSizeAnswer,
  sizeMediaType,
} from './witness.js';
export type { AddCheckpoint, WitnessAnswer, Witnessed, WitnessState } from './witness.js';
