import { Controller, Get, Header } from '@nestjs/common';
import { style } from '../description/style.js';
import { Operation } from '../platform/operation.js';
import { briefStyle } from '../briefing/brief.style.js';
import { pagesStyle } from './pages.style.js';

/** One style sheet for all pages, so that a browser fetches it once. */
@Controller()
export class StyleController {
  @Get('style.css')
  @Header('Content-Type', 'text/css; charset=utf-8')
  @Header('Cache-Control', 'no-cache')
  @Operation('styleSheet')
  styleSheet(): string {
    return `${style}\n${pagesStyle}\n${briefStyle}`;
  }
}
