import { readFileSync } from 'node:fs';
import { Controller, Get, Header } from '@nestjs/common';
import { Operation } from '../platform/access/operation.js';

/** In this order: of two rules that are equally particular the later one holds. */
const sheets = [
  '../layout/page.css',
  '../layout/text.css',
  './said.css',
  './forms.css',
  './cards.css',
  './timeline.css',
  './screens.css',
  '../briefing/brief.css',
];

/** One style sheet for all pages, so that a browser fetches it once. */
@Controller()
export class StyleController {
  readonly #style = sheets.map((sheet) => readFileSync(new URL(sheet, import.meta.url), 'utf8')).join('\n');

  @Get('style.css')
  @Header('Content-Type', 'text/css; charset=utf-8')
  @Header('Cache-Control', 'no-cache')
  @Operation('styleSheet')
  styleSheet(): string {
    return this.#style;
  }
}
