/** A linear congruential generator: enough to draw from a list, and the same on every machine. */
export function drawsFrom<T>(items: readonly T[], seed: number): () => T {
  let state = seed % 2_147_483_647 || 1;
  return () => {
    state = (state * 48_271) % 2_147_483_647;
    const item = items[state % items.length];
    if (item === undefined) throw new RangeError('There is nothing to draw from.');
    return item;
  };
}
