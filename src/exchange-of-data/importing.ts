import { Conflict } from '#libs/event-store';
import { Problem } from '#libs/problem-details';
import { toCommandRequest } from '../platform/commands/taken-request.js';
import type { Origin } from '../platform/commands/taken-request.js';
import type { Recorder } from '../platform/commands/recorder.service.js';
import type { CommandRequest, Outcome } from '../platform/commands/request.js';
import { keyHash } from '../platform/record/seal.js';
import { platformProblems } from '../platform/problems/platform.problems.js';
import { problemAt } from '../platform/problems/problem-at.js';
import type { Stored } from '../platform/record/envelope.js';
import { idOf, streamOf } from '../platform/record/fold.js';
import type { Principal, RightsTable } from '../platform/record/principal.js';
import { dialogueOf } from '../platform/record/references.js';
import { notFound } from '../platform/record/refusals.js';
import { fieldsOf, pathFields } from './acts.js';
import type { Acts } from './acts.js';
import { refuseWithoutRight } from './import-rights.js';
import { mapped } from './mapping.js';
import type { Mapping } from './mapping.js';
import { References } from './references.js';
import { faultsOf } from './row.js';
import type { Fault, Read } from './row.js';
import { actOfRow, contentKey, refuseUnknownColumns } from './row-act.js';
import type { RowAct } from './row-act.js';

/** What became of one row: recorded, in the record already, or refused with all that is wrong with it. */
export type Taken =
  | { readonly line: number; readonly as: 'recorded' | 'unchanged' }
  | { readonly line: number; readonly as: 'refused'; readonly faults: readonly Fault[] };

export interface Importing {
  readonly recorder: Recorder;
  readonly acts: Acts;
  readonly rights: RightsTable;
  readonly principal: Principal;
  readonly dialogueId: string;
  readonly mapping: Mapping;
  readonly traceId: string;
}

/** How often a row is decided anew because somebody else acted on the same entry in between. */
const attemptsMax = 5;

/** Takes rows one after the other, each as an act of the principal by the way that all acts go. */
export class Importer {
  readonly #references: References;
  /** The dialogue from which the rows were exported, where they were. */
  #origin: string | undefined;
  /** The lines on which references of this file stand, by act. */
  readonly #seen = new Map<string, number>();

  constructor(private readonly importing: Importing) {
    const { recorder, acts, dialogueId } = importing;
    this.#references = new References(recorder.streams, recorder.ids, acts, dialogueId);
  }

  /** Throws where the file has columns that none of its rows can have. */
  readonly refuseColumns = (columns: readonly string[]): void => {
    const { acts, mapping } = this.importing;
    refuseUnknownColumns(acts, mapping, columns);
  };

