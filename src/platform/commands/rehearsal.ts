import type { NewEvent, Position } from '#libs/event-store';
import { canonicalText } from '#libs/ledger';
import { eventView } from '../record/envelope.js';
import type { Stored } from '../record/envelope.js';
import { fold, represent } from '../record/fold.js';
import type { Aggregate } from '../record/fold.js';
import type { ActSignatures } from './act-signatures.js';
import type { Deciding, Ready } from './deciding.js';
import { numbersFor, rehearsing } from './numbers.js';
import type { CommandRequest, Outcome } from './request.js';
import { asJson, signedObject } from './signed-object.js';
import { asIfSigned } from '../record/unsigned.js';

/** What an act would come to, for whoever only asks. Ids of events are given as they are recorded, and none is signed. */
export interface Rehearsed {
  /** Whether something would be recorded: a repeat comes to nothing. */
  readonly records: boolean;
  /** What a party signs of it; absent where nothing would be recorded, or the dialogue is only being opened. */
  readonly act?: object;
  /** The same in the bytes that are hashed (RFC 8785). */
  readonly canonical?: string;
  /** The salt of its words: the one that was sent, or a new one to be sent with the act. */
  readonly salt?: string;
  /** The words as they are hashed with the salt, so that whoever signs the hash can see what it is of. */
  readonly content?: object;
  readonly events: readonly object[];
}

/** The representation as it would be answered, and beside it what it would come from. */
export type Rehearsal = ReturnType<typeof represent> & { readonly dryRun: Rehearsed };

export interface Rehearsing {
  readonly deciding: Deciding;
  readonly signatures: ActSignatures;
}

/** A request that brings no salt is given one, since what is signed depends on it. */
export function withSalt({ deciding }: Rehearsing, request: CommandRequest): CommandRequest {
  return { ...request, salt: request.salt ?? deciding.ids.salt() };
}

/** Numbers are given as they would be, and none is kept; a signature that comes along is judged. */
export async function rehearsed(
  { deciding, signatures }: Rehearsing,
  request: CommandRequest,
  ready: Ready | Outcome,
): Promise<Rehearsal> {
  if ('folded' in ready) return { ...represent(ready.folded), dryRun: { records: false, events: [] } };
  const numbers = await numbersFor(rehearsing(deciding), request, ready.id);
  const events = deciding.stamp(request, ready, numbers);
  if (request.signature !== undefined) {
    signatures.refuseWithout(request, ready);
    signatures.signed(request, ready, events);
  }
  const { before, judged } = ready;
  const told = toldAsStored(deciding, ready, events);
  const all = [...before.events, ...told.map((one) => asIfSigned(one, judged.talks ?? {}))];
  const signing = judged.talks === undefined ? {} : toSign(deciding, request, ready, events[0]);
  // What was decided is there; a first event always folds to something.
  const after = fold(request.slice, all) as Aggregate;
  return { ...represent(after), dryRun: { records: true, ...signing, events: told.map(eventView) } };
}

/** The events as they would be read once they were stored. */
function toldAsStored(
  { streams: { registry }, clock }: Deciding,
  { stream, before }: Ready,
  events: readonly NewEvent[],
): readonly Stored[] {
  const recordedAt = clock.iso();
  return events.map((one, index) => {
    const plain = JSON.parse(JSON.stringify(one)) as NewEvent;
    const revision = BigInt(before.events.length + index);
    return registry.read({ ...plain, stream, revision, position: '' as Position, recordedAt });
  });
}

function toSign(
  { logs }: Deciding,
  { salt, idempotencyKey }: CommandRequest,
  { stream, before, judged }: Ready,
  first: Parameters<typeof signedObject>[0],
): Pick<Rehearsed, 'act' | 'canonical' | 'content' | 'salt'> {
  // Without a key the ids in it are new each time, so there is nothing that could be signed.
  if (idempotencyKey === undefined || salt === undefined) return {};
  const origin = logs.originOf(judged.talks?.dialogueId ?? '');
  const act = asJson(signedObject(first, { origin, stream, revision: before.events.length }));
  return { act, canonical: canonicalText(act), salt, content: first.content ?? {} };
}
