import { linesMax, rowBytesMax, tooManyLines, unreadable } from './row.js';

/** Beyond these a table has no columns; cells in which nothing stands are counted as well. */
const cellsMax = 1_000;

export interface CsvRecord {
  readonly cells: readonly string[];
  /** Of the file, from 1; that on which the record begins. */
  readonly line: number;
}

/**
 * Records of CSV (RFC 4180), from text that is cut anywhere. Lines end as any system ends them. Nothing is held but the
 * record that has begun, and none of that is longer than a row may be, whatever it is made of.
 */
export class CsvRecords {
  readonly #tokens: RegExp;
  #cells: string[] = [];
  #cell = '';
  #state: 'begun' | 'plain' | 'quoted' | 'closed' = 'begun';
  #length = 0;
  #line = 1;
  #begunOn = 1;
  #isAfterReturn = false;

  constructor(private readonly separator: string) {
    this.#tokens = new RegExp(`["\\r\\n${separator}]|[^"\\r\\n${separator}]+`, 'g');
  }

  /** The records that end in this piece of the text. */
  *take(text: string): Generator<CsvRecord, undefined> {
    for (const [token] of text.matchAll(this.#tokens)) {
      this.#length += token.length;
      if (this.#length > rowBytesMax) throw this.#tooLong('256 KiB; is a quotation mark missing?');
      if (this.#state === 'quoted') this.#quoted(token);
      else if (token === '\r' || token === '\n') yield* this.#lineEnd(token);
      else this.#unquoted(token);
      this.#isAfterReturn = token === '\r';
    }
  }

  /** The record that ends with the text. */
  *end(): Generator<CsvRecord, undefined> {
    if (this.#state === 'quoted') throw this.#quotesDoNotFit();
    if (this.#state !== 'begun' || this.#cells.length > 0) yield this.#record();
  }

  #quoted(token: string): void {
    if (token === '"') this.#state = 'closed';
    else this.#cell += token;
    if (token === '\r' || token === '\n') this.#countLine(token);
  }

  #unquoted(token: string): void {
    if (token === this.separator) this.#endCell();
    else if (token === '"') this.#quotationMark();
    else if (this.#state === 'closed') throw this.#quotesDoNotFit();
    else {
      this.#state = 'plain';
      this.#cell += token;
    }
  }

  #quotationMark(): void {
    if (this.#state === 'plain') throw this.#quotesDoNotFit();
    // Within quotation marks it stands twice.
    if (this.#state === 'closed') this.#cell += '"';
    this.#state = 'quoted';
  }

  *#lineEnd(token: string): Generator<CsvRecord, undefined> {
    const isSecondHalf = token === '\n' && this.#isAfterReturn;
    const isEmpty = this.#state === 'begun' && this.#cells.length === 0;
    if (!isSecondHalf && !isEmpty) yield this.#record();
    this.#countLine(token);
    this.#begunOn = this.#line;
    this.#length = 0;
  }

  #countLine(token: string): void {
    if (token === '\n' && this.#isAfterReturn) return;
    this.#line += 1;
    if (this.#line > linesMax) throw tooManyLines();
  }

  #endCell(): void {
    this.#cells.push(this.#cell);
    if (this.#cells.length > cellsMax) throw this.#tooLong(`${cellsMax.toLocaleString('en')} cells.`);
    this.#cell = '';
    this.#state = 'begun';
  }

  #record(): CsvRecord {
    this.#endCell();
    const record = { cells: this.#cells, line: this.#begunOn };
    this.#cells = [];
    return record;
  }

  #tooLong(what: string) {
    return unreadable(`The row that begins on line ${this.#begunOn} has more than ${what}`);
  }

  #quotesDoNotFit() {
    return unreadable(
      `The quotation marks do not fit. Line ${this.#begunOn}: a cell with one in it stands in quotation marks, and has it twice.`,
    );
  }
}
