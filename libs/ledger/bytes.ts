import { LedgerFault } from './faults.js';

const encoder = new TextEncoder();
const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

export function utf8(text: string): Uint8Array {
  return encoder.encode(text);
}

export function textOf(bytes: Uint8Array, what: string): string {
  try {
    return decoder.decode(bytes);
  } catch {
    throw new LedgerFault('malformed', `${what} is not UTF-8.`);
  }
}

/** One character below 256 for each byte. */
export function latin1(bytes: Uint8Array): string {
  let text = '';
  for (const byte of bytes) text += String.fromCharCode(byte);
  return text;
}

export function fromLatin1(text: string): Uint8Array {
  return Uint8Array.from(text, (character) => character.charCodeAt(0));
}

const sextets = [...utf8('ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/')];
const padding = 0x3d;
/** What is longer is left to the language, which takes a text. */
const quickBytes = 3_000;

/** RFC 4648 §4, padded. */
export function base64(bytes: Uint8Array): string {
  if (bytes.length > quickBytes) return btoa(latin1(bytes));
  const codes: number[] = [];
  for (let at = 0; at < bytes.length; at += 3) {
    const [one, two, three] = [bytes[at] as number, bytes[at + 1], bytes[at + 2]];
    const all = one * 65_536 + (two ?? 0) * 256 + (three ?? 0);
    codes.push(
      sextets[all >> 18] as number,
      sextets[(all >> 12) & 63] as number,
      two === undefined ? padding : (sextets[(all >> 6) & 63] as number),
      three === undefined ? padding : (sextets[all & 63] as number),
    );
  }
  return String.fromCharCode.apply(undefined, codes);
}

/** RFC 4648 §4 in the one way that an encoder writes it: padded, without line breaks, unused bits zero. */
export function fromBase64(text: string, what: string, length?: number): Uint8Array {
  const bytes = decoded(text);
  if (bytes === undefined) throw new LedgerFault('malformed', `${what} is not strict base64.`);
  if (length !== undefined && bytes.length !== length)
    throw new LedgerFault('malformed', `${what} has ${bytes.length} bytes and not ${length}.`);
  return bytes;
}

function decoded(text: string): Uint8Array | undefined {
  try {
    const binary = atob(text);
    return btoa(binary) === text ? fromLatin1(binary) : undefined;
  } catch {
    return undefined;
  }
}

/** RFC 4648 §5 without padding, as JSON Web Keys have it. */
export function base64url(bytes: Uint8Array): string {
  return base64(bytes).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '');
}

export function fromBase64url(text: string, what: string, length: number): Uint8Array {
  if (/[^\w-]/.test(text)) throw new LedgerFault('malformed', `${what} is not strict base64url.`);
  const padding = '='.repeat((4 - (text.length % 4)) % 4);
  return fromBase64(text.replaceAll('-', '+').replaceAll('_', '/') + padding, what, length);
}

const digits = [...utf8('0123456789abcdef')];

/** Lower-case hexadecimal; made at once, for a text that is put together of pieces is slow to compare. */
export function hex(bytes: Uint8Array): string {
  const codes: number[] = [];
  for (let index = 0; index < bytes.length; index++) {
    const byte = bytes[index] as number;
    codes.push(digits[Math.floor(byte / 16)] as number, digits[byte % 16] as number);
  }
  return String.fromCharCode.apply(undefined, codes);
}

/** Whether the digits are those of so many bytes from a place on. */
export function isHexOf(text: string, bytes: Uint8Array, start: number, length: number): boolean {
  if (text.length !== length * 2) return false;
  for (let index = 0; index < length; index++) {
    const byte = bytes[start + index] as number;
    if (text.charCodeAt(2 * index) !== digits[byte >> 4]) return false;
    if (text.charCodeAt(2 * index + 1) !== digits[byte & 15]) return false;
  }
  return true;
}

export function fromHex(text: string, what: string, length: number): Uint8Array {
  if (text.length !== length * 2 || !/^[0-9a-f]*$/.test(text))
    throw new LedgerFault('malformed', `${what} is not ${length * 2} lower-case hexadecimal digits.`);
  return Uint8Array.from({ length }, (_, index) => Number.parseInt(text.slice(index * 2, index * 2 + 2), 16));
}

export function isSame(one: Uint8Array, other: Uint8Array): boolean {
  if (one.length !== other.length) return false;
  for (let index = 0; index < one.length; index++) if (one[index] !== other[index]) return false;
  return true;
}

export function joined(...parts: readonly Uint8Array[]): Uint8Array {
  const bytes = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let place = 0;
  for (const part of parts) {
    bytes.set(part, place);
    place += part.length;
  }
  return bytes;
}

/** A count in ASCII decimal without leading zeros. Numbers end at 2^53 - 1, which no log of ours will see. */
export function decimal(text: string, what: string): number {
  if (!/^(0|[1-9][0-9]*)$/.test(text))
    throw new LedgerFault('malformed', `${what} is not a decimal number without leading zeros.`);
  const value = Number(text);
  if (!Number.isSafeInteger(value)) throw new LedgerFault('too-large', `${what} is above 2^53 - 1.`);
  return value;
}

/** Eight bytes, the greatest first; by division, for shifts end at 32 bits. */
export function u64(value: number): Uint8Array {
  const bytes = new Uint8Array(8);
  let rest = value;
  for (let index = 7; index >= 0; index--) {
    bytes[index] = rest % 256;
    rest = Math.floor(rest / 256);
  }
  return bytes;
}

export function fromU64(bytes: Uint8Array, what: string): number {
  const value = bytes.subarray(0, 8).reduce((sum, byte) => sum * 256 + byte, 0);
  if (!Number.isSafeInteger(value)) throw new LedgerFault('too-large', `${what} is above 2^53 - 1.`);
  return value;
}
