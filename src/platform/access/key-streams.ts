import { OutcomeUnknown } from '#libs/event-store';
import type { Appended, EventStore, Expected, JsonObject, Recorded } from '#libs/event-store';
import { credentialPrefix } from './all-credentials.js';
import { appendTo } from '../record/appending.js';
import { eventBeside, heldIn } from '../record/beside.js';
import type { Clock } from '../record/clock.js';
import { folded } from './credential.js';
import type { Credential, CredentialEvent } from './credential.js';
import type { Ids } from '../record/ids.js';
import type { Known } from './keys-unasked.js';

interface Found extends Known {
  readonly at: number;
}

/** The streams of single keys, and what was last read or done of each. */
export class KeyStreams {
  readonly #found = new Map<string, Found>();

  constructor(
    private readonly store: EventStore,
    private readonly ids: Ids,
    private readonly clock: Clock,
  ) {}

  found(id: string): Found | undefined {
    return this.#found.get(id);
  }

  async read(id: string): Promise<Credential | undefined> {
    const at = this.clock.elapsed();
    return this.learn(id, await this.events(id), at);
  }

  /** What was read or done of the key at that time is trusted for a while. */
  learn(id: string, events: readonly CredentialEvent[], at: number): Credential | undefined {
    const credential = folded(id, events);
    if (credential === undefined) this.#found.delete(id);
    else if ((this.#found.get(id)?.events ?? 0) <= events.length)
      this.#found.set(id, { at, events: events.length, credential });
    return credential;
  }

  async events(id: string): Promise<readonly Recorded[]> {
    return Array.fromAsync(heldIn(this.store, `${credentialPrefix}${id}`));
  }

  append(id: string, type: string, data: JsonObject, expected: Expected): Promise<Appended> {
    return appendTo(this.store, `${credentialPrefix}${id}`, [eventBeside(this.ids, type, data)], expected);
  }

  /** A change that is made stands: who is told of it is not told otherwise because the store can't be read again. */
  async changed(
    id: string,
    before: readonly CredentialEvent[],
    change: Pick<CredentialEvent, 'type' | 'data'>,
    { recordedAt, revision }: Appended,
  ): Promise<Credential> {
    const stream = `${credentialPrefix}${id}`;
    const at = this.clock.elapsed();
    const events =
      recordedAt === undefined
        ? await this.events(id).catch(notShown)
        : [...before, { stream, ...change, recordedAt }];
    const credential = events.length > Number(revision) ? this.learn(id, events, at) : undefined;
    return credential ?? notShown();
  }
}

function notShown(cause?: unknown): never {
  throw new OutcomeUnknown('The key is changed, and the store does not show it now.', { cause });
}
