import { parse } from 'csv-parse';
import { CsvError } from 'csv-parse';
import { Problem } from '#libs/problem-details';
import { readJson } from '../platform/http/json-body.js';
import { platformProblems } from '../platform/problems/platform.problems.js';
import { isObject } from '../platform/shapes/sent.js';
import { faultsOf } from './row.js';
import type { Fault, Row } from './row.js';

export const formats = ['csv', 'jsonl'] as const;
export type Format = (typeof formats)[number];

/** A row, or what is wrong with the line: the rows after it can still be read. */
export type Read = Row | { readonly line: number; readonly faults: readonly Fault[] };

/** As a body of one act has it. */
const rowBytesMax = 256 * 1024;
const columnsMax = 200;

export function unreadable(detail: string): Problem {
  return new Problem(platformProblems.IMPORT_UNREADABLE, { detail });
}

/** The text of the bytes, without a byte order mark. Throws the problem that names another encoding than UTF-8. */
export async function* textOf(bytes: AsyncIterable<Uint8Array>): AsyncGenerator<string, undefined> {
  const decoder = new TextDecoder('utf-8', { fatal: true });
  let read = 0;
  for await (const chunk of bytes) {
    if (read === 0 && isUtf16(chunk)) throw notUtf8('It begins as UTF-16 does.');
    yield decoded(() => decoder.decode(chunk, { stream: true }), read);
    read += chunk.length;
  }
  yield decoded(() => decoder.decode(), read);
}

function decoded(decode: () => string, read: number): string {
  try {
    return decode();
  } catch {
    throw notUtf8(`The bytes from ${read} on are not UTF-8; a file of Windows is often in Windows-1252.`);
  }
}

function isUtf16([first, second]: Uint8Array): boolean {
  return (first === 0xff && second === 0xfe) || (first === 0xfe && second === 0xff);
}

function notUtf8(detail: string): Problem {
  return new Problem(platformProblems.IMPORT_NOT_UTF8, { detail });
}

/** The rows of a file, one after the other as it is read: no more than one of them is held. */
export function rowsOf(bytes: AsyncIterable<Uint8Array>, format: Format): AsyncGenerator<Read, undefined> {
  return format === 'csv' ? csvRows(textOf(bytes)) : jsonRows(textOf(bytes));
}

async function* jsonRows(texts: AsyncIterable<string>): AsyncGenerator<Read, undefined> {
  let line = 0;
  for await (const text of linesOf(texts)) {
    line += 1;
    if (text.trim() === '') continue;
    const read = jsonRow(text, line);
    if (line === 1 && isHeader(read)) continue;
    yield read;
  }
}

