import { createParamDecorator } from '@nestjs/common';
import type { ExecutionContext } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { parametersRefused } from '../problems/parameters.js';

/** Whether the act is only asked about; the guard has refused any other parameter. */
export const DryRun = createParamDecorator((_data: unknown, context: ExecutionContext): boolean => {
  const { dryRun } = context.switchToHttp().getRequest<FastifyRequest>().query as {
    readonly dryRun?: unknown;
  };
  if (dryRun === undefined) return false;
  if (dryRun === 'true') return true;
  throw parametersRefused([{ parameter: 'dryRun', detail: 'takes "true", and is left out otherwise' }]);
});
