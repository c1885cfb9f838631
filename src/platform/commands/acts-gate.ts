/** Thrown where the keys of a dialogue have changed since an act was judged: it is judged anew. */
export class KeysChanged extends Error {}

/** How the dialogue was read by which an act was judged. */
export interface JudgedBy {
  /** The last revision of the dialogue's own stream, as it was read. */
  readonly revision: number;
  /** The version of its keys before it was read, where that is known. */
  readonly version?: number | undefined;
}

interface Room {
  /** Acts that are being appended. */
  readonly inside: Set<Promise<unknown>>;
  changing: Promise<unknown> | undefined;
  /** The revision that the last change of keys may have; -1 where there was none. */
  changedAt: number;
  version: number;
}

/**
 * Whether an act has to be signed, and by which keys, stands in the stream of its dialogue, and the act goes into another:
 * so no change of keys lands between the judging of an act and its append. Acts pass together; a change of keys waits
 * until those under way are recorded, and the next ones wait for it. It holds within one process: on a cluster of several
 * servers a change made through another one may still come in between.
 */
export class ActsGate {
  readonly #rooms = new Map<string, Room>();

  /** How often the keys of the dialogue have changed here. */
  version(dialogueId: string): number {
    return this.#rooms.get(dialogueId)?.version ?? 0;
  }

  async act<T>(dialogueId: string, judgedBy: JudgedBy, append: () => Promise<T>): Promise<T> {
    const room = this.#room(dialogueId);
    while (room.changing !== undefined) await room.changing;
    const { revision, version } = judgedBy;
    const isCurrent = version === undefined ? revision >= room.changedAt : version === room.version;
    if (!isCurrent) throw new KeysChanged();
    const appending = append();
    room.inside.add(appending);
    try {
      return await appending;
    } finally {
      room.inside.delete(appending);
      this.#leave(dialogueId, room);
    }
  }

  /** The change will have the revision in the dialogue's own stream. */
  async change<T>(dialogueId: string, revision: number, append: () => Promise<T>): Promise<T> {
    const room = this.#room(dialogueId);
    while (room.changing !== undefined) await room.changing;
    const { promise, resolve } = Promise.withResolvers<undefined>();
    room.changing = promise;
    try {
      await Promise.allSettled(room.inside);
      // Also where nobody knows whether it was stored: then acts are judged anew, by what is there.
      room.changedAt = revision;
      room.version += 1;
      return await append();
    } finally {
      room.changing = undefined;
      resolve(undefined);
    }
  }

  #room(dialogueId: string): Room {
    const room = this.#rooms.get(dialogueId) ?? {
      inside: new Set(),
      changing: undefined,
      changedAt: -1,
      version: 0,
    };
    this.#rooms.set(dialogueId, room);
    return room;
  }

  /** What was never changed need not be remembered. */
  #leave(dialogueId: string, room: Room): void {
    if (room.inside.size === 0 && room.changing === undefined && room.version === 0)
      this.#rooms.delete(dialogueId);
  }
}
