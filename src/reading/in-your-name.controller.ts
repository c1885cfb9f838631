import { Get, HttpCode, Injectable, Param, Post, Query as QueryParam, Req } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { choice, id, list, means, optional, shape } from '#libs/decider';
import type { Infer } from '#libs/decider';
import { Projections } from '#libs/projections';
import { Problem, problemSlug } from '#libs/problem-details';
import { amendmentEvents } from '../platform/record/amendment-events.js';
import { countedIn } from '../platform/record/amendments.js';
import { standingsIn } from '../platform/record/dropping.js';
import type { Stored } from '../platform/record/envelope.js';
import type { Slice } from '../platform/record/slice.js';
import { lastCorrectionOf } from './corrected-act.js';
import { Sent } from '../platform/shapes/body.pipe.js';
import { Answer } from '../platform/commands/answer.js';
import { commandRoutesOf } from '../platform/commands/command-route.js';
import { toCommandRequest } from '../platform/commands/taken-request.js';
import { idOf } from '../platform/record/fold.js';
import { Operation } from '../platform/access/operation.js';
import { platformProblems } from '../platform/problems/platform.problems.js';
import { EventRegistry } from '../platform/record/event-registry.js';
import { Recorder } from '../platform/commands/recorder.service.js';
import { StoredStreams } from '../platform/record/stored-streams.js';
import { principalOf } from '../platform/access/principal.guard.js';
import type { Principal } from '../platform/record/principal.js';
import { Reading } from '../platform/record/reading.js';
import type { RecordRead } from '../platform/record/reading.js';
import { nextLink } from './cursor.js';
import { inYourNamePage, inYourNameParameters, streamInDialogue } from './in-your-name.js';
import { askedFor } from './reads.controller.js';

const { data: disavowal, content: disavowalWords } = amendmentEvents.AttributionDisavowed;
/** One endorsement or disavowal among many. */
const attributionAnswer = shape({
  ...disavowal,
  ground: optional(disavowal.ground),
  answer: means(choice('endorse', 'disavow'), 'Whether the party makes it its own.'),
  corrected: optional(
    means(id, 'The last correction of the act that was read, as the list of what is in your name tells it.'),
  ),
  ...disavowalWords,
});
export const answersShape = { answers: means(list(attributionAnswer, 1, 200), 'An answer for each act.') };
type Answers = Infer<typeof answersShape>;
type Given = Answers['answers'][number];

/** How often an answer is sent again because somebody else wrote to the stream in between. */
const attemptsMax = 50;

interface From {
  readonly dialogueId: string;
  readonly principal: Principal;
  readonly traceId: string;
}

interface Result {
  readonly target: string;
  readonly status: number;
  readonly recorded?: boolean;
  readonly code?: string;
  readonly detail?: string;
}

/** What was recorded in the name of a party, and its answers to many such acts at once. */
// Decorated, so that the controller at the address of its slice inherits what is to be injected.
@Injectable()
export class InYourNameController {
  readonly #acts: ReadonlyMap<string, ReturnType<typeof commandRoutesOf>[number]>;

  constructor(
    private readonly registry: EventRegistry,
    private readonly projections: Projections,
    private readonly streams: StoredStreams,
    private readonly recorder: Recorder,
  ) {
    const acts = registry.slices.flatMap(commandRoutesOf);
    this.#acts = new Map(acts.map((one) => [`${one.slice.name} ${one.name}`, one]));
  }

  @Get(':id/in-your-name')
  @Operation('inYourName')
  async list(
    @Reading() record: RecordRead,
    @Param('id') dialogueId: string,
    @QueryParam() raw: unknown,
    @Req() request: FastifyRequest,
  ) {
    const dialogues = record.registry.part('dialogue');
    const { query, id: of } = await askedFor(record, dialogues, inYourNameParameters, dialogueId, raw);
    const { next, ...page } = inYourNamePage(record, of, query);
    return new Answer(page, { next: nextLink(request.url, next) });
  }

  @Post(':id/answer-attributions')
  @HttpCode(200)
  @Operation('answerAttributions')
  async answer(
    @Param('id') dialogueId: string,
    @Sent(answersShape) { answers }: Answers,
    @Req() request: FastifyRequest,
  ) {
    const from = { dialogueId, principal: principalOf(request), traceId: request.id };
    const results = [];
    for (const one of answers) {
      const result = await this.#answerOne(one, from);
      results.push(result);
    }
    return new Answer({ results }, { recorded: results.some(({ recorded }) => recorded === true) });
  }

  /** One that is refused leaves the others as they are: each has a result of its own. */
  async #answerOne(given: Given, from: From): Promise<Result> {
    const { target } = given;
    try {
      return { target, status: 200, recorded: await this.#record(given, from) };
    } catch (error) {
      if (!(error instanceof Problem)) throw error;
      const { kind, detail } = error;
      return { target, status: kind.status, code: problemSlug(kind.code), detail };
    }
  }

  async #record({ answer, corrected, ...body }: Given, { dialogueId, ...from }: From): Promise<boolean> {
    const stream = streamInDialogue(
      { projections: this.projections, registry: this.registry },
      body.target,
      dialogueId,
    );
    if (stream === undefined) {
      throw new Problem(platformProblems.TARGET_UNKNOWN, {
        detail: `Nothing in the dialogue ${dialogueId} was recorded as the event ${body.target}.`,
      });
    }
    const slice = this.registry.ofStream(stream);
    const name = answer === 'endorse' ? 'EndorseAttribution' : 'DisavowAttribution';
    const act = this.#acts.get(`${slice.name} ${name}`);
    if (act === undefined) throw new Error(`${slice.name} takes no ${name}.`);
    const request = await toCommandRequest(act, {}, body, { ...from, idempotencyKey: undefined });
    for (let attempt = 1; ; attempt += 1) {
      const { events } = await this.streams.stream(stream);
      if (answer === 'endorse') refuseUnread(slice, events, { ...body, corrected }, from.principal);
      try {
        // The answer is about one fixed event, so that it holds at whatever revision the stream has reached.
        const revision = BigInt(events.at(-1)?.revision ?? 0);
        return (await this.recorder.act(request, idOf(stream), () => revision)).recorded;
      } catch (error) {
        const isOvertaken = error instanceof Problem && error.kind.code === 'STALE_REVISION';
        if (!isOvertaken || attempt >= attemptsMax) throw error;
      }
    }
  }
}

/** What the party endorses is the act as it reads: who has not read the last correction of it has read another one. */
function refuseUnread(
  slice: Slice,
  events: readonly Stored[],
  { target, corrected }: { readonly target: string; readonly corrected: string | undefined },
  { party }: Principal,
): void {
  if (standingsIn(events).endorsed.has(target)) return;
  const act = countedIn(slice, events).counted.find(({ id: eventId }) => eventId === target);
  if (act?.act.party !== party) return;
  const last = lastCorrectionOf(act);
  if (last === corrected) return;
  const detail =
    last === undefined
      ? `The act ${target} does not read as ${corrected} has it: read it anew, and leave "corrected" out.`
      : `The act ${target} was corrected in ${last}: read how it reads since, and name that event in "corrected".`;
  throw new Problem(platformProblems.STALE_REVISION, { detail });
}
