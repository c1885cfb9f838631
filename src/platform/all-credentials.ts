import type { EventStore, Recorded } from '#libs/event-store';
import { folded, viewOf } from './credential.js';
import type { CredentialView } from './credential.js';
import { everyEvent } from './every-event.js';

export const credentialPrefix = 'credential-';

/** Every key that can be read, in the order in which they were made. */
export async function allCredentials(store: EventStore): Promise<readonly CredentialView[]> {
  const byStream = new Map<string, Recorded[]>();
  for await (const event of everyEvent(store, { streamPrefixes: [credentialPrefix] })) {
    const { stream } = event;
    byStream.set(stream, [...(byStream.get(stream) ?? []), event]);
  }
  return [...byStream].flatMap(([stream, events]) => {
    const credential = folded(stream.slice(credentialPrefix.length), events);
    return credential === undefined ? [] : [viewOf(credential)];
  });
}
