import type { Projections } from '#libs/projections';
import { credentialPrefix, credentialsIn } from './all-credentials.js';
import { isActive, principalOf } from './credential.js';
import type { Clock } from '../record/clock.js';
import type { Principal } from '../record/principal.js';
import { RealTimer } from '../record/timer.js';

/** For how long keys are known that were read: whoever revokes one is obeyed within a second. */
const knownMs = 500;

/** Principals for what acts without a request of theirs: by id, for as long as a key of theirs opens anything. */
export class KeyPrincipals {
  readonly #timer = new RealTimer();
  #known: { readonly at: number; readonly byId: ReadonlyMap<string, Principal> } | undefined;

  constructor(
    private readonly projections: Pick<Projections, 'beside'>,
    private readonly clock: Clock,
  ) {}

  /** By its newest key that opens anything; undefined where none does. */
  of(id: string): Principal | undefined {
    const at = this.#timer.now();
    const known = this.#known;
    // A key that was made since is not among them.
    if (known === undefined || at - known.at >= knownMs || !known.byId.has(id))
      this.#known = { at, byId: this.#now() };
    return this.#known?.byId.get(id);
  }

  #now(): ReadonlyMap<string, Principal> {
    const now = this.clock.now();
    const all = credentialsIn(this.projections.beside.under(credentialPrefix));
    const active = all.filter((one) => isActive(one, now));
    return new Map(active.map((one) => [one.principalId, principalOf(one)]));
  }
}
