import { hash, timingSafeEqual } from 'node:crypto';
import type { Recorded } from '#libs/event-store';
import type { Principal, Role } from '../record/principal.js';
import { issuedFault } from './stored-key.js';
import type { Maker } from './stored-key.js';

export type Issued = {
  readonly principalId: string;
  readonly name: string;
  readonly party: string | null;
  readonly roles: readonly Role[];
  readonly dialogues?: readonly string[];
  readonly secretHash: string;
  readonly issuedAt: string;
  readonly madeBy: Maker;
  readonly expiresAt: string;
  /** It opens nothing until a negotiator of its party has approved it, and never if none has by then. */
  readonly awaitsUntil?: string;
};

export interface CredentialView extends Omit<Issued, 'secretHash'> {
  readonly id: string;
  readonly revokedAt: string | null;
  /** The principal of the negotiator who approved the key, or its revocation. */
  readonly approvedBy?: string;
  /** Until when a negotiator of the party can approve the revocation that an operator asked for. */
  readonly revocationUntil?: string;
}

export interface Credential extends CredentialView {
  readonly secretHash: string;
}

/** An event of a key's stream, from the store or as the read models keep it. */
export type CredentialEvent = Pick<Recorded, 'stream' | 'type' | 'data' | 'recordedAt'>;

export interface NewCredential {
  readonly name: string;
  readonly party: string | null;
  readonly roles: readonly Role[];
  /** Of one without a party: the dialogues that it sees; absent where it sees all. */
  readonly dialogues?: readonly string[];
  readonly days: number;
  /** Pending until then; absent where it opens at once. */
  readonly awaitsUntil?: string;
  /** Another key for a principal that has one already, when keys are changed. */
  readonly principalId?: string;
}

/** What the events of its stream make of a key; undefined where it can't be read. */
export function folded(id: string, events: readonly CredentialEvent[]): Credential | undefined {
  const issued = events.find((one) => one.type === 'CredentialIssued')?.data;
  // A key that can't be read opens nothing, and a revocation of any shape revokes.
  if (issued === undefined || issuedFault(issued) !== undefined) return undefined;
  const last = (type: string) => events.findLast((one) => one.type === type);
  const revoked = last('CredentialRevoked');
  const approvedBy = revoked?.data['approvedBy'] ?? last('CredentialApproved')?.data['approvedBy'];
  const revocationUntil = last('CredentialRevocationRequested')?.data['until'];
  return {
    ...(issued as Issued),
    ...grantedBy(issued as Issued, events),
    id,
    revokedAt: revoked?.recordedAt ?? null,
    ...(typeof approvedBy === 'string' ? { approvedBy } : {}),
    ...(typeof revocationUntil === 'string' ? { revocationUntil } : {}),
  };
}

/** The dialogues of a key that sees those that were granted to it, after each that was granted or withdrawn since. */
function grantedBy(
  { dialogues }: Issued,
  events: readonly CredentialEvent[],
): { readonly dialogues?: readonly string[] } {
  if (dialogues === undefined) return {};
  const granted = new Set(dialogues);
  for (const {
    type,
    data: { dialogueId },
  } of events) {
    if (typeof dialogueId !== 'string') continue;
    if (type === 'CredentialDialogueGranted') granted.add(dialogueId);
    if (type === 'CredentialDialogueWithdrawn') granted.delete(dialogueId);
  }
  return { dialogues: [...granted] };
}

/** Whether the key is, or is to be, a negotiator's of that party. */
export function isOfNegotiator({ party: of, roles }: CredentialView, party: string | null): boolean {
  return of === party && roles.includes('negotiator');
}

/** Whether the key ever opened anything: nobody else's consent was missing. */
export function wasGood({ awaitsUntil, approvedBy }: CredentialView): boolean {
  return awaitsUntil === undefined || approvedBy !== undefined;
}

const principals = new WeakMap<CredentialView, Principal>();

/** Whose key it is, by what the key says of them; the same value for what was read once. */
export function principalOf(credential: CredentialView): Principal {
  const known = principals.get(credential) ?? principalIn(credential);
  principals.set(credential, known);
  return known;
}

function principalIn(credential: CredentialView): Principal {
  const { principalId, name, party, roles, dialogues, id, issuedAt, expiresAt } = credential;
  const granted = dialogues === undefined ? {} : { dialogues };
  return { id: principalId, name, party, roles, ...granted, key: { id, issuedAt, expiresAt } };
}

/** Whether the key opens anything at that instant. */
export function isActive(credential: CredentialView, now: number): boolean {
  return wasGood(credential) && credential.revokedAt === null && Date.parse(credential.expiresAt) > now;
}

/** Until when a negotiator of its party can still approve the key, which opens nothing before; undefined where it waits for nobody. */
export function awaitedUntil(credential: CredentialView, now: number): string | undefined {
  const { awaitsUntil, revokedAt } = credential;
  const isWaiting = !wasGood(credential) && revokedAt === null && Date.parse(awaitsUntil ?? '') > now;
  return isWaiting ? awaitsUntil : undefined;
}

export function viewOf({ secretHash: _, ...view }: Credential): CredentialView {
  return view;
}

/** Of a secret, so that what is kept opens nothing. */
export function hashOf(secret: string): string {
  return hash('sha256', secret, 'hex');
}

/** In a time that tells nothing of where they differ. */
export function sameHash(one: string, other: string): boolean {
  return timingSafeEqual(Buffer.from(one, 'hex'), Buffer.from(other, 'hex'));
}