  async take(read: Read): Promise<Taken> {
    if ('faults' in read) return { line: read.line, as: 'refused', faults: read.faults };
    try {
      return {
        line: read.line,
        as: await this.#taken(
          actOfRow(this.importing.acts, mapped(read, this.importing.mapping), this.importing.mapping),
        ),
      };
    } catch (error) {
      if (!(error instanceof Problem) || error.kind.status >= 500) throw error;
      return { line: read.line, as: 'refused', faults: faultsOf(error, read.line) };
    }
  }

  async #taken(row: RowAct): Promise<'recorded' | 'unchanged'> {
    this.#refuseTwice(row);
    this.#refuseOtherOrigin(row);
    if (await this.#isHereAlready(row)) return 'unchanged';
    const { principal, rights } = this.importing;
    refuseWithoutRight(row, principal, rights);
    const { act } = row;
    const id = row.on === undefined ? undefined : await this.#references.entry(act.slice, row.on);
    const on = id === undefined ? undefined : streamOf(act.slice, id);
    if (on !== undefined) await this.#refuseElsewhere(row, on);
    const request = await this.#request(row, on);
    const outcome = await this.#given(row, request, id);
    const isNew = outcome.recorded && !outcome.replayed;
    await this.#learn(row, request, streamOf(act.slice, outcome.folded.id));
    return isNew ? 'recorded' : 'unchanged';
  }

  /** In one file a reference stands for one row of a kind. */
  #refuseTwice({ act, externalRef, line }: RowAct): void {
    if (externalRef === undefined) return;
    const key = `${act.operationId} ${externalRef}`;
    const earlier = this.#seen.get(key);
    this.#seen.set(key, earlier ?? line);
    if (earlier !== undefined) throw taken(externalRef, `stands on line ${earlier} as well`);
  }

  /** A row that was exported from this very dialogue is in it. */
  async #isHereAlready({ act, assigned }: RowAct): Promise<boolean> {
    const { event, id } = assigned;
    if (event === undefined || id === undefined) return false;
    const stream = streamOf(act.slice, id);
    const events = await this.importing.recorder.streams.events(stream);
    return this.#isOurs(act, stream, events) && events.some((one) => one.id === event);
  }

  #isOurs({ slice }: RowAct['act'], stream: string, [first]: readonly Stored[]): boolean {
    return first !== undefined && dialogueOf(slice, idOf(stream), first.data) === this.importing.dialogueId;
  }

  /** Rows of several dialogues would become rows of one. */
  #refuseOtherOrigin({ assigned: { dialogueId } }: RowAct): void {
    if (dialogueId === undefined) return;
    this.#origin ??= dialogueId;
    if (this.#origin === dialogueId) return;
    const fault = 'is another dialogue than that of the rows before: export one, and bring each into its own';
    throw problemAt(platformProblems.VALIDATION_FAILED, ['assigned', 'dialogueId'], fault, `It ${fault}.`);
  }

  async #refuseElsewhere({ act, on }: RowAct, stream: string): Promise<void> {
    const events = await this.importing.recorder.streams.events(stream);
    if (this.#isOurs(act, stream, events)) return;
    // What another dialogue has is not said here.
    const fault = `names no ${act.slice.prefix} of the dialogue`;
    throw problemAt(platformProblems.NOT_FOUND, ['on'], fault, notFound(act.slice, on ?? '').detail);
  }

  async #request(row: RowAct, on: string | undefined): Promise<CommandRequest> {
    const { act, externalRef } = row;
    const { principal, traceId } = this.importing;
    const shape = fieldsOf(act);
    const named = await this.#references.inBody(shape, row.body, on);
    const inPath = Object.keys(pathFields(act));
    const params = Object.fromEntries(inPath.map((name) => [name, named[name]]));
    const missing = inPath.find((name) => typeof params[name] !== 'string');
    if (missing !== undefined)
      throw problemAt(
        platformProblems.VALIDATION_FAILED,
        [missing],
        'is required',
        `${missing} is required.`,
      );
    const rest = Object.fromEntries(Object.entries(named).filter(([name]) => !inPath.includes(name)));
    const owner = Object.entries(shape).find(([, field]) => field.kind === 'id' && field.owns === true)?.[0];
    const body = owner === undefined ? rest : { ...rest, [owner]: this.#dialogueIn(rest[owner]) };
    const origin: Origin = {
      principal,
      traceId,
      idempotencyKey: this.#references.keyOf(externalRef ?? contentKey(row)),
      broughtIn: { externalRef },
    };
    return toCommandRequest(act, { ...(on === undefined ? {} : { id: on }), ...params }, body, origin);
  }

  #dialogueIn(given: unknown): string {
    const { dialogueId } = this.importing;
    if (given === undefined || given === dialogueId) return dialogueId;
    const fault = 'is another dialogue than the one into which the file is brought';
    throw problemAt(platformProblems.VALIDATION_FAILED, ['dialogueId'], fault, `dialogueId ${fault}.`);
  }

  /** On the entry as it stands: what a row says, it says of whatever is there. */
  async #given(row: RowAct, request: CommandRequest, id: string | undefined): Promise<Outcome> {
    const { recorder } = this.importing;
    for (let attempt = 1; ; attempt += 1) {
      try {
        if (id === undefined) return await recorder.create(request);
        const { events } = await recorder.streams.stream(streamOf(request.slice, id));
        return await recorder.act(request, id, () => BigInt(events.length - 1));
      } catch (error) {
        if (isOvertaken(error) && attempt < attemptsMax) continue;
        if (error instanceof Problem && error.kind.code === 'IDEMPOTENCY_KEY_REUSED')
          throw taken(row.externalRef ?? '', 'stands in the record for other content');
        throw error;
      }
    }
  }

  /** What an export called the event, the entry and what came with them, is from here on what they are called here. */
  async #learn(row: RowAct, request: CommandRequest, stream: string): Promise<void> {
    const { event: eventId, id, dialogueId: _, ...fields } = row.assigned;
    if (eventId === undefined && Object.keys(fields).length === 0) return;
    const mark = keyHash('brought-in', request.route, request.idempotencyKey ?? '');
    const events = await this.importing.recorder.streams.events(stream);
    const event = events.find((one) => one.command?.keyHash === mark && one.act.capacity !== 'derived');
    if (event === undefined) return;
    if (eventId !== undefined) this.#references.learn(eventId, event.id);
    if (id !== undefined) this.#references.learn(id, idOf(stream));
    for (const [name, there] of Object.entries(fields)) {
      const here: unknown = event.data[name as never];
      if (typeof here === 'string' && typeof there === 'string') this.#references.learn(there, here);
    }
  }
}

function isOvertaken(error: unknown): boolean {
  return error instanceof Conflict || (error instanceof Problem && error.kind.code === 'STALE_REVISION');
}

function taken(externalRef: string, how: string): Problem {
  const detail = `The reference ${externalRef} ${how}.`;
  return problemAt(platformProblems.EXTERNAL_REF_TAKEN, ['externalRef'], how, detail);
}
