import { setImmediate } from 'node:timers/promises';
import { Problem } from '#libs/problem-details';
import { readJson } from '../platform/http/json-body.js';
import { platformProblems } from '../platform/problems/platform.problems.js';
import { isObject } from '../platform/shapes/sent.js';
import { csvRows } from './csv-rows.js';
import { faultsOf, linesMax, rowBytesMax, tooManyLines, unreadable } from './row.js';
import type { Read } from './row.js';

export const formats = ['csv', 'jsonl'] as const;
export type Format = (typeof formats)[number];

/** So much of a file is read before others have their turn, whatever stands in it. */
const atOnceBytes = 16 * 1024;

/** The text of the bytes, without a byte order mark. Throws the problem that names another encoding than UTF-8. */
export async function* textOf(bytes: AsyncIterable<Uint8Array>): AsyncGenerator<string, undefined> {
  const decoder = new TextDecoder('utf-8', { fatal: true });
  let line = 1;
  let isFirst = true;
  for await (const chunk of piecesOf(bytes)) {
    if (isFirst && isUtf16(chunk)) throw notUtf8('It begins as UTF-16 does: save it as UTF-8.');
    if (isFirst && isPacked(chunk))
      throw unreadable('It is a workbook, or another packed file: save it as CSV, in UTF-8.');
    isFirst = false;
    const text = decoded(
      () => decoder.decode(chunk, { stream: true }),
      () => line + linesBeforeFault(chunk),
    );
    yield text;
    line += linesIn(text);
    await setImmediate();
  }
  yield decoded(
    () => decoder.decode(),
    () => line,
  );
}

async function* piecesOf(bytes: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array, undefined> {
  for await (const chunk of bytes)
    for (let at = 0; at < chunk.length; at += atOnceBytes) yield chunk.subarray(at, at + atOnceBytes);
}

function decoded(decode: () => string, line: () => number): string {
  try {
    return decode();
  } catch {
    throw notUtf8(
      `Line ${line()} is not UTF-8: save the file as UTF-8. One of Windows is often in Windows-1252.`,
    );
  }
}

function linesIn(text: string): number {
  return text.split('\n').length - 1;
}

/** How many lines of a piece are whole before what is no UTF-8; it may begin within a character of the piece before. */
function linesBeforeFault(chunk: Uint8Array): number {
  const begin = chunk.findIndex((byte) => (byte & 0xc0) !== 0x80);
  const text = new TextDecoder('utf-8').decode(chunk.subarray(begin));
  const at = text.indexOf('\uFFFD');
  // What is wrong stands where the pieces meet.
  return at === -1 ? 0 : linesIn(text.slice(0, at));
}

function isUtf16([first, second]: Uint8Array): boolean {
  return (first === 0xff && second === 0xfe) || (first === 0xfe && second === 0xff);
}

/** As the workbooks of spreadsheets begin, whatever they are called. */
function isPacked(chunk: Uint8Array): boolean {
  return [0x50, 0x4b, 0x03, 0x04].every((byte, at) => chunk[at] === byte);
}

function notUtf8(detail: string): Problem {
  return new Problem(platformProblems.IMPORT_NOT_UTF8, { detail });
}

/** The rows of a file, one after the other as it is read: no more than one of them is held. */
export function rowsOf(
  bytes: AsyncIterable<Uint8Array>,
  format: Format,
  /** Throws where the file has columns that none of its rows can have. */
  refuseColumns: (columns: readonly string[]) => void = () => undefined,
): AsyncGenerator<Read, undefined> {
  return format === 'csv' ? csvRows(textOf(bytes), refuseColumns) : jsonRows(textOf(bytes));
}

async function* jsonRows(texts: AsyncIterable<string>): AsyncGenerator<Read, undefined> {
  for await (const { text, line } of linesOf(texts)) {
    const read = jsonRow(text, line);
    if ((line === 1 && isHeader(read)) || isOfDialogue(read)) continue;
    yield read;
  }
}

interface Line {
  readonly text: string;
  readonly line: number;
}

/** The lines in which anything stands. */
async function* linesOf(texts: AsyncIterable<string>): AsyncGenerator<Line, undefined> {
  let begun = '';
  let line = 1;
  for await (const text of texts) {
    const [first = '', ...others] = text.split('\n');
    begun += first;
    for (const next of others) {
      if (begun.trim() !== '') yield { text: begun, line };
      begun = next;
      line += 1;
    }
    if (begun.length > rowBytesMax) throw unreadable('A line has more than 256 KiB.');
    if (line > linesMax) throw tooManyLines();
  }
  if (begun.trim() !== '') yield { text: begun, line };
}

function jsonRow(text: string, line: number): Read {
  try {
    const values = readJson(Buffer.from(text));
    if (isObject(values)) return { line, isText: false, values };
    return { line, faults: faultsOf(unreadable('A line is one JSON object.'), line) };
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
    return { line, faults: faultsOf(error, line) };
  }
}

/** An export says before the acts of each dialogue how that is kept. */
function isOfDialogue(read: Read): boolean {
  return !('faults' in read) && read.values['entente'] === 'dialogue';
}

/** An export says first what it is; only acts can be done again. */
function isHeader(read: Read): boolean {
  if ('faults' in read || read.values['entente'] !== 'export') return false;
  const { what } = read.values;
  if (what === 'acts') return true;
  throw unreadable(`It is an export of ${String(what).slice(0, 20)}; an import takes one of acts.`);
}
