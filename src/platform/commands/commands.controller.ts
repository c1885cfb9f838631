import { Controller, HttpCode, Param, Post, Req } from '@nestjs/common';
import type { Type } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { Operation } from '../access/operation.js';
import { principalOf } from '../access/principal.guard.js';
import { represent, streamOf } from '../record/fold.js';
import { resolved } from '../record/resolving.js';
import type { Slice } from '../record/slice.js';
import { StoredStreams } from '../record/stored-streams.js';
import { bodyShape } from '../shapes/body-class.js';
import { Sent } from '../shapes/body.pipe.js';
import { Answer } from './answer.js';
import { commandRoutesOf } from './command-route.js';
import type { CommandRoute } from './command-route.js';
import { Recorder } from './recorder.service.js';
import { DryRun } from './dry-run.js';
import type { Rehearsal } from './rehearsal.js';
import { ExpectedRevision, IdempotencyKey, Signed } from './request-headers.js';
import type { SignedBy } from './signature-headers.js';
import type { Outcome } from './request.js';
import { commandRequest } from './taken-request.js';

type Fields = Readonly<Record<string, unknown>>;

interface Host {
  readonly recorder: Recorder;
  readonly streams: StoredStreams;
}

type Handler = (
  this: Host,
  params: Fields,
  body: Fields,
  key: string | undefined,
  revision: () => bigint,
  signed: SignedBy,
  isDryRun: boolean,
  request: FastifyRequest,
) => Promise<Answer>;

const takesOfAct = { parameters: ['dryRun'], isSigned: true };

/** A controller with one handler for each command: the route, the body and the description come from its declaration. */
export function commandsController(slice: Slice): Type {
  @Controller(`v1/${slice.name}`)
  class CommandsController implements Host {
    constructor(
      readonly recorder: Recorder,
      readonly streams: StoredStreams,
    ) {}
  }
  for (const route of commandRoutesOf(slice)) addHandler(CommandsController, route);
  return CommandsController;
}

function answerTo({ folded, position, recorded, replayed }: Outcome, location?: string): Answer {
  const { revision } = folded;
  return new Answer(represent(folded), {
    revision,
    stream: streamOf(folded.slice, folded.id),
    position,
    recorded,
    replayed,
    ...(location === undefined ? {} : { location }),
  });
}

/** Nothing was created, and there is no revision to act on. */
function dryRunAnswer(rehearsal: Rehearsal): Answer {
  return new Answer(rehearsal, { status: 200 });
}

function handlerOf(route: CommandRoute): Handler {
  const { slice, declaration } = route;
  return async function (params, body, idempotencyKey, revision, signed, isDryRun, request) {
    const command = commandRequest(route, params, body, {
      principal: principalOf(request),
      traceId: request.id,
      idempotencyKey,
      ...signed,
      once: request.once,
    });
    if (declaration.path === null) {
      if (isDryRun) return dryRunAnswer(await this.recorder.rehearseCreate(command));
      const created = await this.recorder.create(command);
      return answerTo(created, `/v1/${slice.name}/${created.folded.id}`);
    }
    const id = await resolved({ present: this.streams }, slice, String(params['id']));
    if (isDryRun) return dryRunAnswer(await this.recorder.rehearseAct(command, id, revision));
    return answerTo(await this.recorder.act(command, id, revision));
  };
}

function addHandler(controller: Type, route: CommandRoute): void {
  const { declaration, operationId, schema, slice } = route;
  const isCreate = declaration.path === null;
  const prototype = controller.prototype as Record<string, Handler>;
  prototype[operationId] = handlerOf(route);
  const descriptor = Object.getOwnPropertyDescriptor(prototype, operationId) as PropertyDescriptor;
  const path = route.route.slice(`/v1/${slice.name}`.length);
  for (const decorate of [Post(path), HttpCode(isCreate ? 201 : 200), Operation(operationId, takesOfAct)]) {
    decorate(prototype, operationId, descriptor);
  }
  const given = [
    Param(),
    Sent(bodyShape(declaration, schema)),
    IdempotencyKey(isCreate ? 'needed' : 'optional'),
    ExpectedRevision(),
    Signed(),
    DryRun(),
    Req(),
  ];
  given.forEach((decorate, index) => decorate(prototype, operationId, index));
}
