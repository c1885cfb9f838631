import { ActKeys, isOfKeys, isOwnWord } from './act-keys.js';
import type { Spoken } from './act-keys.js';
import { keyidOf, wrongAct } from './act-signature.js';
import type { ActSignature } from './act-signature.js';
import type { JsonObject } from './canonical.js';
import { LedgerFault } from './faults.js';
import { publicKeyOf } from './message-signature.js';

/** A recorded event, as far as it matters whose word it is. */
interface Told {
  readonly type: string;
  readonly act: Spoken;
  readonly data: unknown;
  readonly signature?: Pick<ActSignature, 'input'>;
}

/**
 * Which events of the stream of a dialogue are words of whoever they say said them: by the keys in force at each, as whoever
 * verifies has it (`ActCheck`), for whoever folds what was verified before it was stored. So no signature is verified, but
 * one is there, by a key in force; and a registration has the thumbprint that it gives.
 */
export class HeardWords {
  readonly #keys = new ActKeys(({ thumbprint, jwk }) => {
    if (typeof thumbprint !== 'string') throw wrongAct('the new key has no thumbprint');
    return { keyid: thumbprint, publicKey: publicKeyOf(jwk) };
  });

  /** In the order of the stream. */
  hears({ type, act, data, signature }: Told): boolean {
    if (isOfKeys(type) && !isOwnWord(act)) return false;
    const signer = this.#keys.signerOf({ type, act });
    if (signer !== undefined && this.#partyOf(signature) !== signer) return false;
    return !isOfKeys(type) || this.#takes(type, act, data as JsonObject);
  }

  #partyOf(signature: Told['signature']): string | undefined {
    const keyid = signature && keyidOf(signature);
    return keyid === undefined ? undefined : this.#keys.inForce(keyid)?.party;
  }

  #takes(type: string, act: Spoken, data: JsonObject): boolean {
    try {
      this.#keys.apply({ type, act, log: '' }, data);
      return true;
    } catch (error) {
      if (error instanceof LedgerFault) return false;
      throw error;
    }
  }
}
