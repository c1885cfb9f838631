/**
 * Begins work on items as they come, on so many at once at the most, and gives what it came to in their order. What had
 * come before a failure of the items is given first. What needs no waiting is given at once.
 */
export async function* inOrder<T, R>(
  items: AsyncIterable<T>,
  begin: (item: T) => R | Promise<R>,
  most: number,
): AsyncGenerator<R> {
  const underWay: (R | Promise<R>)[] = [];
  let failure: { readonly error: unknown } | undefined;
  try {
    for await (const item of items) {
      const begun = begin(item);
      if (!(begun instanceof Promise) && underWay.length === 0) {
        yield begun;
        continue;
      }
      // It is awaited in its turn, or never, where the reader has left.
      if (begun instanceof Promise) begun.catch(() => undefined);
      underWay.push(begun);
      if (underWay.length < most) continue;
      yield (await underWay.shift()) as R;
    }
  } catch (error) {
    failure = { error };
  }
  for (const begun of underWay) yield await begun;
  if (failure !== undefined) throw failure.error;
}

/** The items, once what was begun with them is done. */
export async function* afterwards<T>(begun: Promise<void>, items: AsyncIterable<T>): AsyncGenerator<T> {
  begun.catch(() => undefined);
  for await (const item of items) {
    await begun;
    yield item;
  }
}