async function* linesOf(texts: AsyncIterable<string>): AsyncGenerator<string, undefined> {
  let begun = '';
  for await (const text of texts) {
    const [first = '', ...others] = text.split('\n');
    begun += first;
    for (const next of others) {
      yield begun;
      begun = next;
    }
    if (begun.length > rowBytesMax) throw unreadable('A line has more than 256 KiB.');
  }
  if (begun !== '') yield begun;
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

/** An export says first what it is; only acts can be done again. */
function isHeader(read: Read): boolean {
  if ('faults' in read || read.values['entente'] !== 'export') return false;
  const { what } = read.values;
  if (what === 'acts') return true;
  throw unreadable(`It is an export of ${String(what).slice(0, 20)}; an import takes one of acts.`);
}

/** Whichever of the separators that spreadsheets use stands most often in the header line, outside quotation marks. */
function separatorOf(header: string): string {
  const plain = header.replaceAll(/"[^"]*"/g, '');
  const counted = [',', ';', '\t'].map((one) => [one, plain.split(one).length] as const);
  const [[best]] = counted.toSorted(([, one], [, other]) => other - one) as [[string, number]];
  return best;
}

/** The texts from their beginning again, and the header line, for which no more is read than there is need. */
async function headOf(texts: AsyncGenerator<string>): Promise<{ header: string; begun: string }> {
  let begun = '';
  while (!/[\r\n]/.test(begun)) {
    const next = await texts.next();
    if (next.done === true) break;
    begun += next.value;
    if (begun.length > rowBytesMax) throw unreadable('The header line has more than 256 KiB.');
  }
  return { header: begun.split(/[\r\n]/, 1)[0] ?? '', begun };
}

interface Parsed {
  readonly record: readonly string[];
  readonly info: { readonly lines: number };
}

async function* csvRows(texts: AsyncGenerator<string, undefined>): AsyncGenerator<Read, undefined> {
  const { header, begun } = await headOf(texts);
  const parser = parse({
    delimiter: separatorOf(header),
    record_delimiter: ['\r\n', '\n', '\r'],
    info: true,
    relax_column_count: true,
    skip_empty_lines: true,
    max_record_size: rowBytesMax,
  });
  const fed = feed(parser, texts, begun);
  let columns: readonly string[] | undefined;
  try {
    for await (const { record, info } of parser as AsyncIterable<Parsed>) {
      // What the parser counts is the line on which a row ends.
      const line = info.lines - linesWithin(record);
      if (columns === undefined) columns = columnsOf(record);
      else if (record.some((cell) => cell !== '')) yield csvRow(columns, record, line);
    }
    await fed;
  } catch (error) {
    if (error instanceof CsvError) throw unreadable(csvFault(error));
    throw error;
  } finally {
    parser.destroy();
  }
  if (columns === undefined) throw unreadable('The file is empty; it begins with a line of column names.');
}

async function feed(
  parser: ReturnType<typeof parse>,
  texts: AsyncIterable<string>,
  begun: string,
): Promise<void> {
  try {
    const write = async (text: string) => {
      if (text !== '' && !parser.write(text))
        await new Promise<void>((resolve) => {
          parser.once('drain', resolve);
          parser.once('close', resolve);
        });
    };
    await write(begun);
    for await (const text of texts) await write(text);
    parser.end();
  } catch (error) {
    parser.destroy(error as Error);
  }
}

function linesWithin(record: readonly string[]): number {
  return record.reduce((sum, cell) => sum + (cell.match(/\r\n|\r|\n/g)?.length ?? 0), 0);
}

function csvFault({ code, message }: CsvError): string {
  const line = /at line (\d+)/.exec(message)?.[1];
  const where = line === undefined ? '' : ` Line ${line}:`;
  if (code === 'CSV_MAX_RECORD_SIZE')
    return `A row has more than 256 KiB; is a quotation mark missing?${where}`;
  return `The quotation marks do not fit.${where} a cell with one in it stands in quotation marks, and has it twice.`;
}

function columnsOf(record: readonly string[]): readonly string[] {
  const columns = record.map((one) => one.trim());
  const twice = columns.find((one, place) => one !== '' && columns.indexOf(one) !== place);
  if (twice !== undefined) throw unreadable(`The column “${twice.slice(0, 60)}” stands there twice.`);
  if (columns.length > columnsMax)
    throw unreadable(`There are ${columns.length} columns, and ${columnsMax} are taken.`);
  return columns;
}

/** Empty cells say nothing; one beyond the columns says something that nobody can place. */
function csvRow(columns: readonly string[], record: readonly string[], line: number): Read {
  const beyond = record.slice(columns.length).find((cell) => cell.trim() !== '');
  const nameless = record.findIndex((cell, place) => cell.trim() !== '' && columns[place] === '');
  if (beyond !== undefined || nameless >= 0) {
    const problem = unreadable(
      `The row has ${record.length} cells, and the header names ${columns.filter((one) => one !== '').length} columns; is a separator unquoted?`,
    );
    return { line, faults: faultsOf(problem, line) };
  }
  const cells = columns.flatMap((column, place): [string, string][] => {
    const cell = plain(record[place] ?? '');
    return cell.trim() === '' ? [] : [[column, cell]];
  });
  return { line, isText: true, values: Object.fromEntries(cells) };
}

/** An export puts an apostrophe before what a spreadsheet would take for a formula; it is no part of the cell. */
function plain(cell: string): string {
  return /^'[=+\-@\t\r]/.test(cell) ? cell.slice(1) : cell;
}
