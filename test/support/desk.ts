import type { Problem } from '#libs/problem-details';
import { commandRoutesOf } from '../../src/platform/commands/command-route.js';
import type { CommandRoute } from '../../src/platform/commands/command-route.js';
import { toCommandRequest } from '../../src/platform/commands/taken-request.js';
import { represent } from '../../src/platform/record/fold.js';
import { Ids } from '../../src/platform/record/ids.js';
import type { Principal } from '../../src/platform/record/principal.js';
import { openRecord } from '../../src/platform/record.js';
import type { OpenRecord } from '../../src/platform/record.js';
import { slices } from '../../src/slices.js';
import { ManualClock } from './manual-clock.js';
import { projected } from './settling.js';

export type Document = Record<string, unknown> & { readonly id: string; readonly revision: number };

/**
 * The principals of a test: a negotiator for each side may do all that its party can, a clerk keeps its record; the
 * secretariat is neither side's.
 */
export const principals = {
  RU: { id: 'p-ru', name: 'ru-negotiator', party: 'RU', roles: ['negotiator'] },
  US: { id: 'p-us', name: 'us-negotiator', party: 'US', roles: ['negotiator'] },
  clerkOfRU: { id: 'p-ru-clerk', name: 'ru-registrar', party: 'RU', roles: ['registrar'] },
  clerkOfUS: { id: 'p-us-clerk', name: 'us-registrar', party: 'US', roles: ['registrar'] },
  secretariat: { id: 'p-secretariat', name: 'secretariat', party: null, roles: ['secretariat'] },
} as const satisfies Record<string, Principal>;

/** Drawn once for all desks: what checks bodies keeps every class that was ever drawn, and looks through all of them. */
export const acts: ReadonlyMap<string, CommandRoute> = new Map(
  slices.flatMap(commandRoutesOf).map((one) => [`${one.slice.name}.${one.name}`, one]),
);

/** The record without HTTP: the same commands, judged by the same recorder, for tests that need thousands of them. */
export class Desk {
  #keys = 0;

  private constructor(
    readonly record: OpenRecord,
    readonly clock: ManualClock,
  ) {}

  static async open(directory?: string): Promise<Desk> {
    const clock = new ManualClock();
    const incidents: unknown[] = [];
    const record = await openRecord({
      slices,
      clock,
      ids: new Ids(),
      directory,
      storeUrl: undefined,
      onIncident: (incident) => incidents.push(incident),
      onFatal: (error) => incidents.push(error),
    });
    return new Desk(record, clock);
  }

  /** At a record that somebody else opened, on a clock that both share. */
  static over(record: OpenRecord, clock: ManualClock): Desk {
    return new Desk(record, clock);
  }

  /** How many commands were given here, refused ones included; the last one has this number. */
  get commands(): number {
    return this.#keys;
  }

  /** The next command has this number: what is drawn from numbers is then as it was where it was given before. */
  goOnAt(number: number): void {
    this.#keys = number - 1;
  }

  /** Creates, or acts on the present revision; throws the `Problem` that a client would be given. */
  do(who: Principal, command: string, id: string | null, body: object, path: object = {}): Promise<Document> {
    return this.#give(who, command, id, body, { path });
  }

  /** Words that are refused today and that an older record may hold: they take the place of those of the body. */
  doWithOldWords(
    who: Principal,
    command: string,
    id: string,
    body: object,
    oldWords: Record<string, unknown>,
  ): Promise<Document> {
    return this.#give(who, command, id, body, { oldWords });
  }

  async #give(
    who: Principal,
    command: string,
    id: string | null,
    body: object,
    { path = {}, oldWords = {} }: { readonly path?: object; readonly oldWords?: Record<string, unknown> },
  ): Promise<Document> {
    const drawn = acts.get(command);
    if (drawn === undefined) throw new Error(`There is no command ${command}.`);
    // The slice is that of this record, which may be one with a fault planted in it.
    const act = { ...drawn, slice: this.record.registry.get(drawn.slice.name) };
    this.clock.advance(1_000);
    this.#keys += 1;
    const taken = await toCommandRequest(act, { id, ...path }, body, {
      principal: who,
      traceId: `trace-${this.#keys}`,
      idempotencyKey: `key-${this.#keys}`,
    });
    const request = { ...taken, content: { ...taken.content, ...oldWords } };
    if (id === null) return represent((await this.record.recorder.create(request)).folded) as Document;
    for (let attempt = 1; ; attempt += 1) {
      const present = await this.read(act.slice.name, id);
      try {
        const outcome = await this.record.recorder.act(request, id, () => BigInt(present.revision));
        return represent(outcome.folded) as Document;
      } catch (error) {
        // A consequence came between, or is late: as every client does, it looks again and says it again.
        if (!isProblem(error) || !passing.includes(error.kind.code) || attempt === attemptsMax) throw error;
      }
    }
  }

  async read(slice: string, id: string): Promise<Document> {
    const folded = await this.record.streams.folded(slice, id);
    if (folded === undefined) throw new Error(`There is no ${id} in ${slice}.`);
    return represent(folded) as Document;
  }

  /** Until policies have run, and what they brought about is projected. */
  async settled(): Promise<void> {
    for (let level = 0; level < 2; level += 1) await projected(this.record.projections);
  }

  close(): Promise<void> {
    return this.record.close();
  }
}

/** So often what was said is said again where something else came first. */
const passing = ['STALE_REVISION', 'PROJECTION_LAGGING'];
const attemptsMax = 5;

export function isProblem(error: unknown): error is Problem {
  return error instanceof Error && error.name === 'Problem';
}
