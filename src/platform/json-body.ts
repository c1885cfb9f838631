import { Problem } from '#libs/problem-details';
import { platformProblems } from './platform.problems.js';

/** Nesting beyond this overflows what walks the body later; no command needs more than a few levels. */
const depthMax = 32;
const forbiddenKeys = new Set(['__proto__', 'constructor', 'prototype']);
const utf8 = new TextDecoder('utf-8', { fatal: true });

/** Reads a body as JSON: valid UTF-8, not too deep, without keys that reach into prototypes. */
export function readJson(bytes: Buffer): unknown {
  const text = decoded(bytes);
  if (depthOf(text) > depthMax) {
    throw new Problem(platformProblems.JSON_TOO_DEEP, {
      detail: `The body is nested more than ${depthMax} levels deep.`,
    });
  }
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    throw malformed(error instanceof Error ? error.message : 'it could not be read');
  }
  refuseForbiddenKeys(value);
  return value;
}

function decoded(bytes: Buffer): string {
  try {
    return utf8.decode(bytes);
  } catch {
    throw malformed('it is not valid UTF-8');
  }
}

function malformed(reason: string): Problem {
  return new Problem(platformProblems.MALFORMED_JSON, { detail: `The body is not JSON: ${reason}.` });
}

/** The depth of brackets outside of strings, counted before anything recursive touches the text. */
function depthOf(text: string): number {
  let depth = 0;
  let deepest = 0;
  let inString = false;
  for (let index = 0; index < text.length; index += 1) {
    const character = text[index];
    if (inString) {
      if (character === '\\') index += 1;
      else if (character === '"') inString = false;
    } else if (character === '"') inString = true;
    else if (character === '{' || character === '[') deepest = Math.max(deepest, (depth += 1));
    else if (character === '}' || character === ']') depth -= 1;
  }
  return deepest;
}

function refuseForbiddenKeys(value: unknown): void {
  if (typeof value !== 'object' || value === null) return;
  for (const [key, child] of Object.entries(value)) {
    if (forbiddenKeys.has(key)) {
      throw new Problem(platformProblems.FORBIDDEN_KEY, { detail: `The body has a field called ${key}.` });
    }
    refuseForbiddenKeys(child);
  }
}
