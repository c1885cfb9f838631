import type { EventStore } from '#libs/event-store';
import { folded, viewOf } from './credential.js';
import type { CredentialEvent, CredentialView } from './credential.js';
import { everyEvent } from '../record/every-event.js';

export const credentialPrefix = 'credential-';

/** Every key that can be read, in the order in which they were made. */
export async function allCredentials(store: EventStore): Promise<readonly CredentialView[]> {
  return credentialsIn(await Array.fromAsync(everyEvent(store, { streamPrefixes: [credentialPrefix] })));
}

/** Without those of which something can't be read: they open nothing. */
export async function readableCredentials(store: EventStore): Promise<readonly CredentialView[]> {
  const unread = new Set<string>();
  const damaged = ({ stream }: { readonly stream: string }) => unread.add(stream);
  const filter = { streamPrefixes: [credentialPrefix] };
  const events = await Array.fromAsync(everyEvent(store, filter, undefined, { damaged }));
  return credentialsIn(events.filter(({ stream }) => !unread.has(stream)));
}

/** The keys that these events, in the order of the store, make. */
export function credentialsIn(events: readonly CredentialEvent[]): readonly CredentialView[] {
  const byStream = Map.groupBy(events, ({ stream }) => stream);
  return [...byStream].flatMap(([stream, events]) => {
    const credential = folded(stream.slice(credentialPrefix.length), events);
    return credential === undefined ? [] : [viewOf(credential)];
  });
}
