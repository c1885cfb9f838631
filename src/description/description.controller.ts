import { Controller, Get, Header, Inject, Param } from '@nestjs/common';
import { Problem, problemSlug } from '#libs/problem-details';
import { Operation } from '../platform/access/operation.js';
import { platformProblems } from '../platform/problems/platform.problems.js';
import type { RightsTable } from '../platform/record/principal.js';
import type { Described } from '../platform/shapes/described.js';
import { EventRegistry } from '../platform/record/event-registry.js';
import { describedToken, rightsToken } from '../platform/access/tokens.js';
import { apiIndex } from './api-index.js';
import { apiPage } from './api-page.js';
import { describe, entriesOf } from './document.js';
import { guideNames } from './guide-names.js';
import { htmlMediaType } from '#libs/html';
import { problemIndex, problemPage } from './problem-pages.js';
import { problemKinds } from './problem-kinds.js';
import { tagsOf } from './tags.js';

function once<Made>(make: () => Made): () => Made {
  let made: Made | undefined;
  return () => (made ??= make());
}

/** What reads Markdown takes longer to load than a page to draw, so whoever asks for a guide first waits for it, and no start. */
function onceLoaded(make: () => Promise<string>): () => Promise<string> {
  let making: Promise<string> | undefined;
  return () =>
    (making ??= make().catch((error: unknown) => {
      making = undefined;
      throw error;
    }));
}

/** The interface described: for programs, for people, and the pages to which problems lead. Nothing here needs a key. */
@Controller()
export class DescriptionController {
  readonly #kinds;
  readonly #document;
  readonly #apiIndex;
  readonly #pages: ReadonlyMap<string, () => string | Promise<string>>;

  constructor(
    { slices }: EventRegistry,
    @Inject(rightsToken) rightsTable: RightsTable,
    @Inject(describedToken) described: readonly Described[],
  ) {
    const kinds = problemKinds(slices);
    this.#kinds = kinds;
    this.#document = once(() => JSON.stringify(describe(slices, described, rightsTable)));
    const tags = tagsOf(slices);
    const entries = once(() => entriesOf(slices, described));
    this.#apiIndex = once(() => apiIndex(tags, entries()));
    this.#pages = new Map<string, () => string | Promise<string>>([
      ...guideNames.map((name) => {
        const page = async () => (await import('./guides.js')).guidePage(name, slices, described);
        return [name, onceLoaded(page)] as const;
      }),
      ...tags.map((tag) => {
        const own = () => entries().filter((one) => one.tag === tag.name);
        return [tag.name, once(() => apiPage(tag, own(), rightsTable, kinds))] as const;
      }),
    ]);
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
    return this.#apiIndex();
  }

  @Get('docs/:page')
  @Header('Content-Type', htmlMediaType)
  @Operation('docsPage')
  docsPage(@Param('page') name: string): string | Promise<string> {
    const page = this.#pages.get(name);
    if (page !== undefined) return page();
    throw new Problem(platformProblems.NOT_FOUND, { detail: 'There is no such page; /docs lists all.' });
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
