import { hash } from 'node:crypto';
import canonicalize from 'canonicalize';

/**
 * The bytes that stand for a JSON value in hashes and signatures: UTF-8 of its RFC 8785 form (keys in UTF-16 order,
 * numbers as ECMAScript writes them, no Unicode normalisation). A member whose value is undefined counts as absent.
 *
 * Throws TypeError for what isn't JSON: undefined (alone or in an array), NaN, infinities, big integers, lone
 * surrogates, functions, cycles, and objects of a class. JSON.stringify would turn some of these into something else,
 * and a hash over something else than was meant is worse than none.
 */
export function canonicalBytes(value: unknown): Buffer {
  let text: string | undefined;
  try {
    text = canonicalize(value);
  } catch (cause) {
    throw new TypeError(`The value is not JSON: ${cause instanceof Error ? cause.message : 'unknown'}.`, {
      cause,
    });
  }
  if (text === undefined) throw new TypeError(`The value is not JSON: it is ${typeof value}.`);
  refuseSubstitutes(value);
  return Buffer.from(text, 'utf8');
}

/** SHA-256 (FIPS 180-4) of the bytes as 64 lower-case hexadecimal digits. */
export function sha256Hex(bytes: Uint8Array): string {
  return hash('sha256', bytes, 'hex');
}

/** The walk ends because canonicalize has refused cycles before; it needs no recursion, so depth can't overflow it. */
function refuseSubstitutes(root: unknown): void {
  const open: object[] = isObject(root) ? [root] : [];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    const isArray = Array.isArray(next);
    if (!isArray && !isPlain(next))
      throw new TypeError(`The value is not JSON: it has a ${next.constructor.name}.`);
    // Array.from shows the holes of a sparse array as undefined.
    const children: unknown[] = isArray ? Array.from(next as unknown[]) : Object.values(next);
    for (const child of children) {
      if (child === undefined && !isArray) continue;
      if (child === undefined || typeof child === 'function' || typeof child === 'symbol') {
        throw new TypeError(`The value is not JSON: it has a member of type ${typeof child}.`);
      }
      if (isObject(child)) open.push(child);
    }
  }
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null;
}

/** Asks for the end of the prototype chain and not for Object.prototype, which every realm has its own of. */
function isPlain(value: object): boolean {
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === null || Object.getPrototypeOf(prototype) === null;
}
