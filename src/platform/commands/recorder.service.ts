import { Conflict } from '#libs/event-store';
import type { Appended, Expected, NewEvent } from '#libs/event-store';
import { appendSurely, retrying, shown } from '../record/appending.js';
import type { Appending } from '../record/appending.js';
import { recordKeepingAct } from './attribution.js';
import type { InternalCommand } from './attribution.js';
import type { Clock } from '../record/clock.js';
import type { Stored } from '../record/envelope.js';
import { fold, streamOf } from '../record/fold.js';
import type { Aggregate } from '../record/fold.js';
import { earlierEffect, markOf } from './idempotency.js';
import type { AfterConsequences, Seen } from './after-consequences.js';
import type { Erasures } from './erasures.js';
import type { Ids } from '../record/ids.js';
import { judge } from './prepare-command.js';
import type { Judged } from './prepare-command.js';
import { Numbers } from '../record/numbers.js';
import { Once } from '../record/once.js';
import { stamped } from '../record/recording.js';
import { isRepeat } from './repeats.js';
import {
  notFound,
  refusalOf,
  refuseFuture,
  refuseUnreadableStream,
  staleRevision,
} from '../record/refusals.js';
import { outcomeOf } from './request.js';
import type { CommandRequest, Outcome } from './request.js';
import { hasRecorded } from '../record/request-recorded.js';
import { Turns } from '../record/turns.js';
import type { LoadedStream, StoredStreams } from '../record/stored-streams.js';

/** Load, decide, append: the only writer of the record. */
export class Recorder {
  readonly numbers: Numbers;
  readonly #turns = new Turns();

  constructor(
    readonly streams: StoredStreams,
    readonly ids: Ids,
    private readonly clock: Clock,
    private readonly erasures: Erasures,
    private readonly afterConsequences: AfterConsequences,
  ) {
    this.numbers = new Numbers(streams.store, ids);
  }

  /** The id of what a create makes: drawn from principal, route and key, so that a repeat finds it. */
  idFor(request: CommandRequest): string {
    return this.ids.drawnFrom('create', request.principal.id, request.route, request.idempotencyKey ?? '');
  }

  /** Repeats of one create that come at once take turns, so that all but the first find its effect. */
  create(request: CommandRequest): Promise<Outcome> {
    const id = this.idFor(request);
    const stream = streamOf(request.slice, id);
    return this.#turns.take(stream, () => this.#create(request, id, stream));
  }

