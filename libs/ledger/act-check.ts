import { ActKeys, isOfKeys, isOwnWord, possessedKey } from './act-keys.js';
import { isSeen, keyidOf, parseSeen, verifyAct, wrongAct } from './act-signature.js';
import type { ActObject, ActSignature } from './act-signature.js';
import type { JsonObject } from './canonical.js';
import type { Crypto } from './crypto.js';
import type { Leaf } from './leaf.js';
import type { PartyKeys } from './party-keys.js';
import { isWithheld } from './payload.js';
import type { Payload } from './payload.js';

/** How far the clocks of a log, its witnesses and its signers may be apart. */
export const skewSeconds = 60;

/** A tree, as far as its roots are asked for: after so many leaves, as are there. */
export interface Roots {
  root(size: number): Uint8Array;
}

/** How many acts were signed, by whose word their keys are their party's. */
export interface SignedActs {
  /** By keys that somebody outside vouches for. */
  readonly trusted: number;
  /** By keys that the record alone vouches for. */
  readonly byRecordAlone: number;
  /** Whose keys could not be followed, as payloads are withheld. */
  readonly unjudged: number;
}

/** What became of an act: it needs no signature, or by whose word the key of its signature is its party's. */
export type JudgedAct = 'unsigned' | keyof SignedActs;

/** Judges the signatures of acts in the order of the log, by the keys that are in force at each. */
export class ActCheck {
  readonly counts = { trusted: 0, byRecordAlone: 0, unjudged: 0 };
  /** The keys that the record alone vouches for, each with its party as a file of keys would name it. */
  readonly keysOfRecord = new Set<string>();
  readonly #keys: ActKeys;
  #isPartial = false;

  constructor(
    private readonly crypto: Crypto,
    private readonly partyKeys: PartyKeys | undefined,
  ) {
    this.#keys = new ActKeys(possessedKey(crypto));
  }

  /** The tree holds at least the leaves before this one. What is thrown leaves the keys in force as they were. */
  add(leaf: Leaf, payload: Payload | undefined, tree: Roots): JudgedAct {
    if (isWithheld(payload)) this.#isPartial = true;
    const judged = leaf.sig === undefined ? this.#unsigned(leaf) : this.#signed(leaf, payload, tree);
    // Of most events nothing is read.
    if (isOfKeys(leaf.type)) this.#keys.apply(leaf, payload?.data?.['data'] as JsonObject | undefined);
    if (judged !== 'unsigned') this.counts[judged] += 1;
    return judged;
  }

  /** Only what is recorded in the name of a party by others counts as such without its signature, and says that it is. */
  #unsigned(leaf: Leaf): 'unsigned' {
    if (leaf.act.party !== undefined && isOfKeys(leaf.type)) refuseSaidByOthers(leaf.act);
    const signer = this.#keys.signerOf(leaf);
    if (signer !== undefined) throw wrongAct(`${signer} signs its acts, and this one is not signed`);
    return 'unsigned';
  }

  #signed(leaf: Leaf, payload: Payload | undefined, tree: Roots): keyof SignedActs {
    const { data, signature } = payload ?? {};
    const { party } = leaf.act;
    refuseSaidByOthers(leaf.act);
    if (!data || signature === undefined) return 'unjudged';
    const key = this.#keyOf(signature);
    if (key === undefined && this.#isPartial) return 'unjudged';
    if (key === undefined || key.party !== party)
      throw wrongAct(`it is by no key of ${party ?? 'nobody'} that is in force`);
    const { keyid, created, expires } = verifyAct(this.crypto, signature, actOf(leaf, data), key.publicKey);
    const recorded = Date.parse(leaf.recorded) / 1000;
    if (recorded < created - skewSeconds || recorded > expires + skewSeconds)
      throw wrongAct(
        `it held from ${created} to ${expires}, and the act was recorded at ${Math.floor(recorded)}`,
      );
    checkSeen(signature, tree, leaf.seq);
    if (this.partyKeys?.actKeys.get(keyid) === party) return 'trusted';
    this.keysOfRecord.add(`act-key ${party} ${keyid}`);
    return 'byRecordAlone';
  }

  #keyOf(signature: ActSignature) {
    const keyid = keyidOf(signature);
    return keyid === undefined ? undefined : this.#keys.inForce(keyid);
  }
}

/** What a party signs, and what it says of its keys, is said by itself: whose word it is stands in the leaf and in no signature. */
function refuseSaidByOthers(act: Leaf['act']): void {
  if (isOwnWord(act)) return;
  const { party, capacity, recorderParty } = act;
  const as = capacity === 'direct' ? `recorded by ${recorderParty ?? 'nobody of a party'}` : `“${capacity}”`;
  throw wrongAct(`only ${party ?? 'a party'} itself can have said this, and it stands here as ${as}`);
}

function checkSeen(signature: ActSignature, tree: Roots, seq: number): void {
  const seen = parseSeen(signature.seen);
  if (seen.size > seq) throw wrongAct(`its signer had seen ${seen.size} leaves, and so many were not there`);
  if (!isSeen(seen, tree.root(seen.size)))
    throw wrongAct(`its signer had seen another log, of ${seen.size} leaves`);
}

/** What the party signed, by what the leaf and its payload say. */
export function actOf(leaf: Leaf, payload: JsonObject): ActObject {
  const command = payload['command'] as JsonObject | undefined;
  return {
    origin: leaf.log,
    stream: leaf.stream,
    rev: leaf.rev,
    type: leaf.type,
    data: payload['data'] as JsonObject,
    contentHash: leaf.content ?? '',
    sources: payload['sources'],
    wording: payload['wording'],
    audience: payload['audience'],
    occurred: leaf.occurred,
    key: command?.['keyHash'],
  };
}
