import { Conflict } from '#libs/event-store';
import type { Appended, NewEvent } from '#libs/event-store';
import { appendSurely, retrying, shown } from '../record/appending.js';
import { streamOf } from '../record/fold.js';
import type { Aggregate } from '../record/fold.js';
import type { Ids } from '../record/ids.js';
import { Once } from '../record/once.js';
import { stamped } from '../record/recording.js';
import { notFound, refusalOf, refuseUnreadableStream } from '../record/refusals.js';
import type { StoredStreams } from '../record/stored-streams.js';
import { Turns } from '../record/turns.js';
import { ActSignatures, changesKeys } from './act-signatures.js';
import { ActsGate, KeysChanged } from './acts-gate.js';
import { recordKeepingAct } from './attribution.js';
import type { InternalCommand } from './attribution.js';
import type { Deciding, Ready } from './deciding.js';
import { numbersFor, rehearsing } from './numbers.js';
import { rehearsed, withSalt } from './rehearsal.js';
import type { Rehearsal, Rehearsing } from './rehearsal.js';
import { outcomeOf } from './request.js';
import type { CommandRequest, Outcome } from './request.js';

/** Load, decide, append: the only writer of the record. */
export class Recorder {
  readonly #turns = new Turns();
  readonly #gate = new ActsGate();
  readonly #signatures: ActSignatures;
  readonly #rehearsing: Rehearsing;

  constructor(readonly deciding: Deciding) {
    this.#signatures = new ActSignatures(deciding.logs, deciding.clock);
    this.#rehearsing = { deciding: deciding.rehearsing(), signatures: this.#signatures };
  }

  get streams(): StoredStreams {
    return this.deciding.streams;
  }

  get ids(): Ids {
    return this.deciding.ids;
  }

  /** Repeats of one create that come at once take turns, so that all but the first find its effect. */
  create(request: CommandRequest): Promise<Outcome> {
    const stream = streamOf(request.slice, this.deciding.idFor(request));
    return this.#turns.take(stream, () => this.#record(request, (one) => this.deciding.create(one)));
  }

  act(request: CommandRequest, id: string, expected: () => bigint): Promise<Outcome> {
    return this.#record(request, (one) => this.deciding.act(one, id, expected));
  }

