import type { EventStore, JsonObject } from '#libs/event-store';
import { retrying } from '../record/appending.js';
import type { Clock } from '../record/clock.js';
import type { Ids } from '../record/ids.js';
import type { Principal } from '../record/principal.js';
import { refuseAnother } from './same-principal.js';
import { KeyStreams } from './key-streams.js';
import { KeysUnasked } from './keys-unasked.js';
import type { Unasked } from './keys-unasked.js';
import type { Removals } from '../record/removals.js';
import type { Streams } from '../record/streams.js';
import { unlessAway } from '../record/unless-away.js';
import { awaitedUntil, hashOf, isActive, principalOf, sameHash, viewOf } from './credential.js';
import type { Credential, CredentialView, Issued, NewCredential } from './credential.js';
import { allCredentials } from './all-credentials.js';
import type { Maker } from './stored-key.js';
import { KeyAwaits } from './key-awaits.js';
import { keyOf, partsOf } from './key-form.js';
import { noSuchKey } from './no-such-key.js';

/** How long a key that was found good is trusted before its stream is read again: a revocation holds within it. */
const trustedMs = 500;
/** How often a change of a key is tried again because somebody else changed it in between. */
const changesMax = 10;

/** A key as it is known, and for how long the store has been silent where it could not be asked. */
interface Trusted {
  readonly credential: Credential | undefined;
  readonly unaskedForMs?: number;
}

/**
 * API keys: 256 random bits, shown once, kept as a hash in a stream of their own outside the record, so that every
 * server on the store knows them and their revocation.
 */
export class Credentials {
  readonly #streams: KeyStreams;
  readonly #unasked: KeysUnasked | undefined;

  /** Without `unasked` where the store is in our own hands, and never away. */
  constructor(
    private readonly store: EventStore,
    private readonly ids: Ids,
    private readonly clock: Clock,
    unasked?: Unasked,
    /** Told of each revocation, so that no backup brings a key back. */
    private readonly removals?: Pick<Removals, 'addRevoked'>,
  ) {
    this.#streams = new KeyStreams(store, ids, clock);
    this.#unasked = unasked && new KeysUnasked(unasked);
  }

  /** The key is in the answer and nowhere else; it can't be shown again. */
  async issue(
    wanted: NewCredential,
    madeBy: Maker,
  ): Promise<{ readonly key: string; readonly credential: CredentialView }> {
    if (wanted.principalId !== undefined) refuseAnother(wanted, await this.list());
    const id = this.ids.next();
    const secret = this.ids.secret();
    const issued: Issued = {
      principalId: wanted.principalId ?? this.ids.next(),
      name: wanted.name,
      party: wanted.party,
      roles: wanted.roles,
      ...(wanted.dialogues === undefined ? {} : { dialogues: wanted.dialogues }),
      secretHash: hashOf(secret),
      issuedAt: this.clock.iso(),
      madeBy,
      expiresAt: new Date(this.clock.now() + wanted.days * 86_400_000).toISOString(),
      ...(wanted.awaitsUntil === undefined ? {} : { awaitsUntil: wanted.awaitsUntil }),
    };
    await this.#streams.append(id, 'CredentialIssued', issued, 'no_stream');
    const { secretHash: _, ...view } = issued;
    return {
      key: keyOf(id, secret),
      credential: { id, ...view, revokedAt: null },
    };
  }

