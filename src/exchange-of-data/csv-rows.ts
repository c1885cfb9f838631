import { CsvRecords } from './csv-records.js';
import type { CsvRecord } from './csv-records.js';
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
  while (!/[^\r\n][\r\n]/.test(begun)) {
    const next = await texts.next();
    if (next.done === true) break;
    begun += next.value;
    if (begun.length > rowBytesMax) throw unreadable('The header line has more than 256 KiB.');
  }
  return { header: /[^\r\n]+/.exec(begun)?.[0] ?? '', begun };
}

/** The rows of a table, after the line that names its columns. */
export async function* csvRows(
  texts: AsyncGenerator<string, undefined>,
  refuseColumns: (columns: readonly string[]) => void,
): AsyncGenerator<Read, undefined> {
  let columns: readonly string[] | undefined;
  for await (const { cells, line } of recordsOf(texts)) {
    if (columns === undefined) {
      columns = columnsOf(cells);
      refuseColumns(columns);
    } else if (cells.some((cell) => cell !== '')) yield csvRow(columns, cells, line);
  }
  if (columns === undefined) throw unreadable('The file is empty; it begins with a line of column names.');
}

async function* recordsOf(texts: AsyncGenerator<string, undefined>): AsyncGenerator<CsvRecord, undefined> {
  const { header, begun } = await headOf(texts);
  const records = new CsvRecords(separatorOf(header));
  yield* records.take(begun);
  for await (const text of texts) yield* records.take(text);
  yield* records.end();
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
