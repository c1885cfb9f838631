import type { CommandDeclaration, EventSchema } from '#libs/decider';
import { operationIdOf } from '../access/operation.js';
import { amendmentEvents } from '../record/amendment-events.js';
import type { Slice } from '../record/slice.js';
import { bodyShape, classOf } from '../shapes/body-class.js';
import { madeOnce } from '../shapes/made-once.js';
import type { BodyClass } from '../shapes/body-class.js';
import { amendmentCommands } from './amendment.commands.js';

/** One command of one slice, ready to be routed. */
export interface CommandRoute {
  readonly slice: Slice;
  readonly name: string;
  readonly declaration: CommandDeclaration;
  readonly schema: EventSchema;
  readonly operationId: string;
  readonly route: string;
  readonly bodyClass: BodyClass;
}

/** Every command that the slice takes: its own, and the amendments that all take. Asked for each event of an export. */
export const commandRoutesOf = madeOnce((slice: Slice): readonly CommandRoute[] => {
  const all = { ...slice.commands, ...amendmentCommands };
  return Object.entries(all).map(([name, declaration]) => {
    const schema = { ...slice.schemas, ...amendmentEvents }[declaration.event];
    if (schema === undefined) throw new Error(`${name} proposes ${declaration.event}, which has no schema.`);
    const path = declaration.path === null ? '' : `/:id/${declaration.path.replace(/\{(\w+)\}/g, ':$1')}`;
    return {
      slice,
      name,
      declaration,
      schema,
      operationId: operationIdOf(name, slice.name, Object.hasOwn(amendmentCommands, name)),
      route: `/v1/${slice.name}${path}`,
      bodyClass: classOf(bodyShape(declaration, schema)),
    };
  });
});
