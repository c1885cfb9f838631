import type { Field, Shape } from '#libs/decider';
import type { CommandRoute } from '../platform/commands/command-route.js';
import { fieldsOf } from './acts.js';
import type { Acts } from './acts.js';
import { csvLine } from './csv-writing.js';

/** What a row of every table may have beside the fields of its act; `on` goes by the name of what is acted on. */
function columnsOf(act: CommandRoute): readonly string[] {
  const fields = fieldsOf(act);
  const owner = Object.entries(fields).find(([, field]) => field.kind === 'id' && field.owns === true)?.[0];
  const own = Object.entries(fields).filter(([name]) => name !== owner);
  const sorted = [
    ...own.filter(([, one]) => one.optional !== true),
    ...own.filter(([, one]) => one.optional),
  ];
  return [
    'externalRef',
    ...(act.declaration.path === null ? [] : [act.slice.prefix]),
    ...sorted.flatMap(([name, field]) => columnsFor(name, field)),
  ];
}

function columnsFor(name: string, field: Field): readonly string[] {
  if (field.kind === 'text') return [`${name}.en`];
  if (field.kind === 'byParty' || field.kind === 'texts') return [];
  if (field.kind === 'shape') return shapeColumns(name, field.of);
  return [name];
}

function shapeColumns(name: string, shape: Shape): readonly string[] {
  return Object.entries(shape).flatMap(([member, field]) => columnsFor(`${name}.${member}`, field));
}

/** The header line of a table, ready to be filled in; undefined where there is no such table. */
export function templateOf(acts: Acts, name: string): string | undefined {
  const found = acts.tables.find(([table]) => table === name);
  return found === undefined ? undefined : csvLine(columnsOf(found[1]));
}
