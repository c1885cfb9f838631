import { Controller, Get, Header, Inject, Param } from '@nestjs/common';
import { Problem, problemSlug } from '#libs/problem-details';
import { Operation } from '../platform/operation.js';
import { platformProblems } from '../platform/platform.problems.js';
import type { PolicyTable } from '../platform/principal.js';
import type { OpenRecord } from '../platform/record.js';
import { openRecordToken, policyTableToken } from '../platform/tokens.js';
import { apiPage } from './api-page.js';
import { describe } from './document.js';
import { guideNames, guidePage } from './guides.js';
import { htmlMediaType } from './page.js';
import { problemIndex, problemPage } from './problem-pages.js';
import { problemKinds } from './problem-kinds.js';

function once(make: () => string): () => string {
  let made: string | undefined;
  return () => (made ??= make());
}

/** The interface described: for programs, for people, and the pages to which problems lead. Nothing here needs a key. */
@Controller()
export class DescriptionController {
  readonly #kinds;
  readonly #document;
  readonly #apiPage;
  readonly #guidance: ReadonlyMap<string, string>;

  constructor(
    @Inject(openRecordToken) { registry }: OpenRecord,
    @Inject(policyTableToken) policyTable: PolicyTable,
  ) {
    const { slices } = registry;
    const kinds = problemKinds(slices);
    this.#kinds = kinds;
    this.#document = once(() => JSON.stringify(describe(slices, policyTable)));
    this.#apiPage = once(() => apiPage(slices, policyTable));
    this.#guidance = new Map(guideNames.map((name) => [name, guidePage(name, slices)]));
  }

  @Get('openapi.json')
  @Header('Content-Type', 'application/json; charset=utf-8')
  @Operation('openApiDocument')
  openApiDocument(): string {
    return this.#document();
  }

  @Get('docs')
  @Header('Content-Type', htmlMediaType)
  @Operation('apiPage')
  apiPage(): string {
    return this.#apiPage();
  }

  @Get('docs/:page')
  @Header('Content-Type', htmlMediaType)
  @Operation('docsPage')
  docsPage(@Param('page') name: string): string {
    const page = this.#guidance.get(name);
    if (page !== undefined) return page;
    throw new Problem(platformProblems.NOT_FOUND, {
      detail: `There is no such page; there are ${[...this.#guidance.keys()].map((one) => `/docs/${one}`).join(' and ')}.`,
    });
  }

  @Get('problems')
  @Header('Content-Type', htmlMediaType)
  @Operation('problemPage')
  problemIndex(): string {
    return problemIndex(this.#kinds);
  }

  @Get('problems/:code')
  @Header('Content-Type', htmlMediaType)
  @Operation('problemPage')
  problemPage(@Param('code') code: string): string {
    const kind = [...this.#kinds.values()].find((one) => problemSlug(one.code) === problemSlug(code));
    if (kind !== undefined) return problemPage(kind);
    throw new Problem(platformProblems.NOT_FOUND, {
      detail: 'There is no such problem; /problems lists all.',
    });
  }
}
