import type { CommandDeclaration, CommandDeclarations, Field, Shape } from '#libs/decider';
import { amendmentCommands } from '../../src/platform/commands/amendment.commands.js';
import { amendmentEvents } from '../../src/platform/record/amendment-events.js';
import { rightTo } from '../../src/platform/access/rights.js';
import type { RightsRow } from '../../src/platform/record/principal.js';
import { problemSlug } from '#libs/problem-details';
import { slices } from '../../src/slices.js';

const mark = (field: Field) => (field.optional === true ? '?' : '');
const fieldsOf = (shape: Shape) =>
  Object.entries(shape)
    .map(([name, field]) => `${name}${mark(field)}`)
    .join(' ');

function rolesOf(row: RightsRow): string {
  if ('open' in row) return '';
  if ('roles' in row) return row.roles.join(', ');
  const attributed = row.attributed.includes('secretariat')
    ? '; in the name of a party not joined: who keeps it'
    : '';
  return `${row.direct.join(', ')}${attributed}`;
}

function lineOf(
  type: string,
  { data, content }: { data: Shape; content: Shape },
  declaration: CommandDeclaration | undefined,
): string {
  const fields = [fieldsOf(data), fieldsOf(content)].filter((one) => one !== '').join(' · ');
  if (declaration === undefined) return `| \`${type}\` | ${fields} | derived | | |`;
  const refusals = declaration.refuses.map(problemSlug).join(', ');
  const path = declaration.path === null ? 'create' : declaration.path;
  return `| \`${type}\` | ${fields} | ${path} (${declaration.weight}) | ${rolesOf(rightTo(declaration))} | ${refusals} |`;
}

function recordedBy(commands: CommandDeclarations, type: string): CommandDeclaration | undefined {
  return Object.values(commands).find((one) => one.event === type);
}

const head = [
  '| event | data · content | command (weight) | who | refusals of its own |',
  '| --- | --- | --- | --- | --- |',
];

/** Every event of the record, with what records it: drawn from the declarations, so that it can't drift from them. */
export function eventsTable(): string {
  const shared = Object.entries(amendmentEvents).map(([type, schema]) =>
    lineOf(type, schema, recordedBy(amendmentCommands, type)),
  );
  const own = slices.flatMap((slice) => [
    '',
    `**${slice.name}**`,
    '',
    ...head,
    ...Object.entries(slice.schemas).map(([type, schema]) =>
      lineOf(type, schema, recordedBy(slice.commands, type)),
    ),
  ]);
  return ['**every stream**', '', ...head, ...shared, ...own].join('\n');
}
