import type { Problem } from '#libs/problem-details';
import { platformProblems } from '../platform/problems/platform.problems.js';
import { problemAt } from '../platform/problems/problem-at.js';
import type { Stored } from '../platform/record/envelope.js';
import type { Principal } from '../platform/record/principal.js';
import { isOfOnePerson, speakerOf } from './row-act.js';
import type { RowAct } from './row-act.js';

/** What the rows of a file before this one tell of it. */
export class RowsBefore {
  /** The dialogue from which the rows were exported, where they were. */
  #origin: string | undefined;
  /** The lines on which references of this file stand, by act and entry. */
  readonly #lines = new Map<string, number>();
  readonly #recorded = new Set<string>();

  constructor(private readonly job: { readonly traceId: string; readonly beganAt: string | undefined }) {}

  /** In one file a reference stands for one entry of a kind, and for one act of a kind on an entry. */
  refuseTwice({ act, on = '', externalRef, line }: RowAct): void {
    if (externalRef === undefined) return;
    const key = JSON.stringify([act.operationId, on, externalRef]);
    const earlier = this.#lines.get(key);
    this.#lines.set(key, earlier ?? line);
    if (earlier !== undefined) throw taken(externalRef, `stands on line ${earlier} as well`);
  }

  /** Rows of several dialogues would become rows of one. */
  refuseOtherOrigin({ assigned: { dialogueId } }: RowAct): void {
    if (dialogueId === undefined) return;
    this.#origin ??= dialogueId;
    if (this.#origin === dialogueId) return;
    const fault = 'is another dialogue than that of the rows before: export one, and bring each into its own';
    throw problemAt(platformProblems.VALIDATION_FAILED, ['assigned', 'dialogueId'], fault, `It ${fault}.`);
  }

  /**
   * Whether this import has recorded it, in this run or before it was broken off, by no row before this one. Imports run one
   * after the other, so what came since the first run began, and is of the same trace, is its own.
   */
  isFirstOf({ id, correlationId, recordedAt }: Stored, isNew: boolean): boolean {
    const { traceId, beganAt = '' } = this.job;
    const isEarlierRun = beganAt !== '' && correlationId === traceId && recordedAt >= beganAt;
    if (this.#recorded.has(id) || !(isNew || isEarlierRun)) return false;
    this.#recorded.add(id);
    return true;
  }
}

/** The same words under the same reference are another act where the other side says them. */
export function refuseOtherSpeaker(row: RowAct, principal: Principal, { act }: Stored): void {
  const { party, recordedBy } = act;
  if (isOfOnePerson(row) && recordedBy !== principal.id)
    throw taken(row.externalRef ?? '', 'stands in the record for what somebody else asked for');
  const speaker = row.act.declaration.partyIsData === true ? undefined : speakerOf(row, principal);
  if (speaker === undefined || party === null || party === speaker) return;
  throw taken(row.externalRef ?? '', `stands in the record for what ${party} said`);
}

export const standsForOther = 'stands in the record for other content';

export function taken(externalRef: string, how: string): Problem {
  const detail = `The reference ${externalRef} ${how}.`;
  return problemAt(platformProblems.EXTERNAL_REF_TAKEN, ['externalRef'], how, detail);
}
