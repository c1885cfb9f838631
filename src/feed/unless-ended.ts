/** What was waited for; undefined where an end was made of the waiting before. */
export async function unlessEnded<T>(signal: AbortSignal, wait: () => Promise<T>): Promise<T | undefined> {
  if (signal.aborted) return undefined;
  const { promise: left, resolve: leave } = Promise.withResolvers<undefined>();
  const end = () => leave(undefined);
  signal.addEventListener('abort', end, { once: true });
  try {
    const waited = await Promise.race([wait(), left]);
    return signal.aborted ? undefined : waited;
  } finally {
    signal.removeEventListener('abort', end);
  }
}
