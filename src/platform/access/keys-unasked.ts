import { Problem } from '#libs/problem-details';
import type { Projections } from '#libs/projections';
import { credentialPrefix, credentialsIn } from './all-credentials.js';
import { folded } from './credential.js';
import type { Credential, CredentialView } from './credential.js';
import { platformProblems } from '../problems/platform.problems.js';
import type { StoreContact } from '../record/store-contact.js';

/** How long a key is taken unasked, unless told. */
const unaskedUnlessToldMs = 300_000;

export interface Unasked {
  readonly contact: StoreContact;
  readonly projections: Pick<Projections, 'beside' | 'status'>;
  readonly unaskedMs?: number | undefined;
}

/** A key as it was last known, and by how many events. */
export interface Known {
  readonly events: number;
  readonly credential: Credential | undefined;
}

/**
 * Keys while the store can't be asked: the read models keep what makes and ends them. What they refuse is refused for
 * good, since nothing brings a key back; what they hold good is taken for a stated time, since it may have been revoked.
 */
export class KeysUnasked {
  constructor(private readonly parts: Unasked) {}

  get contact(): StoreContact {
    return this.parts.contact;
  }

  /** What this server itself has read or done of late may not be in the read models yet. */
  of(id: string, found: Known | undefined): Credential | undefined {
    const stream = `${credentialPrefix}${id}`;
    const kept = this.parts.projections.beside.under(stream).filter((one) => one.stream === stream);
    if (found !== undefined && found.events >= kept.length) return found.credential;
    if (kept.length > 0) return folded(id, kept);
    // Whoever has not read to the end of the store does not know which keys there are.
    if (this.parts.projections.status()[0]?.serves === true) return undefined;
    throw unanswered('The event store can’t be asked for this key now.');
  }

  list(): readonly CredentialView[] {
    return credentialsIn(this.parts.projections.beside.under(credentialPrefix));
  }

  refuseOverdue(silentMs: number): void {
    refuseOverdue(this.parts, silentMs);
  }
}

/** Throws the problem 503 once the store has been silent for longer than a key is taken without it. */
export function refuseOverdue(
  { unaskedMs = unaskedUnlessToldMs }: Pick<Unasked, 'unaskedMs'>,
  silentMs: number,
): void {
  if (silentMs <= unaskedMs) return;
  throw unanswered(
    `The event store has been silent for longer than the ${unaskedMs / 1_000} seconds for which a key is taken without it: nobody knows whether this one was revoked since.`,
  );
}

export function unanswered(detail: string): Problem {
  return new Problem(platformProblems.STORE_UNAVAILABLE, { detail, headers: { 'Retry-After': '1' } });
}
