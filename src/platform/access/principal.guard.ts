import { Inject, Injectable } from '@nestjs/common';
import type { CanActivate, ExecutionContext } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import type { FastifyRequest } from 'fastify';
import { Problem } from '#libs/problem-details';
import { Authentication } from './authentication.js';
import { operationKey } from './operation.js';
import { platformProblems } from '../problems/platform.problems.js';
import { mayCall } from '../record/principal.js';
import type { RightsTable, Principal } from '../record/principal.js';
import { RecordReads } from '../record/reading.js';
import type { RecordRead } from '../record/reading.js';
import { resolved } from '../record/resolving.js';
import { refuseUnseen, seesAll } from './sight.js';
import { rightsToken } from './tokens.js';

declare module 'fastify' {
  interface FastifyRequest {
    principal?: Principal;
  }
}

/** Finds out who asks, and whether the policy table lets them. An operation without a row lets nobody. */
@Injectable()
export class PrincipalGuard implements CanActivate {
  constructor(
    private readonly reflector: Reflector,
    private readonly authentication: Authentication,
    @Inject(rightsToken) private readonly table: RightsTable,
    private readonly readings: RecordReads,
  ) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    const operation = this.reflector.get<string | undefined>(operationKey, context.getHandler());
    const row = operation === undefined ? undefined : this.table[operation];
    if (row === undefined) throw new Error(`The operation ${operation} has no row in the table of rights.`);
    if ('open' in row) return true;
    const request = context.switchToHttp().getRequest<FastifyRequest>();
    const principal =
      request.principal ?? (await this.authentication.principalOf(request.headers.authorization));
    if (!mayCall(principal, row)) {
      throw new Problem(platformProblems.FORBIDDEN, {
        detail:
          principal.roles.length === 0
            ? `The access token gives no role of Entente, and ${operation} needs one.`
            : `The roles ${principal.roles.join(', ')} don't allow ${operation}.`,
      });
    }
    request.principal = principal;
    const record = await this.readings.by(request);
    if (!seesAll(principal)) await this.#refuseUnseen(record, request, principal);
    return true;
  }

  /** Of an entry in a dialogue that the principal does not see, no operation says that it is there. */
  async #refuseUnseen(record: RecordRead, request: FastifyRequest, principal: Principal): Promise<void> {
    const [, name] = /^\/v1\/([a-z]+)\/:id(\/|$)/.exec(request.routeOptions.url ?? '') ?? [];
    const slice = record.registry.slices.find((one) => one.name === name);
    const { id: asked } = request.params as { readonly id?: string };
    if (slice === undefined || asked === undefined) return;
    const id = await resolved(record, slice, asked);
    await refuseUnseen(record.present, principal, slice.name, { id, asked });
  }
}

/** The guard has run: an operation that isn't open has a principal. */
export function principalOf(request: FastifyRequest): Principal {
  if (request.principal === undefined)
    throw new Error('The request reached its handler without a principal.');
  return request.principal;
}
