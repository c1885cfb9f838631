import {
  actPurpose,
  keyEvents,
  LedgerFault,
  nodeCrypto,
  publicKeyOf,
  thumbprint,
  voidedBy,
} from '#libs/ledger';
import type { ActWatch, JsonObject, JudgedAct, Leaf, PartyKeys, Payload } from '#libs/ledger';

/** An entry in the name of a party that the party did not sign, as far as can be told. */
export interface ActAlarm {
  readonly seq: number;
  readonly stream: string;
  readonly party: string;
  readonly why: string;
  /** The entry by which the log itself says that the act is void, as where it passed the asking for signatures on its way. */
  readonly voidBy?: number;
}

/** What is known of the acts of a party whose keys were given. */
export interface PartyStanding {
  readonly party: string;
  /** The entry since which it takes its acts for its own only signed; absent where it has not asked for that. */
  readonly signsSince?: number;
  /** Direct acts from before that, which carry no signature and are nobody's fault. */
  readonly unsigned: number;
}

interface Standing {
  signsSince: number | undefined;
  unsigned: number;
}

/** So many are kept; a log with more is beyond doubt. */
const alarmsMax = 1_000;

/**
 * Looks for acts that are said to be a party's and are not by its keys. A signature by a key that the record alone vouches
 * for is as good as none where the party gave its keys: whoever can write the log can register a key in its name.
 */
export class ActAlarms implements ActWatch {
  readonly #all = new Map<string, ActAlarm>();
  /** Those beyond what is kept. */
  more = 0;
  readonly #parties: ReadonlyMap<string, Standing>;

  constructor(
    private readonly keys: PartyKeys,
    private readonly told: (alarm: ActAlarm) => void,
  ) {
    this.#parties = new Map(
      [...keys.actKeys.values()].map((party) => [party, { signsSince: undefined, unsigned: 0 }]),
    );
  }

  get all(): readonly ActAlarm[] {
    return [...this.#all.values()];
  }

  get parties(): readonly PartyStanding[] {
    return [...this.#parties].map(([party, { signsSince, unsigned }]) => ({
      party,
      ...(signsSince === undefined ? {} : { signsSince }),
      unsigned,
    }));
  }

  wrong(leaf: Leaf, { message }: LedgerFault): void {
    this.#alarm(leaf, message);
  }

  judged(leaf: Leaf, payload: Payload | undefined, act: JudgedAct): void {
    const voided = voidedBy(leaf, payload);
    const alarm = voided === undefined ? undefined : this.#all.get(voided);
    if (voided !== undefined && alarm?.stream === leaf.stream)
      this.#all.set(voided, { ...alarm, voidBy: leaf.seq });
    const standing = this.#standingOf(leaf);
    if (standing === undefined) return;
    if (act === 'unsigned') standing.unsigned += 1;
    if (act === 'byRecordAlone')
      this.#alarm(
        leaf,
        'It is signed with a key that the record alone vouches for, and with none of those given.',
      );
    if (leaf.type === keyEvents.required) standing.signsSince = leaf.seq;
    if (leaf.type === keyEvents.lifted) standing.signsSince = undefined;
    if (leaf.type === keyEvents.registered) this.#lookAtKey(leaf, payload);
  }

  #standingOf({ act: { party, capacity } }: Leaf): Standing | undefined {
    return party === undefined || capacity !== 'direct' ? undefined : this.#parties.get(party);
  }

  /** The first key of a party is registered without a signature by another one. */
  #lookAtKey(leaf: Leaf, payload: Payload | undefined): void {
    const { jwk, purpose = actPurpose } = (payload?.data?.['data'] ?? {}) as JsonObject;
    if (jwk === undefined || purpose !== actPurpose) return;
    const key = thumbprint(nodeCrypto, publicKeyOf(jwk));
    if (this.keys.actKeys.get(key) !== leaf.act.party)
      this.#alarm(leaf, `It registers the key ${key}, which is none of those given.`);
  }

  #alarm({ id, seq, stream, act: { party = 'nobody' } }: Leaf, why: string): void {
    if (this.#all.size === alarmsMax) {
      this.more += 1;
      return;
    }
    const alarm = { seq, stream, party, why };
    this.#all.set(id, alarm);
    this.told(alarm);
  }
}
