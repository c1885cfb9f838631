import type { Shape } from '#libs/decider';
import { Problem } from '#libs/problem-details';
import { commandRoutesOf } from '../platform/commands/command-route.js';
import type { CommandRoute } from '../platform/commands/command-route.js';
import { platformProblems } from '../platform/problems/platform.problems.js';
import type { Slice } from '../platform/record/slice.js';
import { bodyShape } from '../platform/shapes/body-class.js';

/** The acts that rows can be: each by its operationId, and the usual ones by the name of a table of them. */
export class Acts {
  readonly #byName: ReadonlyMap<string, CommandRoute>;
  readonly all: readonly CommandRoute[];
  readonly tables: readonly (readonly [name: string, act: CommandRoute])[];

  constructor(readonly slices: readonly Slice[]) {
    this.all = slices.flatMap(commandRoutesOf);
    this.tables = this.all.flatMap((act) => {
      const { table } = act.declaration;
      return table === undefined ? [] : [[table, act] as const];
    });
    this.#byName = new Map([...this.all.map((act) => [act.operationId, act] as const), ...this.tables]);
  }

  /** The acts by which an entry of the slice comes to be. */
  creating(slice: Slice): readonly CommandRoute[] {
    return commandRoutesOf(slice).filter(({ declaration }) => declaration.path === null);
  }

  /** Throws the problem that there is no such act. */
  named(name: string): CommandRoute {
    const found = this.#byName.get(name);
    if (found !== undefined) return found;
    const tables = this.tables.map(([one]) => one).join(', ');
    throw new Problem(platformProblems.ACT_UNKNOWN, {
      detail: `“${name.slice(0, 60)}” is no act. Tables are ${tables}; every other act goes by its operationId.`,
    });
  }
}

/** The fields of the act's body, and those that its address names beside the entry. */
export function fieldsOf({ declaration, schema }: CommandRoute): Shape {
  return { ...bodyShape(declaration, schema), ...pathFields({ declaration, schema }) };
}

export function pathFields({ declaration, schema }: Pick<CommandRoute, 'declaration' | 'schema'>): Shape {
  return Object.fromEntries(
    Object.entries({ ...schema.data }).filter(([name]) => declaration.path?.includes(`{${name}}`) === true),
  );
}
