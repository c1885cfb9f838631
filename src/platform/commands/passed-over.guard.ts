import { Injectable } from '@nestjs/common';
import type { CanActivate, ExecutionContext } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import type { FastifyRequest } from 'fastify';
import { takesKey, takesNothing } from '../access/operation.js';
import type { Takes } from '../access/operation.js';
import { refuseUnknownParameters } from '../problems/parameters.js';
import { headerOf } from './request-headers.js';
import { refuseSignature } from './signature-headers.js';

/**
 * Lets no write pass over what was sent with it: without its `dryRun` it would record what was only asked about, and with
 * a signature that it does not look at it would seem to be signed. Reads look at their parameters themselves.
 */
@Injectable()
export class PassedOverGuard implements CanActivate {
  constructor(private readonly reflector: Reflector) {}

  canActivate(context: ExecutionContext): boolean {
    const request = context.switchToHttp().getRequest<FastifyRequest>();
    if (request.method === 'GET' || request.method === 'HEAD') return true;
    const takes = this.reflector.get<Takes | undefined>(takesKey, context.getHandler()) ?? takesNothing;
    refuseUnknownParameters(request.query as object, takes.parameters);
    if (!takes.isSigned) refuseSignature((name) => headerOf(request, name));
    return true;
  }
}
