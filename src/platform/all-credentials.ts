import type { EventStore, Recorded } from '#libs/event-store';
import { folded, viewOf } from './credential.js';
import type { CredentialView } from './credential.js';

export const credentialPrefix = 'credential-';

/** Every key that can be read, in the order in which they were made. */
export async function allCredentials(store: EventStore): Promise<readonly CredentialView[]> {
  const byStream = new Map<string, Recorded[]>();
  const filter = { streamPrefixes: [credentialPrefix] };
  let after: Recorded['position'] | undefined;
  for (let more = true; more;) {
    more = false;
    for await (const message of store.readAll({
      ...(after === undefined ? {} : { after }),
      filter,
      limit: 500,
    })) {
      if (message.kind === 'caughtUp') continue;
      after = message.kind === 'event' ? message.event.position : message.position;
      if (message.kind !== 'event') continue;
      more = true;
      const { stream } = message.event;
      byStream.set(stream, [...(byStream.get(stream) ?? []), message.event]);
    }
  }
  return [...byStream].flatMap(([stream, events]) => {
    const credential = folded(stream.slice(credentialPrefix.length), events);
    return credential === undefined ? [] : [viewOf(credential)];
  });
}
