import { Problem } from '#libs/problem-details';
import { keysIn } from './json-keys.js';
import { platformProblems } from '../problems/platform.problems.js';

/** Nesting beyond this overflows what walks the body later; no command needs more than a few levels. */
const depthMax = 32;
const forbiddenKeys = new Set(['__proto__', 'constructor', 'prototype']);
const utf8 = new TextDecoder('utf-8', { fatal: true });

/** Reads a body as JSON: valid UTF-8, not too deep, no field twice, no keys that reach into prototypes. */
export function readJson(bytes: Buffer): unknown {
  const text = decoded(bytes);
  const keys = keysIn(text, depthMax);
  if (keys.isTooDeep) {
    throw new Problem(platformProblems.JSON_TOO_DEEP, {
      detail: `The body is nested more than ${depthMax} levels deep.`,
    });
  }
  const value = parsed(text);
  if (keys.twice !== undefined) {
    throw new Problem(platformProblems.DUPLICATE_KEY, {
      detail: `The body has the field ${keys.twice.slice(0, 60)} twice in one object, and only one of them could count.`,
    });
  }
  const forbidden = keys.all.find((key) => forbiddenKeys.has(key));
  if (forbidden !== undefined) {
    throw new Problem(platformProblems.FORBIDDEN_KEY, {
      detail: `The body has a field called ${forbidden}.`,
    });
  }
  return value;
}

function decoded(bytes: Buffer): string {
  try {
    return utf8.decode(bytes);
  } catch {
    throw malformed('it is not valid UTF-8');
  }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw malformed(error instanceof Error ? error.message : 'it could not be read');
  }
}

function malformed(reason: string): Problem {
  return new Problem(platformProblems.MALFORMED_JSON, { detail: `The body is not JSON: ${reason}.` });
}
