import { Damaged } from '#libs/event-store';
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
import { notFound, restsOnDamaged } from '../platform/record/refusals.js';
import { fieldsOf, pathFields } from './acts.js';
import type { Acts } from './acts.js';
import { placeInFile } from './fault-places.js';
import { refuseOtherParty, refuseWithoutRight } from './import-rights.js';
import { fieldOf, mapped } from './mapping.js';
import type { Mapping } from './mapping.js';
import { References } from './references.js';
import { faultsOf } from './row.js';
import type { Fault, Read } from './row.js';
import { isExportOf } from './exported-act.js';
import { actOfRow, contentKey, refuseUnknownColumns } from './row-act.js';
import type { RowAct } from './row-act.js';
import { refuseOtherSpeaker, RowsBefore, standsForOther, taken } from './rows-before.js';
import { isOvertaken, unseenIn } from './unseen.js';

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
  /** When the file was there as a whole. */
  readonly sentAt: string;
  /** When an earlier run of it began, the first one; undefined where this is the first. */
  readonly beganAt: string | undefined;
}

/** How often a row is decided anew because somebody else acted on the same entry in between. */
const attemptsMax = 5;

/** Takes rows one after the other, each as an act of the principal by the way that all acts go. */
export class Importer {
  readonly #references: References;
  readonly #before: RowsBefore;
  #principal: Principal;

  constructor(private readonly importing: Importing) {
    const { recorder, acts, dialogueId } = importing;
    this.#principal = importing.principal;
    this.#before = new RowsBefore(importing);
    this.#references = new References(
      recorder.streams,
      recorder.ids,
      acts,
      dialogueId,
      importing.principal.party,
    );
  }

  /** Whoever sent the file, with the rights of now. */
  as(principal: Principal): void {
    this.#principal = principal;
  }

  /** Throws where the file has columns that none of its rows can have. */
  readonly refuseColumns = (columns: readonly string[]): void => {
    const { acts, mapping } = this.importing;
    refuseUnknownColumns(acts, mapping, columns);
  };

  async take(read: Read): Promise<Taken> {
    if ('faults' in read) return { line: read.line, as: 'refused', faults: read.faults };
    const { acts, mapping } = this.importing;
    const { line } = read;
    try {
      return { line, as: await this.#taken(actOfRow(acts, mapped(read, mapping), mapping)) };
    } catch (thrown) {
      // It passes as little as what the rules refuse, and the rows behind it and the imports of others go on.
      const error = thrown instanceof Damaged ? restsOnDamaged(thrown) : thrown;
      if (!(error instanceof Problem) || error.kind.status >= 500) throw error;
      const reference = Object.entries(read.values).find(
        ([name]) => fieldOf(name, mapping) === 'externalRef',
      );
      if (reference !== undefined) this.#references.refused(String(reference[1]).trim(), line);
      const placeOf = (steps: readonly string[]) => placeInFile(steps, read, mapping);
      return { line, as: 'refused', faults: faultsOf(error, line, placeOf) };
    }
  }

  async #taken(row: RowAct): Promise<'recorded' | 'unchanged'> {
    this.#before.refuseTwice(row);
    this.#before.refuseOtherOrigin(row);
    if (await this.#isHereAlready(row)) return 'unchanged';
    refuseWithoutRight(row, this.#principal, this.importing.rights);
    const { act } = row;
    const id = row.on === undefined ? undefined : await this.#references.entry(act.slice, row.on);
    const on = id === undefined ? undefined : streamOf(act.slice, id);
    if (on !== undefined) await this.#refuseElsewhere(row, on);
    const request = await this.#request(row, on);
    const outcome = await this.#given(row, request, id);
    const event = await this.#eventOf(request, streamOf(act.slice, outcome.folded.id));
    if (event === undefined) return outcome.recorded ? 'recorded' : 'unchanged';
    if (outcome.replayed) refuseOtherSpeaker(row, this.#principal, event);
    this.#learn(row, event);
    if (row.externalRef !== undefined) this.#references.brought(row.externalRef, event);
    const isNew = outcome.recorded && !outcome.replayed;
    return this.#before.isFirstOf(event, isNew) ? 'recorded' : 'unchanged';
  }

  /** A row that was exported from this very dialogue is in it, as long as it says what it said there. */
  async #isHereAlready(row: RowAct): Promise<boolean> {
    const { act, assigned, externalRef = '' } = row;
    if (assigned.event === undefined || assigned.id === undefined) return false;
    const stream = streamOf(act.slice, assigned.id);
    const events = await this.importing.recorder.streams.events(stream);
    const event = events.find((one) => one.id === assigned.event);
    if (event === undefined || !this.#isOurs(act, stream, events)) return false;
    // Erased words are not there to be held against those of the row.
    if (!event.erased && !isExportOf(row, event)) throw taken(externalRef, standsForOther);
    return true;
  }

  #isOurs({ slice }: RowAct['act'], stream: string, [first]: readonly Stored[]): boolean {
    return first !== undefined && dialogueOf(slice, idOf(stream), first.data) === this.importing.dialogueId;
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
    const principal = this.#principal;
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
      traceId: this.importing.traceId,
      idempotencyKey: this.#references.keyOf(externalRef ?? contentKey(row, principal)),
      broughtIn: { externalRef, refuseOther: (one) => refuseOtherParty(row, one) },
    };
    return toCommandRequest(act, { ...(on === undefined ? {} : { id: on }), ...params }, body, origin);
  }

  #dialogueIn(given: unknown): string {
    const { dialogueId } = this.importing;
    if (given === undefined || given === dialogueId) return dialogueId;
    const fault = 'is another dialogue than the one into which the file is brought';
    throw problemAt(platformProblems.VALIDATION_FAILED, ['dialogueId'], fault, `dialogueId ${fault}.`);
  }

  /** On the entry as it stands, unless others have acted on it since the file was sent. */
  async #given(row: RowAct, request: CommandRequest, id: string | undefined): Promise<Outcome> {
    const { recorder, sentAt } = this.importing;
    for (let attempt = 1; ; attempt += 1) {
      let unseen: Problem | undefined;
      try {
        if (id === undefined) return await recorder.create(request);
        const { events } = await recorder.streams.stream(streamOf(request.slice, id));
        return await recorder.act(request, id, () => {
          unseen = unseenIn(events, request.principal, sentAt);
          if (unseen !== undefined) throw unseen;
          return BigInt(events.length - 1);
        });
      } catch (error) {
        if (error !== unseen && isOvertaken(error) && attempt < attemptsMax) continue;
        if (error instanceof Problem && error.kind.code === 'IDEMPOTENCY_KEY_REUSED')
          throw taken(row.externalRef ?? '', standsForOther);
        throw error;
      }
    }
  }

  /** What this row, or one like it before, has recorded. */
  async #eventOf(request: CommandRequest, stream: string): Promise<Stored | undefined> {
    const mark = keyHash('brought-in', request.route, request.idempotencyKey ?? '');
    const events = await this.importing.recorder.streams.events(stream);
    return events.findLast((one) => one.command?.keyHash === mark && one.act.capacity !== 'derived');
  }

  /** What an export called the event, the entry and what came with them, is from here on what they are called here. */
  #learn({ assigned }: RowAct, event: Stored): void {
    const { event: eventId, id, dialogueId: _, ...fields } = assigned;
    if (eventId !== undefined) this.#references.learn(eventId, event.id);
    if (id !== undefined) this.#references.learn(id, idOf(event.stream));
    for (const [name, there] of Object.entries(fields)) {
      const here: unknown = event.data[name as never];
      if (typeof here === 'string') this.#references.learn(there, here);
    }
  }
}