  /** What a create would come to; nothing is recorded, and no number is used up. */
  async rehearseCreate(request: CommandRequest): Promise<Rehearsal> {
    const salted = withSalt(this.#rehearsing, request);
    return rehearsed(this.#rehearsing, salted, await this.#rehearsing.deciding.create(salted));
  }

  async rehearseAct(request: CommandRequest, id: string, expected: () => bigint): Promise<Rehearsal> {
    const salted = withSalt(this.#rehearsing, request);
    return rehearsed(this.#rehearsing, salted, await this.#rehearsing.deciding.act(salted, id, expected));
  }

  /** Judged anew where the keys by which acts are signed have changed since it was judged. */
  async #record(
    request: CommandRequest,
    decide: (request: CommandRequest) => Promise<Ready | Outcome>,
  ): Promise<Outcome> {
    let asked = request;
    let keysVersion: number | undefined;
    for (;;) {
      const ready = await decide(asked);
      if ('folded' in ready) return ready;
      try {
        return await this.#recorded(asked, ready, keysVersion);
      } catch (error) {
        if (!(error instanceof KeysChanged)) throw error;
        keysVersion = this.#gate.version(dialogueIn(ready));
        asked = { ...request, once: new Once(this.streams) };
      }
    }
  }

  async #recorded(request: CommandRequest, ready: Ready, keysVersion: number | undefined): Promise<Outcome> {
    this.#signatures.refuseWithout(request, ready);
    await this.#refuseOtherNumbers(request, ready);
    await this.#enterSecretariat(request, ready);
    const { ids, numbers } = this.deciding;
    const tools = { streams: ready.once, ids, numbers };
    const given = await numbersFor(tools, request, ready.id);
    const events = this.#signatures.signed(request, ready, this.deciding.stamp(request, ready, given));
    const append = () => this.#append(request, ready, events);
    const { talks } = ready.judged;
    if (talks === undefined) return append();
    if (changesKeys(request)) return this.#gate.change(talks.dialogueId, ready.before.events.length, append);
    const dialogue = await ready.once.stream(this.streams.registry.dialogueStream(talks.dialogueId));
    const judgedBy = { revision: dialogue.events.at(-1)?.revision ?? -1, version: keysVersion };
    return this.#gate.act(talks.dialogueId, judgedBy, append);
  }

  /** Whoever has signed another number than would be given is refused before one is given. */
  async #refuseOtherNumbers(request: CommandRequest, ready: Ready): Promise<void> {
    if (request.signature === undefined || request.slice.numbering?.[request.name] === undefined) return;
    const numbers = await numbersFor(rehearsing(this.deciding), request, ready.id);
    this.#signatures.signed(request, ready, this.deciding.stamp(request, ready, numbers));
  }

  /** Another act may have come in between, or this very one, sent twice: then it is answered as it was before. */
  async #append(
    request: CommandRequest,
    { stream, before, expected, refuseOvertaken }: Ready,
    events: [NewEvent, ...NewEvent[]],
  ): Promise<Outcome> {
    let appended: Appended;
    try {
      appended = await appendSurely(this.streams, stream, events, expected);
    } catch (error) {
      if (!(error instanceof Conflict)) throw error;
      const there = await this.streams.stream(stream);
      const repeated = await this.deciding.repeated(request, there.events);
      if (repeated !== undefined) return repeated;
      refuseOvertaken(there);
      throw error;
    }
    request.once?.forget(stream);
    if (events.some((one) => one.type === 'ContentErased')) await this.deciding.erasures.finish(stream);
    return outcomeOf(request.slice, await shown(this.streams, { stream, before, events }, appended));
  }

  /** A command to a dialogue that another one needs first, such as the entry of a secretariat; no route gives it. */
  inDialogue(dialogueId: string, command: InternalCommand): Promise<Aggregate> {
    const slice = this.streams.registry.part('dialogue');
    const stream = streamOf(slice, dialogueId);
    return this.#turns.take(stream, () =>
      retrying(async () => {
        const present = await this.streams.stream(stream);
        refuseUnreadableStream(present, dialogueId);
        const { folded } = present;
        if (folded === undefined) throw notFound(slice, dialogueId);
        const decision = slice.decide(command as never, folded.state);
        if ('refused' in decision) throw refusalOf(slice, decision);
        if (decision.events.length === 0) return folded;
        const stamp = {
          act: command.act,
          sources: [],
          audience: 'both' as const,
          correlationId: this.ids.next(),
          now: this.deciding.clock.iso(),
        };
        const events = stamped(slice, decision.events, stamp, this.ids);
        const appended = await appendSurely(this.streams, stream, events, BigInt(folded.revision));
        const after = (await shown(this.streams, { stream, before: present, events }, appended)).folded;
        if (after === undefined) throw notFound(slice, dialogueId);
        return after;
      }),
    );
  }

  /** Whoever keeps the record of a dialogue is known from its own stream, before it records anything elsewhere. */
  async #enterSecretariat(
    { principal, slice }: CommandRequest,
    { judged: { talks }, once }: Ready,
  ): Promise<void> {
    if (talks === undefined || slice.part === 'dialogue') return;
    const { dialogueId, hasSecretariat } = talks;
    if (hasSecretariat || !principal.roles.includes('secretariat')) return;
    const command = { type: 'EnterSecretariat', act: recordKeepingAct(principal) };
    await this.inDialogue(dialogueId, command);
    once.forget(this.streams.registry.dialogueStream(dialogueId));
  }
}

function dialogueIn({ judged: { talks } }: Ready): string {
  return talks?.dialogueId ?? '';
}