  /** Revoking what is revoked changes nothing. */
  async revoke(id: string, approvedBy?: string): Promise<CredentialView> {
    const by = approvedBy === undefined ? {} : { approvedBy };
    const revoked = await this.#change(
      id,
      'CredentialRevoked',
      { revokedAt: this.clock.iso(), ...by },
      ({ revokedAt }) => revokedAt === null,
    );
    this.removals?.addRevoked(id);
    return revoked;
  }

  /** From here on the key opens what it is for. */
  async approve(id: string, approvedBy: string): Promise<CredentialView> {
    return this.#change(id, 'CredentialApproved', { approvedBy }, (one) => one.approvedBy === undefined);
  }

  /** The key goes on to work until a negotiator of its party approves. */
  async askRevocation(id: string, until: string): Promise<CredentialView> {
    return this.#change(
      id,
      'CredentialRevocationRequested',
      { until },
      (one) => one.revocationUntil !== until,
    );
  }

  /** From here on the key sees the dialogue too; one that sees all does already. */
  async grant(id: string, dialogueId: string): Promise<CredentialView> {
    return this.#change(
      id,
      'CredentialDialogueGranted',
      { dialogueId },
      ({ dialogues }) => dialogues?.includes(dialogueId) === false,
    );
  }

  async withdraw(id: string, dialogueId: string): Promise<CredentialView> {
    return this.#change(
      id,
      'CredentialDialogueWithdrawn',
      { dialogueId },
      ({ dialogues }) => dialogues?.includes(dialogueId) === true,
    );
  }

  /** Throws the problem 404 where there is no such key. */
  async find(id: string): Promise<CredentialView> {
    const credential = await this.#streams.read(id);
    if (credential === undefined) throw noSuchKey(id);
    return viewOf(credential);
  }

  async #change(
    id: string,
    type: string,
    data: JsonObject,
    isWanted: (credential: CredentialView) => boolean,
  ): Promise<CredentialView> {
    // Somebody else may change it in between: what was asked for may be done then.
    return retrying(async () => {
      const at = this.clock.elapsed();
      const events = await this.#streams.events(id);
      const credential = this.#streams.learn(id, events, at);
      if (credential === undefined) throw noSuchKey(id);
      if (!isWanted(credential)) return viewOf(credential);
      const appended = await this.#streams.append(id, type, data, BigInt(events.length - 1));
      return viewOf(await this.#streams.changed(id, events, { type, data }, appended));
    }, changesMax);
  }

  /** As the store has them: for who decides something by it. */
  list(): Promise<readonly CredentialView[]> {
    return allCredentials(this.store);
  }

  /** For who only reads, as old as the rest of what is read. */
  async listIn(present: Streams): Promise<readonly CredentialView[]> {
    const unasked = this.#unasked;
    if (unasked === undefined) return this.list();
    return present.orKept(
      () => this.list(),
      () => unasked.list(),
    );
  }

  /**
   * The principal of a key; undefined for one that is unknown, expired or revoked, without saying which. Throws `KeyAwaits`
   * where it waits for approval: whoever has its secret knows that it exists, and anybody else learns nothing of it.
   */
  async authenticate(key: string): Promise<Principal | undefined> {
    const { id, secret } = partsOf(key) ?? {};
    if (id === undefined || secret === undefined) return undefined;
    const trusted = await this.#trusted(id);
    const { credential } = trusted;
    if (credential === undefined || !sameHash(credential.secretHash, hashOf(secret))) return undefined;
    const until = awaitedUntil(credential, this.clock.now());
    if (until !== undefined) throw new KeyAwaits(credential.party, until);
    return this.#principal(trusted);
  }

  /** The same of a key that was read of late, at once; undefined where it has to be read, or opens nothing. */
  known(key: string): Principal | undefined {
    const { id, secret } = partsOf(key) ?? {};
    const found = id === undefined ? undefined : this.#foundOfLate(id);
    const credential = found?.credential;
    if (credential === undefined || secret === undefined) return undefined;
    const opens = sameHash(credential.secretHash, hashOf(secret)) && isActive(credential, this.clock.now());
    return opens ? principalOf(credential) : undefined;
  }

  /** The same of a key that was shown before, by its id; whoever asks has to know that it was. */
  async shownBefore(id: string): Promise<Principal | undefined> {
    return this.#principal(await this.#trusted(id));
  }

  #principal({ credential, unaskedForMs }: Trusted): Principal | undefined {
    if (credential === undefined || !isActive(credential, this.clock.now())) return undefined;
    if (unaskedForMs !== undefined) this.#unasked?.refuseOverdue(unaskedForMs);
    return principalOf(credential);
  }

  #foundOfLate(id: string) {
    const found = this.#streams.found(id);
    return found !== undefined && this.clock.elapsed() - found.at < trustedMs ? found : undefined;
  }

  async #trusted(id: string): Promise<Trusted> {
    const trusted = this.#foundOfLate(id);
    if (trusted !== undefined) return trusted;
    const found = this.#streams.found(id);
    const unasked = this.#unasked;
    if (unasked === undefined) return { credential: await this.#streams.read(id) };
    const { contact } = unasked;
    const credential = contact.knownAway ? 'away' : await unlessAway(this.#streams.read(id));
    if (credential !== 'away') return { credential };
    return { credential: unasked.of(id, found), unaskedForMs: contact.lost() };
  }
}
