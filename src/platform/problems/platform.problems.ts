import type { ProblemKind } from '#libs/problem-details';
import { exchangeProblems } from './exchange.problems.js';
import { recordProblems } from './record.problems.js';
import { requestProblems } from './request.problems.js';
import { serviceProblems } from './service.problems.js';
import { signingProblems } from './signing.problems.js';

const rows = {
  ...requestProblems,
  ...recordProblems,
  ...signingProblems,
  ...exchangeProblems,
  ...serviceProblems,
};

export type PlatformCode = keyof typeof rows;

/** The problems of the platform itself. Every code is stable, has a page, and is reached by a test. */
export const platformProblems = Object.fromEntries(
  Object.entries(rows).map(([code, [status, title, meaning, mend]]) => [
    code,
    { code, status, title, meaning, mend },
  ]),
) as { readonly [code in PlatformCode]: ProblemKind };
