import { Problem } from '#libs/problem-details';
import { platformProblems } from '../problems/platform.problems.js';

export function noSuchKey(id: string): Problem {
  return new Problem(platformProblems.NOT_FOUND, { detail: `There is no key ${id}.` });
}
