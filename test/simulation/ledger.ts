import type { Principal } from '../../src/platform/record/principal.js';
import { acts } from '../support/desk.js';
import type { Desk, Document } from '../support/desk.js';

/** A command that was accepted and recorded something, as it was given. */
export interface Given {
  readonly who: Principal;
  readonly command: string;
  readonly id: string | null;
  readonly body: object;
  readonly path: object;
  /** The instant at which it was given. */
  readonly at: number;
  /** Its number on its desk, from which its ids are drawn. */
  readonly number: number;
  readonly stream: string;
  /** The event that the command declares, as whoever gave it knows it. */
  readonly type: string;
  readonly revision: number;
  /** The ids of the accounts that its answer showed. */
  readonly brought: readonly string[];
  /** When consequences were drawn after it, if they were before anything else was said. */
  settledAt: number | undefined;
}

/**
 * What the clients of a history keep for themselves: the acts that were accepted, in their own words. Nothing in here
 * is read back from the record.
 */
export class Ledger {
  readonly given: Given[] = [];

  constructor(private readonly desk: Desk) {}

  /** Creates, or acts on the present revision; throws the `Problem` that a client would be given. */
  async give(
    who: Principal,
    command: string,
    id: string | null,
    body: object,
    path: object = {},
  ): Promise<Document> {
    const act = acts.get(command);
    if (act === undefined) throw new Error(`There is no command ${command}.`);
    const before = id === null ? -1 : (await this.desk.read(act.slice.name, id)).revision;
    const made = await this.desk.do(who, command, id, body, path);
    if (made.revision === before) return made;
    this.given.push({
      ...{ who, command, id, body, path },
      at: this.desk.clock.now(),
      number: this.desk.commands,
      stream: `${act.slice.prefix}-${made.id}`,
      type: act.declaration.event,
      revision: before + 1,
      brought: ((made['accounts'] ?? []) as { accountId: string }[]).slice(-1).map((one) => one.accountId),
      settledAt: undefined,
    });
    return made;
  }

  /** Consequences of what was said so far have been drawn. */
  settle(): void {
    const last = this.given.at(-1);
    if (last !== undefined) last.settledAt ??= this.desk.clock.now();
  }
}
