import type { Expected, NewEvent } from '#libs/event-store';
import { refuseFuture, refuseUnreadableStream, notFound, staleRevision } from '../record/refusals.js';
import type { Clock } from '../record/clock.js';
import type { DialogueLogs } from '../record/dialogue-logs.js';
import type { Stored } from '../record/envelope.js';
import { fold, streamOf } from '../record/fold.js';
import type { Ids } from '../record/ids.js';
import { Once } from '../record/once.js';
import { stamped } from '../record/recording.js';
import { hasRecorded } from '../record/request-recorded.js';
import { Numbers } from '../record/numbers.js';
import type { LoadedStream, StoredStreams } from '../record/stored-streams.js';
import type { AfterConsequences, Seen } from './after-consequences.js';
import { drawsFor } from './draws.js';
import type { Erasures } from './erasures.js';
import { earlierEffect, markOf } from './idempotency.js';
import { judge } from './prepare-command.js';
import type { Judged } from './prepare-command.js';
import { isRepeat } from './repeats.js';
import { keyHolder, outcomeOf } from './request.js';
import type { CommandRequest, Outcome } from './request.js';

/** An act that its rules take, and nothing of it is written yet. */
export interface Ready {
  readonly id: string;
  readonly stream: string;
  /** What it was decided on. */
  readonly before: LoadedStream;
  readonly expected: Expected;
  readonly judged: Judged;
  readonly once: Once;
  /** Throws where what has come in between makes the act stale. */
  readonly refuseOvertaken: (there: LoadedStream) => void;
}

/** Load and decide: all that goes before an act is recorded. A repeat comes to an outcome at once. */
export class Deciding {
  constructor(
    readonly streams: StoredStreams,
    readonly ids: Ids,
    readonly logs: DialogueLogs,
    readonly clock: Clock,
    readonly erasures: Pick<Erasures, 'finish'>,
    private readonly afterConsequences: AfterConsequences,
    readonly numbers = new Numbers(streams.store, ids),
  ) {}

  /** The same rules for whoever only asks: what an erasure that is repeated has left to do stays undone. */
  rehearsing(): Deciding {
    const { streams, ids, logs, clock } = this;
    const erasures = { finish: () => Promise.resolve() };
    return new Deciding(streams, ids, logs, clock, erasures, this.afterConsequences, this.numbers);
  }

  /** The id of what a create makes: drawn from principal, route and key, so that a repeat finds it. */
  idFor(request: CommandRequest): string {
    return this.ids.drawnFrom('create', keyHolder(request), request.route, request.idempotencyKey ?? '');
  }

  async create(request: CommandRequest): Promise<Ready | Outcome> {
    const id = this.idFor(request);
    const stream = streamOf(request.slice, id);
    const earlier = await this.repeated(request, await this.streams.events(stream));
    if (earlier !== undefined) return earlier;
    this.#refuseFuture(request);
    const { once = new Once(this.streams) } = request;
    const before = { events: [], folded: undefined };
    const judged = await this.#judged(request, once, id, before);
    if (judged.refusal !== undefined) throw judged.refusal;
    const refuseOvertaken = (there: LoadedStream) => refuseUnreadableStream(there, id);
    return { id, stream, before, expected: 'no_stream', judged, once, refuseOvertaken };
  }

  async act(request: CommandRequest, id: string, expected: () => bigint): Promise<Ready | Outcome> {
    const { once = new Once(this.streams), declaration } = request;
    const stream = streamOf(request.slice, id);
    const { events } = await once.stream(stream);
    if (events.length === 0) throw notFound(request.slice, id);
    const earlier = await this.repeated(request, events);
    if (earlier !== undefined) return earlier;
    const seen = { stream, revision: expected(), once };
    return this.#act(request, id, await this.afterConsequences(declaration, seen));
  }

  async #act(
    request: CommandRequest,
    id: string,
    { stream, revision, once }: Seen,
  ): Promise<Ready | Outcome> {
    const before = await once.stream(stream);
    const { events } = before;
    const refuseOvertaken = (there: LoadedStream) => {
      const stale = staleRevision(there.events, revision);
      if (stale !== undefined) throw stale;
    };
    refuseOvertaken(before);
    refuseUnreadableStream(before, id);
    this.#refuseFuture(request);
    const judged = await this.#judged(request, once, id, before);
    if (isRepeat(request, judged, events)) {
      hasRecorded();
      // Whoever asks again may do so because the words were still there when it was asked before.
      if (request.declaration.event === 'ErasureRequested') await this.erasures.finish(stream);
      return { ...outcomeOf(request.slice, await this.streams.stream(stream)), recorded: false };
    }
    if (judged.refusal !== undefined) throw judged.refusal;
    return { id, stream, before, expected: revision, judged, once, refuseOvertaken };
  }

  #judged(request: CommandRequest, once: Once, id: string, before: LoadedStream): Promise<Judged> {
    const draws = drawsFor(this.ids, request, streamOf(request.slice, id));
    return judge(once, { draws, logs: this.logs }, request, id, before);
  }

  /** The events as they will be stored, with the numbers that were given to what is created. */
  stamp(
    request: CommandRequest,
    { judged: { acting, decided } }: Pick<Ready, 'judged'>,
    numbers: object = {},
  ): [NewEvent, ...NewEvent[]] {
    const recordKeeping = request.declaration.weight === 'record-keeping';
    return stamped(
      request.slice,
      decided.map((one) => ({ ...one, data: { ...one.data, ...numbers } })),
      {
        ...acting,
        occurred: recordKeeping ? undefined : request.occurred,
        wording: request.wording,
        audience: request.audience,
        externalRef: request.broughtIn?.externalRef,
        correlationId: request.traceId,
        now: this.clock.iso(),
        salt: request.salt,
        mark: markOf(request),
      },
      this.ids,
    );
  }

  /** The outcome of an earlier request with the same key; undefined where there was none. */
  async repeated(request: CommandRequest, events: readonly Stored[]): Promise<Outcome | undefined> {
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

  #refuseFuture({ occurred, data }: CommandRequest): void {
    refuseFuture(occurred ?? data['occurred'], this.clock.now());
  }
}
