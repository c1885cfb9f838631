import { choice, line, list, optional, party, shape } from '#libs/decider';
import type { EventStore, JsonObject, Recorded } from '#libs/event-store';
import { appendTo } from '../record/appending.js';
import { eventBeside, heldIn } from '../record/beside.js';
import type { Ids } from '../record/ids.js';
import { roles } from '../record/principal.js';
import type { Role } from '../record/principal.js';
import { shapeCheck } from '../record/stored-shape.js';

/** Of one person each, outside the record: who is signed in to the pages, and how that ended. */
export const signInPrefix = 'sign-ins-';

/** Why sign-ins ended before their time. */
export type Ending = 'signed-out' | 'withdrawn-by-issuer';

/** A sign-in as it is stored: without a name, for events are for ever. */
export type SignIn = {
  readonly id: string;
  readonly issuer: string;
  readonly party: string | null;
  readonly roles: readonly Role[];
  readonly at: string;
  readonly until: string;
  /** Stands for the session at the issuer, where it has named one. */
  readonly sessionHash?: string;
};

/** Each event says which sign-ins are open after it, so that the last one tells all. */
interface Open {
  readonly revision: bigint | undefined;
  readonly open: readonly SignIn[];
}

const openShape = shapeCheck(
  {
    open: list(
      shape({
        id: line(),
        issuer: line(),
        party: optional(party),
        roles: list(choice(...roles), 0),
        at: line(),
        until: line(),
        sessionHash: optional(line()),
      }),
      0,
    ),
  },
  { mayLack: false },
);

/** What can't be read opens nothing. */
export function openIn(data: JsonObject): readonly SignIn[] {
  const { open } = data;
  if (!Array.isArray(open)) return [];
  const bare = open.map((one: unknown) => {
    const { party: of, ...others } = (one ?? {}) as { readonly party?: unknown };
    return of === null ? others : { ...others, party: of };
  });
  return openShape({ open: bare }) === undefined ? (open as readonly SignIn[]) : [];
}

/** The streams of the people who sign in. */
export class SignInStreams {
  constructor(
    private readonly store: EventStore,
    private readonly ids: Ids,
  ) {}

  async read(principalId: string): Promise<Open> {
    const asked = { backwards: true, limit: 1 };
    const [last]: Recorded[] = await Array.fromAsync(heldIn(this.store, streamOf(principalId), asked));
    return { revision: last?.revision, open: last === undefined ? [] : openIn(last.data) };
  }

  async append(
    principalId: string,
    { revision }: Open,
    type: 'SignedIn' | 'SignInsEnded',
    data: JsonObject & { readonly open: readonly SignIn[] },
  ): Promise<void> {
    await appendTo(
      this.store,
      streamOf(principalId),
      [eventBeside(this.ids, type, data)],
      revision ?? 'no_stream',
    );
  }
}

export function streamOf(principalId: string): string {
  return `${signInPrefix}${principalId}`;
}
