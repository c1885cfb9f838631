import { CsvError, parse } from 'csv-parse';
import { faultsOf, rowBytesMax, unreadable } from './row.js';
import type { Read } from './row.js';

const columnsMax = 200;

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

/** The rows of a table, after the line that names its columns. */
export async function* csvRows(
  texts: AsyncGenerator<string, undefined>,
  refuseColumns: (columns: readonly string[]) => void,
): AsyncGenerator<Read, undefined> {
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
  let twice = 0;
  try {
    for await (const { record, info } of parser as AsyncIterable<Parsed>) {
      // What the parser counts is the line on which a row ends, and a line break of Windows within a cell as two.
      twice += count(record, /\r\n/g);
      const line = info.lines - twice - count(record, /\r\n|\r|\n/g);
      if (columns === undefined) {
        columns = columnsOf(record);
        refuseColumns(columns);
      } else if (record.some((cell) => cell !== '')) yield csvRow(columns, record, line);
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

function count(record: readonly string[], breaks: RegExp): number {
  return record.reduce((sum, cell) => sum + (cell.match(breaks)?.length ?? 0), 0);
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
  return /^'+[=+\-@\t\r]/.test(cell) ? cell.slice(1) : cell;
}
