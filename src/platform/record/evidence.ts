/** The kinds of source that carry a party's word. */
const carriers: readonly string[] = ['note', 'statement', 'joint-text'];

/** What of a source decides whose word it carries. */
export interface Evidence {
  readonly dialogueId: string;
  readonly kind: string;
  readonly issuers: readonly string[];
  /** The party whose people registered it; null where a secretariat did. */
  readonly registrar: string | null;
  /** The parties that have said that it is not theirs. */
  readonly barredBy: readonly string[];
}

/** Of a dialogue, what decides who records in whose name. */
export interface Voices {
  /** The parties that have joined and speak for themselves. */
  readonly joined: readonly string[];
  /** Whether a secretariat opened the dialogue or recorded in it. */
  readonly hasSecretariat: boolean;
}

/** Of a dialogue, what the rules of the platform read. */
export interface Talks extends Voices {
  readonly dialogueId: string;
  readonly parties: readonly string[];
  readonly synthetic?: boolean;
  /** The keys that parties have registered and not revoked. */
  readonly keys?: readonly SigningKey[];
  /** The parties whose own acts are taken only signed. */
  readonly signing?: readonly string[];
}

/** A key by which a party, or its witness, signs. */
export interface SigningKey {
  readonly party: string;
  readonly purpose: string;
  readonly thumbprint: string;
  /** The public key in base64url. */
  readonly x: string;
}

/** Whether the source carries the word of the party, as long as that party does not say that it is not its own. */
export function carriesWordOf(
  party: string,
  { kind, issuers, registrar }: Evidence,
  { joined, hasSecretariat }: Voices,
): boolean {
  const keeper = !hasSecretariat && joined.length === 1 ? joined[0] : undefined;
  const byWhomItMay = [null, party, ...(keeper === undefined ? [] : [keeper])];
  return carriers.includes(kind) && issuers.includes(party) && byWhomItMay.includes(registrar);
}
