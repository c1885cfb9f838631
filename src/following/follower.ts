/** What of a principal's following may be read by a secret address: the digest as Atom, what is due as iCalendar. */
export const feedKinds = ['digest', 'calendar'] as const;
export type FeedKind = (typeof feedKinds)[number];

/** What is watched: a matter, a whole dialogue, or what one party says wherever the principal sees it. */
export type Watched =
  | { readonly kind: 'irritant'; readonly irritantId: string; readonly dialogueId: string }
  | { readonly kind: 'dialogue'; readonly dialogueId: string }
  | { readonly kind: 'party'; readonly party: string };

export type Watch = Watched & {
  readonly id: string;
  readonly begunAt: string;
  /** The last event before it began; null where nothing was recorded yet. */
  readonly after: string | null;
};

/** A secret address, of which only the hash is kept. */
export interface Address {
  /** The life of the store in which it was made: one that was withdrawn since comes back with no older copy of the store. */
  readonly epoch: string;
  readonly secretHash: string;
  readonly madeAt: string;
}

/** What a principal follows. */
export interface Following {
  readonly watches: readonly Watch[];
  readonly addresses: { readonly [kind in FeedKind]?: Address };
}

export const nothing: Following = { watches: [], addresses: {} };

/** How many a principal may have at once. */
export const watchesMax = 100;

function nameOf(watched: Watched): string {
  if (watched.kind === 'party') return `party ${watched.party}`;
  return watched.kind === 'irritant' ? `irritant ${watched.irritantId}` : `dialogue ${watched.dialogueId}`;
}

/** The watch on the same; undefined where there is none. */
export function sameAs({ watches }: Following, watched: Watched): Watch | undefined {
  return watches.find((one) => nameOf(one) === nameOf(watched));
}
