import { Body, Get, HttpCode, Inject, Param, Post, Query as QueryParam, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { choice, id, list, optional, shape, text } from '#libs/decider';
import type { Infer } from '#libs/decider';
import { Problem, problemSlug } from '#libs/problem-details';
import { disavowalGrounds } from '../platform/record/amendments.js';
import { classOf } from '../platform/shapes/body-class.js';
import { actsOf, toCommandRequest } from '../platform/commands/commands.controller.js';
import { idOf } from '../platform/record/fold.js';
import { Operation } from '../platform/access/operation.js';
import { platformProblems } from '../platform/problems/platform.problems.js';
import { principalOf } from '../platform/access/principal.guard.js';
import type { Principal } from '../platform/record/principal.js';
import { Reading } from '../platform/record/reading.js';
import type { OpenRecord } from '../platform/record.js';
import { openRecordToken } from '../platform/access/tokens.js';
import { validated } from '../platform/shapes/validation.js';
import { nextLink } from './cursor.js';
import { inYourNamePage, inYourNameParameters, streamInDialogue } from './in-your-name.js';
import { askedFor } from './reads.controller.js';

/** One endorsement or disavowal among many. */
const attributionAnswer = shape({
  target: id,
  answer: choice('endorse', 'disavow'),
  ground: optional(choice(...disavowalGrounds)),
  sourceId: optional(id),
  reason: optional(text),
});
export const answersShape = { answers: list(attributionAnswer, 1, 200) };
const AnswersBody = classOf(answersShape);
type Given = Infer<typeof answersShape>['answers'][number];

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
export class InYourNameController {
  readonly #acts: ReadonlyMap<string, ReturnType<typeof actsOf>[number]>;

  constructor(@Inject(openRecordToken) private readonly record: OpenRecord) {
    const acts = record.registry.slices.flatMap(actsOf);
    this.#acts = new Map(acts.map((one) => [`${one.slice.name} ${one.name}`, one]));
  }

  @Get(':id/in-your-name')
  @Operation('inYourName')
  async list(
    @Reading() record: OpenRecord,
    @Param('id') dialogueId: string,
    @QueryParam() raw: unknown,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    const dialogues = record.registry.part('dialogue');
    const { query, id: of } = await askedFor(record, dialogues, inYourNameParameters, dialogueId, raw);
    const { next, ...page } = inYourNamePage(record, of, query);
    if (next !== undefined) void reply.header('Link', nextLink(request.url, next));
    return page;
  }

  @Post(':id/answer-attributions')
  @HttpCode(200)
  @Operation('answerAttributions')
  async answer(
    @Param('id') dialogueId: string,
    @Body() body: unknown,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    const { answers } = (await validated(AnswersBody, body)) as unknown as Infer<typeof answersShape>;
    const from = { dialogueId, principal: principalOf(request), traceId: request.id };
    const results = [];
    for (const one of answers) {
      const result = await this.#answerOne(one, from);
      results.push(result);
    }
    if (!results.some(({ recorded }) => recorded === true)) void reply.header('Act-Recorded', 'false');
    return { results };
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

  async #record({ answer, ...body }: Given, { dialogueId, ...from }: From): Promise<boolean> {
    const stream = streamInDialogue(this.record, body.target, dialogueId);
    if (stream === undefined) {
      throw new Problem(platformProblems.TARGET_UNKNOWN, {
        detail: `Nothing in the dialogue ${dialogueId} was recorded as the event ${body.target}.`,
      });
    }
    const slice = this.record.registry.ofStream(stream);
    const name = answer === 'endorse' ? 'EndorseAttribution' : 'DisavowAttribution';
    const act = this.#acts.get(`${slice.name} ${name}`);
    if (act === undefined) throw new Error(`${slice.name} takes no ${name}.`);
    const request = await toCommandRequest(act, {}, body, { ...from, idempotencyKey: undefined });
    for (let attempt = 1; ; attempt += 1) {
      try {
        const { events } = await this.record.world.stream(stream);
        // The answer is about one fixed event, so that it holds at whatever revision the stream has reached.
        const revision = BigInt(events.at(-1)?.revision ?? 0);
        return (await this.record.recorder.act(request, idOf(stream), () => revision)).recorded;
      } catch (error) {
        const isOvertaken = error instanceof Problem && error.kind.code === 'STALE_REVISION';
        if (!isOvertaken || attempt >= attemptsMax) throw error;
      }
    }
  }
}
