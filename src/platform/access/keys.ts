import { noSuchKey } from './no-such-key.js';
import { Problem } from '#libs/problem-details';
import type { Clock } from '../record/clock.js';
import { isActive, isOfNegotiator, wasGood } from './credential.js';
import type { CredentialView, NewCredential } from './credential.js';
import type { Credentials } from './credentials.js';
import { DialogueGrants } from './grants.js';
import { platformProblems } from '../problems/platform.problems.js';
import type { Principal } from '../record/principal.js';
import type { Sight } from './sight.js';
import type { Streams } from '../record/streams.js';
import type { Maker } from './stored-key.js';
import { Turns } from '../record/turns.js';

/** How long a negotiator has to approve what an operator asked for. */
const pendingMs = 7 * 86_400_000;
/** How many of the dialogues that are not there are named. */
const faultsMax = 50;

/**
 * Who may make and revoke keys. Once a party has a negotiator, a key for that party, and the revocation of its last
 * negotiator, take one of its negotiators as well as an operator (domain rule 2): whoever runs the server can't speak for
 * it, and can't silence it. That it once had one is enough: where all its keys have ended, one is recovered on the
 * folder, which both sides see.
 */
export class Keys {
  /** Two revocations at once would each leave the other's negotiator to be the last. */
  readonly #turns = new Turns();
  /** Which dialogues those see who act for no party. */
  readonly grants: DialogueGrants;

  constructor(
    private readonly credentials: Credentials,
    private readonly clock: Clock,
    /** Whether the party has joined any dialogue, as it may have by the tokens of an issuer. */
    private readonly hasJoined: (party: string) => Promise<boolean>,
    private readonly streams: Pick<Streams, 'dialogue' | 'registry'>,
  ) {
    this.grants = new DialogueGrants(credentials);
  }

  async make(
    wanted: NewCredential,
    madeBy: Maker,
  ): Promise<{ readonly key: string; readonly credential: CredentialView }> {
    const { party } = wanted;
    await this.#refuseUnknown(wanted.dialogues ?? []);
    const takesTwo = party !== null && (await this.#hasHadNegotiator(party));
    return this.credentials.issue(
      takesTwo ? { ...wanted, awaitsUntil: this.#inSevenDays() } : wanted,
      madeBy,
    );
  }

  async revoke(id: string): Promise<CredentialView> {
    const { party } = await this.credentials.find(id);
    if (party === null) return this.credentials.revoke(id);
    return this.#turns.take(party, async () => {
      const now = this.clock.now();
      const left = (await this.#negotiatorsOf(party)).filter((one) => isActive(one, now));
      const isLast = left.length === 1 && left[0]?.id === id;
      return isLast ? this.credentials.askRevocation(id, this.#inSevenDays()) : this.credentials.revoke(id);
    });
  }

  /** What an operator asked for: a key of the party, or the revocation of its last negotiator. */
  async approve(id: string, { id: principalId, party }: Principal): Promise<CredentialView> {
    const credential = await this.credentials.find(id);
    if (credential.party === null || credential.party !== party) {
      throw noSuchKey(id);
    }
    const now = this.clock.now();
    const isOpen = (until: string | undefined) => until !== undefined && Date.parse(until) > now;
    if (credential.approvedBy === undefined && isOpen(credential.awaitsUntil))
      return this.credentials.approve(id, principalId);
    if (credential.revokedAt === null && isOpen(credential.revocationUntil))
      return this.credentials.revoke(id, principalId);
    throw new Problem(platformProblems.NOTHING_TO_APPROVE, {
      detail: `Nothing of the key ${id} waits for a negotiator of ${party}.`,
    });
  }

  /** An operator sees all keys; a party its own and those of the secretariats of its dialogues, and of others nothing. */
  async listFor({ party }: Principal, sight: Sight, present: Streams): Promise<readonly CredentialView[]> {
    const all = await this.credentials.listIn(present);
    if (party === null || sight === 'all') return all;
    return all.flatMap((one) => {
      if (one.party === party) return [one];
      if (!one.roles.includes('secretariat')) return [];
      if (one.dialogues === undefined) return [one];
      const dialogues = one.dialogues.filter((id) => sight.includes(id));
      return dialogues.length === 0 ? [] : [{ ...one, dialogues }];
    });
  }

  /** Whoever is given a dialogue that is not there was meant to be given another one. */
  async #refuseUnknown(dialogues: readonly string[]): Promise<void> {
    const errors: { readonly pointer: string; readonly detail: string }[] = [];
    // The field has the name of the entries that it names.
    const { name } = this.streams.registry.part('dialogue');
    for (const [at, id] of dialogues.entries()) {
      if (errors.length === faultsMax) break;
      if ((await this.streams.dialogue(id)) === undefined)
        errors.push({ pointer: `/${name}/${at}`, detail: `There is no dialogue ${id}.` });
    }
    const [first] = errors;
    if (first === undefined) return;
    const others = errors.length === 1 ? '' : ' Nor are there others that are named.';
    throw new Problem(platformProblems.VALIDATION_FAILED, { detail: `${first.detail}${others}`, errors });
  }

  async #hasHadNegotiator(party: string): Promise<boolean> {
    return (await this.#negotiatorsOf(party)).some(wasGood) || this.hasJoined(party);
  }

  async #negotiatorsOf(party: string): Promise<readonly CredentialView[]> {
    return (await this.credentials.list()).filter((one) => isOfNegotiator(one, party));
  }

  #inSevenDays(): string {
    return new Date(this.clock.now() + pendingMs).toISOString();
  }
}
