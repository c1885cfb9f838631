import type { CommandDeclaration, Field, Shape } from '#libs/decider';
import { refusalsByCommand } from '../../src/description/refusals-by-command.js';
import { amendmentCommands } from '../../src/platform/commands/amendment.commands.js';
import { amendmentEvents } from '../../src/platform/record/amendments.js';
import { operationIdOf } from '../../src/platform/access/operation.js';
import type { PolicyRow } from '../../src/platform/record/principal.js';
import { problemSlug } from '#libs/problem-details';
import type { Slice } from '../../src/platform/record/slice.js';
import { policyTable } from '../../src/policy-table.js';
import { slices } from '../../src/slices.js';

const mark = (field: Field) => (field.optional === true ? '?' : '');
const fieldsOf = (shape: Shape) =>
  Object.entries(shape)
    .map(([name, field]) => `${name}${mark(field)}`)
    .join(' ');

function rolesOf(row: PolicyRow | undefined): string {
  if (row === undefined || 'open' in row) return '';
  if ('roles' in row) return row.roles.join(', ');
  const attributed = row.attributed.includes('secretariat')
    ? '; in the name of a party not joined: who keeps it'
    : '';
  return `${row.direct.join(', ')}${attributed}`;
}

interface Given {
  readonly command: string;
  readonly declaration: CommandDeclaration;
  readonly row: PolicyRow | undefined;
}

function lineOf(
  type: string,
  { data, content }: { data: Shape; content: Shape },
  given: Given | undefined,
): string {
  const fields = [fieldsOf(data), fieldsOf(content)].filter((one) => one !== '').join(' · ');
  if (given === undefined) return `| \`${type}\` | ${fields} | derived | | |`;
  const { command, declaration, row } = given;
  const refusals = (refusalsByCommand[command] ?? []).map(problemSlug).join(', ');
  const path = declaration.path === null ? 'create' : declaration.path;
  return `| \`${type}\` | ${fields} | ${path} (${declaration.standing}) | ${rolesOf(row)} | ${refusals} |`;
}

function givenFor(
  slice: Pick<Slice, 'name' | 'commands'>,
  type: string,
  isShared: boolean,
): Given | undefined {
  const [command, declaration] = Object.entries(slice.commands).find(([, one]) => one.event === type) ?? [];
  if (command === undefined || declaration === undefined) return undefined;
  const table = policyTable as Readonly<Record<string, PolicyRow>>;
  return {
    command,
    declaration,
    row: table[operationIdOf(command, isShared ? 'rounds' : slice.name, isShared)],
  };
}

const head = [
  '| event | data · content | command (weight) | who | refusals of its own |',
  '| --- | --- | --- | --- | --- |',
];

/** Every event of the record, with what records it: drawn from the declarations, so that it can't drift from them. */
export function eventsTable(): string {
  const amending = { name: 'rounds', commands: amendmentCommands };
  const shared = Object.entries(amendmentEvents).map(([type, schema]) =>
    lineOf(type, schema, givenFor(amending, type, true)),
  );
  const own = slices.flatMap((slice) => [
    '',
    `**${slice.name}**`,
    '',
    ...head,
    ...Object.entries(slice.schemas).map(([type, schema]) =>
      lineOf(type, schema, givenFor(slice, type, false)),
    ),
  ]);
  return ['**every stream**', '', ...head, ...shared, ...own].join('\n');
}
