import { Body, Controller, HttpCode, Inject, Param, Post, Req, Res } from '@nestjs/common';
import type { Type } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { CommandDeclaration, EventSchema, SourceRef, WordingRow } from '#libs/decider';
import { entityTag, parseIdempotencyKey, parseIfMatch } from '#libs/preconditions';
import { Problem } from '#libs/problem-details';
import { amendmentCommands } from './amendment.commands.js';
import { amendmentEvents } from '../record/amendments.js';
import { bodyShape, classOf } from '../shapes/body-class.js';
import type { BodyClass } from '../shapes/body-class.js';
import type { Audience } from '../record/envelope.js';
import { toOccurred } from '../shapes/field-checks.js';
import { represent } from '../record/fold.js';
import { Operation, operationIdOf } from '../access/operation.js';
import { platformProblems } from '../problems/platform.problems.js';
import { principalOf } from '../access/principal.guard.js';
import type { Principal } from '../record/principal.js';
import type { Once } from '../record/once.js';
import type { OpenRecord } from '../record.js';
import type { CommandRequest, Outcome } from './request.js';
import { resolved } from '../record/resolving.js';
import { sameId } from '../shapes/sent.js';
import type { Slice } from '../record/slice.js';
import { openRecordToken } from '../access/tokens.js';
import { validated } from '../shapes/validation.js';

type Fields = Record<string, unknown>;

/** One command of one slice, ready to be routed. */
export interface Act {
  readonly slice: Slice;
  readonly name: string;
  readonly declaration: CommandDeclaration;
  readonly schema: EventSchema;
  readonly operationId: string;
  readonly route: string;
  readonly bodyClass: BodyClass;
}

/** Every command that the slice takes: its own, and the amendments that all take. */
export function actsOf(slice: Slice): readonly Act[] {
  const all = { ...slice.commands, ...amendmentCommands };
  return Object.entries(all).map(([name, declaration]) => {
    const schema = { ...slice.schemas, ...amendmentEvents }[declaration.event];
    if (schema === undefined) throw new Error(`${name} proposes ${declaration.event}, which has no schema.`);
    const path = declaration.path === null ? '' : `/:id/${declaration.path.replace(/\{(\w+)\}/g, ':$1')}`;
    return {
      slice,
      name,
      declaration,
      schema,
      operationId: operationIdOf(name, slice.name, Object.hasOwn(amendmentCommands, name)),
      route: `/v1/${slice.name}${path}`,
      bodyClass: classOf(bodyShape(declaration, schema)),
    };
  });
}

function pick(shape: EventSchema['data'], fields: Fields): Fields {
  return Object.fromEntries(
    Object.keys(shape).flatMap((name) => (fields[name] === undefined ? [] : [[name, fields[name]]])),
  );
}

export function idempotencyKeyOf(request: FastifyRequest, isCreate: boolean): string | undefined {
  const parsed = parseIdempotencyKey(headerOf(request, 'idempotency-key'));
  if (parsed.fault === undefined) return parsed.key;
  if (parsed.fault === 'malformed') {
    throw new Problem(platformProblems.IDEMPOTENCY_KEY_MALFORMED, {
      detail: 'Idempotency-Key takes 1 to 255 visible ASCII characters.',
    });
  }
  if (!isCreate) return undefined;
  throw new Problem(platformProblems.IDEMPOTENCY_KEY_MISSING, {
    detail: 'A create needs the header Idempotency-Key, for instance a random UUID.',
  });
}

function headerOf(request: FastifyRequest, name: string): string | undefined {
  const value = request.headers[name];
  return Array.isArray(value) ? value.join(', ') : value;
}

function expectedRevision(request: FastifyRequest): bigint {
  const parsed = parseIfMatch(headerOf(request, 'if-match'));
  if (parsed.fault === undefined) return parsed.revision;
  if (parsed.fault === 'missing') {
    throw new Problem(platformProblems.IF_MATCH_REQUIRED, {
      detail: 'Send If-Match with the ETag of the representation that the act was decided on.',
    });
  }
  const faults = {
    any: 'If-Match: * says nothing about what was seen.',
    weak: 'A weak tag does not name one revision.',
    several: 'Several tags leave open which one was seen.',
    malformed: 'If-Match takes one tag as the ETag gives it, with its quotes.',
  };
  throw new Problem(platformProblems.IF_MATCH_UNUSABLE, { detail: faults[parsed.fault] });
}