  async #create(request: CommandRequest, id: string, stream: string): Promise<Outcome> {
    const earlier = await this.#repeated(request, await this.streams.events(stream));
    if (earlier !== undefined) return earlier;
    this.#refuseFuture(request);
    const { once = new Once(this.streams) } = request;
    const before = { events: [], folded: undefined };
    const judged = await judge(once, this.ids, request, id, before);
    if (judged.refusal !== undefined) throw judged.refusal;
    await this.#enterSecretariat(request, judged, once);
    const { ids, numbers } = this;
    const numbered = await request.slice.numbering?.[request.name]?.(
      { streams: once, ids, numbers },
      { id, data: request.data },
    );
    const decided = judged.decided.map((one) => ({ ...one, data: { ...one.data, ...numbered } }));
    const events = this.#stamp(request, { ...judged, decided });
    return this.#append(request, { stream, before, events }, 'no_stream', (there) => {
      refuseUnreadableStream(there, id);
    });
  }

  /** Another act may have come in between, or this very one, sent twice: then it is answered as it was before. */
  async #append(
    request: CommandRequest,
    appending: Appending,
    expected: Expected,
    refuse: (there: LoadedStream) => void,
  ): Promise<Outcome> {
    const { stream, events } = appending;
    let appended: Appended;
    try {
      appended = await appendSurely(this.streams, stream, events, expected);
    } catch (error) {
      if (!(error instanceof Conflict)) throw error;
      const there = await this.streams.stream(stream);
      const repeated = await this.#repeated(request, there.events);
      if (repeated !== undefined) return repeated;
      refuse(there);
      throw error;
    }
    request.once?.forget(stream);
    if (events.some((one) => one.type === 'ContentErased')) await this.erasures.finish(stream);
    return outcomeOf(request.slice, await shown(this.streams, appending, appended));
  }

  async act(request: CommandRequest, id: string, expected: () => bigint): Promise<Outcome> {
    const { once = new Once(this.streams), declaration } = request;
    const stream = streamOf(request.slice, id);
    const { events } = await once.stream(stream);
    if (events.length === 0) throw notFound(request.slice, id);
    const earlier = await this.#repeated(request, events);
    if (earlier !== undefined) return earlier;
    const seen = { stream, revision: expected(), once };
    return this.#act(request, id, await this.afterConsequences(declaration, seen));
  }

  async #act(request: CommandRequest, id: string, { stream, revision, once }: Seen): Promise<Outcome> {
    const present = await once.stream(stream);
    const { events } = present;
    const stale = staleRevision(events, revision);
    if (stale !== undefined) throw stale;
    refuseUnreadableStream(present, id);
    this.#refuseFuture(request);
    const judged = await judge(once, this.ids, request, id, present);
    if (isRepeat(request, judged, events)) {
      hasRecorded();
      // Whoever asks again may do so because the words were still there when it was asked before.
      if (request.declaration.event === 'ErasureRequested') await this.erasures.finish(stream);
      return { ...outcomeOf(request.slice, await this.streams.stream(stream)), recorded: false };
    }
    if (judged.refusal !== undefined) throw judged.refusal;
    await this.#enterSecretariat(request, judged, once);
    const appending = { stream, before: present, events: this.#stamp(request, judged) };
    return this.#append(request, appending, revision, (there) => {
      const since = staleRevision(there.events, revision);
      if (since !== undefined) throw since;
    });
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
          now: this.clock.iso(),
        };
        const events = stamped(slice, decision.events, stamp, this.ids);
        const appended = await appendSurely(this.streams, stream, events, BigInt(folded.revision));
        const after = (await shown(this.streams, { stream, before: present, events }, appended)).folded;
        if (after === undefined) throw notFound(slice, dialogueId);
        return after;
      }),
    );
  }

  #stamp(request: CommandRequest, { acting, decided }: Judged): [NewEvent, ...NewEvent[]] {
    const recordKeeping = request.declaration.weight === 'record-keeping';
    return stamped(
      request.slice,
      decided,
      {
        ...acting,
        occurred: recordKeeping ? undefined : request.occurred,
        wording: request.wording,
        audience: request.audience,
        correlationId: request.traceId,
        now: this.clock.iso(),
        mark: markOf(request),
      },
      this.ids,
    );
  }

  /** Whoever keeps the record of a dialogue is known from its own stream, before it records anything elsewhere. */
  async #enterSecretariat(
    { principal, slice }: CommandRequest,
    { talks }: Judged,
    once: Once,
  ): Promise<void> {
    if (talks === undefined || slice.part === 'dialogue') return;
    const { dialogueId, hasSecretariat } = talks;
    if (hasSecretariat || !principal.roles.includes('secretariat')) return;
    const command = { type: 'EnterSecretariat', act: recordKeepingAct(principal) };
    await this.inDialogue(dialogueId, command);
    once.forget(this.streams.registry.dialogueStream(dialogueId));
  }

  #refuseFuture({ occurred, data }: CommandRequest): void {
    refuseFuture(occurred ?? data['occurred'], this.clock.now());
  }

  async #repeated(request: CommandRequest, events: readonly Stored[]): Promise<Outcome | undefined> {
    const effect = earlierEffect(events, request);
    if (effect === undefined) return undefined;
    hasRecorded();
    const { revision, stream, type } = effect;
    // The first answer may have been that words are still on the disk; the same answer as before would hide it.
    if (type === 'ContentErased') await this.erasures.finish(stream);
    const present = type === 'ContentErased' ? await this.streams.events(stream) : events;
    const before = present.slice(0, revision + 1);
    const replayed = { events: before, folded: fold(request.slice, before) };
    return { ...outcomeOf(request.slice, replayed), replayed: true };
  }
}
