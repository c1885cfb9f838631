/** Whoever shows the key has its secret; until a negotiator of its party has approved it, it opens nothing. */
export class KeyAwaits extends Error {
  override readonly name = 'KeyAwaits';

  constructor(party: string | null, until: string) {
    super(
      `The key opens nothing until a negotiator of ${party ?? 'its party'} approves it, by ${until}: ask one of them.`,
    );
  }
}
