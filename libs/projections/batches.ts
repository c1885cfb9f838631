export interface BatchLimits {
  /** Asked anew for each batch. */
  readonly size: number;
  readonly delayMs: number;
}

/**
 * Gathers what is there at once: a batch ends when a turn of the event loop brings nothing more, so that a lone event
 * does not wait. The size and the delay bound a batch that would otherwise go on growing.
 * Whoever leaves early must end the source itself: one read ahead is always under way.
 */
export async function* batches<T>(
  source: AsyncIterable<T>,
  limits: BatchLimits,
): AsyncGenerator<T[], void, undefined> {
  const iterator = source[Symbol.asyncIterator]();
  const turn = turns();
  let next = readAhead(iterator);
  for (;;) {
    const first = await next;
    if (first.done) return;
    const batch = [first.value];
    const closesAt = performance.now() + limits.delayMs;
    next = readAhead(iterator);
    while (batch.length < limits.size && performance.now() < closesAt) {
      const more = await Promise.race([next, turn()]);
      if (more === undefined || more.done) break;
      batch.push(more.value);
      next = readAhead(iterator);
    }
    yield batch;
  }
}

/** A failure shows when the batch after it is asked for; until then it must not count as unhandled. */
function readAhead<T>(iterator: AsyncIterator<T>): Promise<IteratorResult<T, unknown>> {
  const next = iterator.next();
  next.catch(() => {});
  return next;
}

/** Resolves at the end of the running turn; all who ask within one turn share one timer. */
function turns(): () => Promise<undefined> {
  let running: Promise<undefined> | undefined;
  return () =>
    (running ??= new Promise((resolve) => {
      setImmediate(() => {
        running = undefined;
        resolve(undefined);
      });
    }));
}
