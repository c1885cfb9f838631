import { Controller, Get, Header, Param } from '@nestjs/common';
import { Problem } from '#libs/problem-details';
import { Operation } from '../platform/access/operation.js';
import { platformProblems } from '../platform/problems/platform.problems.js';
import { EventRegistry } from '../platform/record/event-registry.js';
import { eventTypesOf } from '../platform/commands/event-types.js';
import { standingAlone } from './standing-alone.js';

const jsonMediaType = 'application/json; charset=utf-8';

/** The types of event with their shapes, for whoever reads a feed or a history by a program. Nothing here needs a key. */
@Controller('v1/event-types')
export class EventTypesController {
  /** Made when they are first asked for; the same for everybody, so they are made once. */
  #made: { readonly all: string; readonly each: ReadonlyMap<string, string> } | undefined;

  constructor(private readonly registry: EventRegistry) {}

  @Get()
  @Header('Content-Type', jsonMediaType)
  @Operation('listEventTypes')
  all(): string {
    return this.#texts().all;
  }

  @Get(':type')
  @Header('Content-Type', jsonMediaType)
  @Operation('getEventType')
  one(@Param('type') type: string): string {
    const found = this.#texts().each.get(type);
    if (found !== undefined) return found;
    throw new Problem(platformProblems.NOT_FOUND, {
      detail: 'There is no such type of event; /v1/event-types lists all.',
    });
  }

  #texts() {
    if (this.#made !== undefined) return this.#made;
    const types = eventTypesOf(this.registry.slices);
    return (this.#made = {
      all: standingAlone({ items: types }),
      each: new Map(types.map((one) => [one.type, standingAlone(one)])),
    });
  }
}
