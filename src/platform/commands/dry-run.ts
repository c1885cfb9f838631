import { createParamDecorator } from '@nestjs/common';
import type { ExecutionContext } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { Problem } from '#libs/problem-details';
import { platformProblems } from '../problems/platform.problems.js';

/** Whether the act is only asked about. A parameter that is misspelt is refused, for without it the act would be recorded. */
export function isDryRun(query: object): boolean {
  const { dryRun, ...others } = query as { readonly dryRun?: unknown };
  const [unknown] = Object.keys(others);
  if (unknown !== undefined)
    throw refused('UNKNOWN_PARAMETER', unknown, 'is not a parameter of this operation');
  if (dryRun === undefined) return false;
  if (dryRun === 'true') return true;
  throw refused('PARAMETER_INVALID', 'dryRun', 'takes "true", and is left out otherwise');
}

function refused(
  code: 'UNKNOWN_PARAMETER' | 'PARAMETER_INVALID',
  parameter: string,
  detail: string,
): Problem {
  return new Problem(platformProblems[code], {
    detail: `${parameter} ${detail}`,
    errors: [{ parameter, detail }],
  });
}

export const DryRun = createParamDecorator((_data: unknown, context: ExecutionContext): boolean =>
  isDryRun(context.switchToHttp().getRequest<FastifyRequest>().query as object),
);
