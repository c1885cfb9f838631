import { StreamNotFound } from '#libs/event-store';
import type { EventStore, NewEvent } from '#libs/event-store';
import type { Around, PolicyHandler } from '#libs/projections';
import { kindOf, spanned } from '#libs/tracing';
import type { Span, Tracing } from '#libs/tracing';
import { withMethods } from './with-methods.js';

/** How many spans one step of a read model names. */
const linksMax = 32;

/** What holds the truth, as OpenTelemetry names it (`db.system.name`). */
export function systemOf({
  storeUrl,
  directory,
}: {
  readonly storeUrl?: string | undefined;
  readonly directory?: string | undefined;
}): string {
  if (storeUrl !== undefined) return 'eventstoredb';
  return directory === undefined ? 'memory' : 'sqlite';
}

/** Of which kind a stream is: what comes before its id. */
const kindOfStream = (stream: string): string => stream.split('-', 1)[0] ?? '';

/**
 * A span for each append and each read of the store, where these belong to another span: the leases, looks and catching up
 * of a server would bury what somebody asked for. Who recorded an event is kept for what follows from it. Without tracing
 * it is the store itself.
 */
export function tracedStore(store: EventStore, tracing: Tracing | undefined, system: string): EventStore {
  if (tracing === undefined) return store;
  const begin = (operation: string, target: string) =>
    tracing.begin(`${operation} ${target}`, {
      kind: 'client',
      attributes: { 'db.system.name': system, 'db.operation.name': operation, 'db.collection.name': target },
    });
  return withMethods(store, {
    append(stream, events, options) {
      if (tracing.current === undefined) return store.append(stream, events, options);
      return ended(begin('append', kindOfStream(stream)), async (span) => {
        span.say({ 'entente.event.types': typesOf(events), 'entente.events': events.length });
        const appended = await store.append(stream, events, options);
        tracing.causes.keep(
          events.map(({ id }) => id),
          span.place,
        );
        return appended;
      });
    },
    readStream(stream, options) {
      const read = store.readStream(stream, options);
      return tracing.current === undefined ? read : readIn(() => begin('read', kindOfStream(stream)), read);
    },
    readAll(options) {
      const read = store.readAll(options);
      return tracing.current === undefined ? read : readIn(() => begin('read', 'all'), read);
    },
  });
}

/** Types are ours, and each once. */
function typesOf(events: readonly NewEvent[]): readonly string[] {
  return [...new Set(events.map(({ type }) => type))];
}

async function ended<T>(span: Span, work: (span: Span) => Promise<T>): Promise<T> {
  try {
    return await work(span);
  } catch (error) {
    span.failed(kindOf(error));
    throw error;
  } finally {
    span.end();
  }
}

/** From the first event that is asked for to the last, or to where whoever reads has enough. */
async function* readIn<T>(begin: () => Span, read: AsyncIterable<T>): AsyncGenerator<T, void, undefined> {
  const span = begin();
  let count = 0;
  try {
    for await (const one of read) {
      count += 1;
      yield one;
    }
  } catch (error) {
    // Whoever looks whether there is such a stream is not failed by the answer.
    if (!(error instanceof StreamNotFound)) span.failed(kindOf(error));
    throw error;
  } finally {
    span.say({ 'entente.events': count });
    span.end();
  }
}

/**
 * A span for what follows from an event, in the trace of the act that recorded it. What was recorded before this start, or
 * by another server, is in no trace here: the record says nothing of traces.
 */
export function tracedPolicy(policy: PolicyHandler, tracing: Tracing | undefined): PolicyHandler {
  if (tracing === undefined) return policy;
  return {
    name: policy.name,
    handle(sequenced, record) {
      const { id, type } = sequenced.event;
      const parent = tracing.causes.of(id);
      if (parent === undefined) return policy.handle(sequenced, record);
      const attributes = { 'entente.event.types': [type] };
      return spanned(tracing, policy.name, { kind: 'consumer', parent, attributes }, () =>
        policy.handle(sequenced, record),
      );
    },
  };
}

/** A span for each step of a read model that is of events whose act is known: part of the first one's trace. */
export function tracedSteps(tracing: Tracing | undefined): Around | undefined {
  if (tracing === undefined) return undefined;
  return (step, work) => {
    const { projection, eventIds } = step();
    const [parent, ...links] = tracing.causes.ofAll(eventIds, linksMax);
    if (parent === undefined) return work();
    const attributes = { 'entente.events': eventIds.length };
    const span = tracing.begin(`project ${projection}`, { kind: 'consumer', parent, links, attributes });
    try {
      return tracing.within(span, work);
    } catch (error) {
      span.failed(kindOf(error));
      throw error;
    } finally {
      span.end();
    }
  };
}
