import { fromBase64, utf8 } from './bytes.js';
import { canonicalText } from './canonical.js';
import type { JsonObject } from './canonical.js';
import type { Crypto } from './crypto.js';
import { LedgerFault } from './faults.js';
import { wrongAct } from './act-signature.js';
import { jwkOf, publicKeyOf, thumbprint } from './message-signature.js';

/** The events by which the record says whose keys are whose; their shapes are part of the ledger's format. */
export const keyEvents = {
  /**
   * `{purpose, jwk, possession}`: what the key is for, the key, and its own signature over origin and key. One that is not for
   * acts, such as that of the party's own witness, signs none.
   */
  registered: 'PartyKeyRegistered',
  /** `{thumbprint}`: from the next event on it signs nothing. */
  revoked: 'PartyKeyRevoked',
  /** From the next event on, direct acts of this party are signed. */
  required: 'SignedActsRequired',
  lifted: 'SignedActsLifted',
} as const;

const ofKeys: ReadonlySet<string> = new Set(Object.values(keyEvents));

/** Whether an event of that type says something of keys. */
export function isOfKeys(type: string): boolean {
  return ofKeys.has(type);
}

/** What a new key signs to show that whoever registers it has it. */
export function possessionText(origin: string, publicKey: Uint8Array): Uint8Array {
  return utf8(canonicalText({ origin, jwk: jwkOf(publicKey) }));
}

interface ActKey {
  readonly party: string;
  readonly publicKey: Uint8Array;
}

/** Whose word an event is said to be, as its leaf has it or as a store gives it. */
export interface Spoken {
  readonly party?: string | null;
  readonly capacity: string;
  readonly recorderParty?: string | null;
}

/** Whether a party says it itself, through its own people: neither as a conclusion nor through others. */
export function isOwnWord({ party, capacity, recorderParty }: Spoken): boolean {
  return capacity === 'direct' && typeof party === 'string' && recorderParty === party;
}

/** The key of a registration and its thumbprint; throws where it is none. */
type ReadKey = (
  data: JsonObject,
  origin: string,
) => { readonly keyid: string; readonly publicKey: Uint8Array };

/** Whoever has the new key has signed its registration, under the name that the log has there: it may have begun anew. */
export function possessedKey(crypto: Crypto): ReadKey {
  return ({ jwk, possession }, origin) => {
    if (typeof possession !== 'string') throw wrongAct('the new key did not sign its own registration');
    const publicKey = publicKeyOf(jwk);
    const signature = fromBase64(possession, 'The signature by the new key', 64);
    if (!crypto.verify('ed25519', publicKey, possessionText(origin, publicKey), signature))
      throw wrongAct('the new key did not sign its own registration');
    return { keyid: thumbprint(crypto, publicKey), publicKey };
  };
}

/** What a key is for, as the events that register one say it. */
export const actPurpose = 'act';

/** The keys in force at a place in the log, by what the record says. */
export class ActKeys {
  readonly #keys = new Map<string, ActKey>();
  /** Keys for anything else, by whose they are. */
  readonly #others = new Map<string, string>();
  /** Those that were revoked, whoever has them by now. */
  readonly #ended = new Set<string>();
  readonly #required = new Set<string>();

  constructor(private readonly read: ReadKey) {}

  inForce(keyid: string): ActKey | undefined {
    return this.#keys.get(keyid);
  }

  /**
   * Whose signature it needs: that of a party that asks or asked for signatures, or changes its keys. What others recorded in the
   * name of a party, and says so, needs none. Whose people recorded what nobody says counts as well: as who asked for an
   * erasure.
   */
  signerOf({ type, act }: { readonly type: string; readonly act: Spoken }): string | undefined {
    const { party, capacity, recorderParty } = act;
    if (capacity === 'attributed') return undefined;
    if (typeof party === 'string' && this.#isSignatureRequired(party, type)) return party;
    if (capacity !== 'direct' || typeof recorderParty !== 'string') return undefined;
    return this.#isSignatureRequired(recorderParty, type) ? recorderParty : undefined;
  }

  /** Whoever asks without a key could say nothing any more, and could not even take that back. */
  #isSignatureRequired(party: string, type: string): boolean {
    const isAsking = type === keyEvents.required;
    return this.#required.has(party) || isAsking || (isOfKeys(type) && this.#hasKey(party));
  }

  #hasKey(party: string): boolean {
    return [...this.#keys.values()].some((key) => key.party === party);
  }

  /** Takes in an event of a party, after its own signature was judged; its data may be withheld. */
  apply(
    { type, act: { party }, log }: { readonly type: string; readonly act: Spoken; readonly log: string },
    data: JsonObject | undefined,
  ): void {
    if (typeof party !== 'string') return;
    if (type === keyEvents.required) this.#required.add(party);
    else if (type === keyEvents.lifted) this.#required.delete(party);
    else if (type === keyEvents.registered && data !== undefined) this.#register(party, log, data);
    else if (type === keyEvents.revoked && data !== undefined) this.#revoke(party, data);
  }

  #register(party: string, origin: string, data: JsonObject): void {
    const { keyid, publicKey } = this.read(data, origin);
    if (this.#keys.has(keyid) || this.#others.has(keyid))
      throw new LedgerFault('key-twice', `The key ${keyid} is registered already.`);
    if (this.#ended.has(keyid))
      throw new LedgerFault('key-twice', `The key ${keyid} was revoked, and is never in force again.`);
    if ((data['purpose'] ?? actPurpose) === actPurpose) this.#keys.set(keyid, { party, publicKey });
    else this.#others.set(keyid, party);
  }

  #revoke(party: string, data: JsonObject): void {
    const keyid = data['thumbprint'];
    if (typeof keyid !== 'string') throw wrongAct(`${party} revokes no key`);
    if (this.#keys.get(keyid)?.party !== party && this.#others.get(keyid) !== party)
      throw wrongAct(`${party} revokes ${keyid}, which is no key of its own`);
    this.#keys.delete(keyid);
    this.#others.delete(keyid);
    this.#ended.add(keyid);
  }
}