/** Where a command comes from, besides its path and body. */
export interface Origin {
  readonly principal: Principal;
  readonly traceId: string;
  readonly idempotencyKey: string | undefined;
  readonly once?: Once | undefined;
}

/** A command of the right shape, from whatever brought it here; throws a `Problem` that names each wrong field. */
export async function toCommandRequest(
  act: Act,
  params: Fields,
  body: unknown,
  origin: Origin,
): Promise<CommandRequest> {
  const { slice, name, declaration, schema, route } = act;
  const fields = await validated(act.bodyClass, body);
  const { id: _, ...others } = params;
  const fromPath = Object.fromEntries(
    Object.entries(others).map(([name, one]) => [name, sameId(String(one))]),
  );
  return {
    ...origin,
    slice,
    name,
    declaration,
    route,
    body: { ...fromPath, body: fields },
    party: fields['party'] as string | undefined,
    occurred: toOccurred(fields['occurred']),
    sources: (fields['sources'] as readonly SourceRef[] | undefined) ?? [],
    wording: fields['wording'] as readonly WordingRow[] | undefined,
    audience: (fields['audience'] as Audience | undefined) ?? 'both',
    data: pick(schema.data, { ...withOwnOccurred(schema, fields), ...fromPath }),
    content: pick(schema.content, fields),
  };
}

/** A correction has a time of its own in its data; it is stored in one form however it was sent. */
function withOwnOccurred(schema: EventSchema, fields: Fields): Fields {
  return schema.data['occurred'] === undefined
    ? fields
    : { ...fields, occurred: toOccurred(fields['occurred']) };
}

/** The place of one's own act may be the same text each time, for it tells whoever asks nothing new. */
function answer(
  { moments }: OpenRecord,
  reply: FastifyReply,
  { folded, position, recorded, replayed }: Outcome,
): Fields {
  void reply.header('ETag', entityTag(BigInt(folded.revision)));
  void reply.header('Event-Position', moments.sealed(position, 'Event-Position'));
  if (!recorded) void reply.header('Act-Recorded', 'false');
  if (replayed) void reply.header('Idempotent-Replayed', 'true');
  return represent(folded);
}

/** A controller with one handler for each act: the route, the body and the description come from its declaration. */
export function commandsController(slice: Slice): Type {
  @Controller(`v1/${slice.name}`)
  class CommandsController {
    constructor(@Inject(openRecordToken) readonly record: OpenRecord) {}
  }
  for (const act of actsOf(slice)) addHandler(CommandsController, act);
  return CommandsController;
}

type Handler = (
  params: Fields,
  body: unknown,
  request: FastifyRequest,
  reply: FastifyReply,
) => Promise<Fields>;
interface Host {
  readonly record: OpenRecord;
}

function addHandler(controller: Type, act: Act): void {
  const isCreate = act.declaration.path === null;
  const handler: Handler = async function (this: Host, params, body, request, reply) {
    const command = await toCommandRequest(act, params, body, {
      principal: principalOf(request),
      traceId: request.id,
      idempotencyKey: idempotencyKeyOf(request, isCreate),
      once: request.once,
    });
    if (isCreate) {
      const created = await this.record.recorder.create(command);
      void reply.header('Location', `/v1/${act.slice.name}/${created.folded.id}`);
      return answer(this.record, reply, created);
    }
    const id = await resolved(this.record, act.slice, String(params['id']));
    const acted = await this.record.recorder.act(command, id, () => expectedRevision(request));
    return answer(this.record, reply, acted);
  };
  const prototype = controller.prototype as Record<string, Handler>;
  prototype[act.operationId] = handler;
  const descriptor = Object.getOwnPropertyDescriptor(prototype, act.operationId) as PropertyDescriptor;
  const path = act.route.slice(`/v1/${act.slice.name}`.length);
  for (const decorate of [Post(path), HttpCode(isCreate ? 201 : 200), Operation(act.operationId)]) {
    decorate(prototype, act.operationId, descriptor);
  }
  [Param(), Body(), Req(), Res({ passthrough: true })].forEach((decorate, index) =>
    decorate(prototype, act.operationId, index),
  );
}
