import { Inject, Injectable } from '@nestjs/common';
import type { CanActivate, ExecutionContext } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import type { FastifyRequest } from 'fastify';
import { Problem } from '#libs/problem-details';
import { operationKey } from './operation.js';
import { platformProblems } from './platform.problems.js';
import { mayCall } from './principal.js';
import type { PolicyTable, Principal } from './principal.js';
import { openRecordToken, policyTableToken } from './tokens.js';
import type { OpenRecord } from './record.js';

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
    @Inject(openRecordToken) private readonly record: OpenRecord,
    @Inject(policyTableToken) private readonly table: PolicyTable,
  ) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    const operation = this.reflector.get<string | undefined>(operationKey, context.getHandler());
    const row = operation === undefined ? undefined : this.table[operation];
    if (row === undefined) throw new Error(`The operation ${operation} has no row in the policy table.`);
    if ('open' in row) return true;
    const request = context.switchToHttp().getRequest<FastifyRequest>();
    const principal = await this.#principalOf(request.headers.authorization);
    if (!mayCall(principal, row)) {
      throw new Problem(platformProblems.FORBIDDEN, {
        detail: `The roles ${principal.roles.join(', ')} don't allow ${operation}.`,
      });
    }
    request.principal = principal;
    return true;
  }

  async #principalOf(header: string | undefined): Promise<Principal> {
    const key = bearerOf(header);
    const principal = key === undefined ? undefined : await this.record.credentials.authenticate(key);
    if (principal !== undefined) return principal;
    throw new Problem(platformProblems.UNAUTHENTICATED, {
      detail: key === undefined ? 'The request carries no key.' : 'The key is unknown, expired or revoked.',
      headers: { 'WWW-Authenticate': 'Bearer realm="entente"' },
    });
  }
}

/** The key that an Authorization header carries (RFC 6750 §2.1). */
export function bearerOf(header: string | undefined): string | undefined {
  return /^Bearer +(\S+)$/i.exec(header ?? '')?.[1];
}

/** The guard has run: an operation that isn't open has a principal. */
export function principalOf(request: FastifyRequest): Principal {
  if (request.principal === undefined)
    throw new Error('The request reached its handler without a principal.');
  return request.principal;
}
